"""Numbers in another unit: every number changes, and nothing that the network reads or does."""

import numpy as np
import pytest

from lstm_viz.sources import shipped, shown_tasks
from lstm_viz.tasks import load_model
from lstm_viz.tasks.degrees import UNITS, choices, in_unit, rewritten
from lstm_viz.tasks.readers import Numbers
from lstm_viz.ui.pages.gates.view import gates_message
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View

WITH_UNITS = [task for task in shown_tasks() if choices(load_model(task))]


@pytest.mark.parametrize("task", WITH_UNITS)
@pytest.mark.parametrize("letter", UNITS)
def test_another_unit_changes_every_number_and_no_gate(task, letter):
    own, other = load_model(task), in_unit(load_model(task), letter)
    assert isinstance(own.task.reader, Numbers)
    assert isinstance(other.task.reader, Numbers)
    convert = own.task.reader.units[letter]
    for example, converted in zip(own.task.examples, other.task.examples, strict=True):
        first, second = own.trace(example.text), other.trace(converted.text)
        np.testing.assert_allclose(first.layers[0].hidden_state, second.layers[0].hidden_state, atol=1e-5)
        back = [convert(float(value)) for value in other.predictions(second)[:, 0]]
        np.testing.assert_allclose(own.predictions(first)[:, 0], back, atol=1e-3)
        assert rewritten(converted.text, other, own).split(", ") == own.task.tokenize(example.text)
    low, high = other.training_range
    assert own.training_range == pytest.approx((convert(low), convert(high)))
    assert other.task.unit == other.task.reader.unit == UNITS[letter]
    header, _ = gates_message(View.of(Settings(task=task, degrees=letter)))
    assert UNITS[letter] in header["captions"]["prediction"]


def test_a_change_of_unit_keeps_a_text_that_cannot_be_read():
    task = WITH_UNITS[0]
    own, other = load_model(task), in_unit(load_model(task), "F")
    assert rewritten("12, oops", own, other) == "12, oops"
    assert rewritten("10, 20", own, other) == "50, 68"
    assert other.task.tokenize("10C, 68") == ["50", "68"]


def test_a_source_in_another_unit_reads_its_texts_in_it():
    fahrenheit = shipped(WITH_UNITS[0], degrees="F")
    assert fahrenheit.read("59, 10C").tokens == ("59", "50")
    assert fahrenheit.name != shipped(WITH_UNITS[0]).name
