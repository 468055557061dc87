"""Every task and cell on the home page: what is sent is the network's own answer, in the unit that was asked for."""

import numpy as np
import pytest

from lstm_viz.analysis.aggregate import COLUMN_BUDGET
from lstm_viz.live_page.answers import CHOICES
from lstm_viz.sources import cells_of, shown_tasks
from lstm_viz.tasks import TASKS, load_model
from lstm_viz.tasks.readers import Numbers
from lstm_viz.ui.doing.state import Rules
from lstm_viz.ui.doing.texts import opened
from lstm_viz.ui.pages.gates.view import gates_message
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from tests.ui.messages import received, size

NETWORKS = [(task, cell) for task in shown_tasks() for cell in cells_of(task)]
OF_NUMBERS = [task for task in shown_tasks() if TASKS[task].editor == "numbers"]


def sent(**settings):
    return received(gates_message(View.of(Settings(**settings))))


def of_length(task, length):
    """A text of so many tokens, from the task's examples."""
    tokens = [token for example in TASKS[task].examples for token in TASKS[task].tokenize(example.text)]
    joint = "" if TASKS[task].editor == "characters" else " "
    return joint.join((tokens * (length // len(tokens) + 1))[:length])


@pytest.mark.parametrize(("task", "cell"), NETWORKS)
def test_every_network_opens_with_its_own_answer(task, cell):
    start = Settings(task=task, cell=cell)
    header, arrays = sent(task=task, cell=cell, **opened(start, Rules()))
    model = load_model(task, cell)
    text = model.task.examples[0].text
    assert (header["text"], header["menu"]["task"], header["menu"]["cell"]) == (text, task, cell)
    predictions = model.predictions(text)
    kind = header["prediction"]["kind"]
    if kind == "next":
        tokens = model.task.tokenize(text)
        for step, came in enumerate(tokens[1:]):
            assert arrays["prediction"][step + 1, 0] == pytest.approx(predictions[step, model.labels.index(came)])
        assert arrays["choices"].shape == (len(tokens), CHOICES)
        np.testing.assert_allclose(arrays["choices"], -np.sort(-predictions)[:, :CHOICES])
        likeliest = [model.task.reader.show(model.labels[k]) for k in predictions.argmax(axis=1)]
        assert [symbols[0] for symbols in header["prediction"]["choices"]] == likeliest
    elif kind == "bars":
        drawn = model.labels.index(header["prediction"]["ends"][1])
        np.testing.assert_array_equal(arrays["prediction"][:, 0], predictions[:, drawn])
    else:
        np.testing.assert_allclose(arrays["prediction"], predictions, rtol=1e-6)
    if model.task.followers:
        np.testing.assert_array_equal(arrays["followers"], model.may_follow(text))
    step = header["chosen"]["step"]
    exact = header["chosen"]["answer"]
    if kind in ("classes", "numbers"):
        np.testing.assert_allclose(exact["prediction"], predictions[step], rtol=1e-6)


@pytest.mark.parametrize("task", shown_tasks())
def test_a_text_past_the_limit_is_cut_averaged_and_kept(task):
    limit = TASKS[task].limit
    text = of_length(task, limit + 7)
    header, arrays = sent(task=task, text=text, step=5, unit=1)
    assert f"the limit is {limit:,}" in header["problem"]
    assert header["text"] == text
    assert header["steps"] == limit
    columns = len(header["axis"]["labels"])
    assert columns <= COLUMN_BUDGET
    assert {len(array) for name, array in arrays.items() if name not in ("series", "shut", "open")} == {columns}
    short, long = (gates_message(View.of(Settings(task=task, text=each))) for each in (of_length(task, 60), text))
    assert size(long) <= 4 * size(short)


@pytest.mark.parametrize("task", OF_NUMBERS)
def test_numbers_reach_the_curve_with_what_is_wrong_about_them(task):
    model = load_model(task)
    reader = model.task.reader
    assert isinstance(reader, Numbers)
    low, high = model.training_range
    text = reader.text([low, high + 1, low], [0] if reader.marks else [])
    header, arrays = sent(task=task, text=text)
    np.testing.assert_allclose(arrays["series"][:, 0], [low, high + 1, low], rtol=1e-5)
    assert arrays["series"][:, 1].tolist() == [1.0 * reader.marks, 0, 0]
    assert header["axis"]["unknown"] == [1]
    assert f"“{high + 1:g}” lies outside the {low:g} to {high:g}".replace("-", "−") in header["problem"]
    assert ("1 number is marked; the network was trained with 2" in header["problem"]) == reader.marks
    ends = header["editor"]["curve"]["ends"]
    assert ends[0] < low < high < ends[1]


@pytest.mark.parametrize("task", OF_NUMBERS)
def test_a_pasted_column_is_read_and_a_malformed_one_names_its_line(task):
    good = "date,value\n2026-01-01,0.5\n2026-01-02,0.25\n"
    header, arrays = sent(task=task, text=good)
    assert arrays["series"][:, 0].tolist() == [0.5, 0.25]
    assert not header["unreadable"]
    header, arrays = sent(task=task, text=good + "2026-01-03,warm\n")
    assert header["problem"].startswith("Line 4: ")
    assert header["unreadable"]
    assert header["text"] == good + "2026-01-03,warm\n"
    assert arrays["series"].shape == (0, 2)


def test_unknown_characters_are_named():
    tasks = [task for task in shown_tasks() if TASKS[task].editor == "characters"]
    for task in tasks:
        text = TASKS[task].examples[0].text[:4] + "é\u0007"
        header, _ = sent(task=task, text=text)
        assert "“é” and “U+0007” are not known" in header["problem"]
        assert header["axis"]["unknown"] == [header["steps"] - 2, header["steps"] - 1]
