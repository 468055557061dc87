"""Every task and cell on the home page: what is sent is the network's own answer, in the unit that was asked for."""

from dataclasses import replace

import numpy as np
import pytest

from lstm_viz.analysis.aggregate import COLUMN_BUDGET
from lstm_viz.tasks import TASKS, load_model
from lstm_viz.tasks.readers import Numbers
from lstm_viz.ui.bridge.payload import unpack
from lstm_viz.ui.doing.changes import restored, with_consequences
from lstm_viz.ui.settings.link import to_query
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.chosen import cells_of, chosen_model, menu, shown_tasks
from lstm_viz.ui.views.degrees import UNITS, choices, in_unit, rewritten
from lstm_viz.ui.views.prediction import CHOICES
from lstm_viz.ui.views.view import View, opening

NETWORKS = [(task, cell) for task in shown_tasks() for cell in cells_of(task)]
WITH_UNITS = [task for task in shown_tasks() if choices(load_model(task))]
OF_NUMBERS = [task for task in shown_tasks() if TASKS[task].editor == "numbers"]


def sent(**settings):
    return unpack(View(Settings(**settings)).message(edits=0, received=0))


def of_length(task, length):
    """A text of so many tokens, from the task's examples."""
    tokens = [token for example in TASKS[task].examples for token in TASKS[task].tokenize(example.text)]
    joint = "" if TASKS[task].editor == "characters" else " "
    return joint.join((tokens * (length // len(tokens) + 1))[:length])


@pytest.mark.parametrize(("task", "cell"), NETWORKS)
def test_every_network_opens_with_its_own_answer(task, cell):
    header, arrays = sent(**({"task": task, "cell": cell} | opening(Settings(task=task, cell=cell))))
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
    assert {len(array) for name, array in arrays.items() if name != "series"} == {columns}
    sizes = [len(View(Settings(task=task, text=each)).message(0, 0)) for each in (of_length(task, 60), text)]
    assert sizes[1] <= 4 * sizes[0]


@pytest.mark.parametrize("task", shown_tasks())
def test_the_menu_names_what_the_task_asks_and_the_card_what_was_measured(task):
    model = load_model(task)
    shown = menu(model)
    assert [name for name, _ in shown["tasks"]] == shown_tasks()
    assert shown["question"] == model.task.question
    text = "\n".join(line for _, lines in shown["card"] for line in lines)
    assert f"{model.card['parameters']:,}" in text
    for score in model.card["scores"]:
        assert f"{score['value']:.4g} ({score['items']:,}" in text
    for value in (model.card["data"], model.card["url"], model.card["reference"], model.card["date"]):
        assert value in text
    for checksum in model.card["sha256"].values():
        assert checksum[:12] in text
    for found in model.card["findings"].get("units", ()):
        assert f"{found['property']}: unit {found['unit']}’s " in text
        assert f"{found['steps']:,} fresh steps" in text


def test_a_network_that_does_not_ship_stands_back_for_one_that_does():
    assert chosen_model(Settings(task=shown_tasks()[0], cell="rnn_relu")).cell == cells_of(shown_tasks()[0])[0]


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
    assert UNITS[letter] in sent(task=task, degrees=letter)[0]["prediction"]["caption"]


def test_a_change_of_unit_keeps_a_text_that_cannot_be_read():
    task = WITH_UNITS[0]
    own, other = load_model(task), in_unit(load_model(task), "F")
    assert rewritten("12, oops", own, other) == "12, oops"
    assert rewritten("10, 20", own, other) == "50, 68"
    assert other.task.tokenize("10C, 68") == ["50", "68"]


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
    assert header["editor"]["ends"][0] < low < high + 1 <= header["editor"]["ends"][1]


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


@pytest.mark.parametrize("task", shown_tasks()[1:])
def test_another_task_opens_with_its_first_example_and_another_cell_keeps_the_text(task):
    now = Settings(text="a dull film", before="a film", step=2, unit=3)
    changes = with_consequences(now, {"task": task})
    assert (changes["text"], changes["before"]) == (None, None)
    assert changes == {"task": task} | opening(Settings(task=task))
    assert with_consequences(now, {"cell": "gru"}) == {"cell": "gru"}
    # What a browser may not send opens the nearest task instead.
    assert with_consequences(now, {"task": "none"})["text"] is None


def test_a_restored_view_is_the_address_with_what_the_browser_has_changed_since():
    now = Settings(task="temperature", text="10, 20", before="10", step=1, unit=3, degrees="F")
    query = to_query(now)
    assert restored(query, "10, 20", step=1, unit=3) == now
    assert restored(query, "10, 20, 5", step=2, unit=3) == replace(now, text="10, 20, 5", step=2)
    # A text that is none of the address's own stays so.
    first = Settings(task="question", step=1)
    assert restored(to_query(first), TASKS["question"].examples[0].text, step=1, unit=0) == first


def test_another_unit_rewrites_the_text_and_what_it_is_compared_with():
    task = WITH_UNITS[0]
    now = Settings(task=task, text="10, 20", before="10")
    assert with_consequences(now, {"degrees": "F"}) == {"degrees": "F", "text": "50, 68", "before": "50"}
    # A text that comes along is in that unit already.
    assert with_consequences(now, {"degrees": "F", "text": "0"})["text"] == "0"
