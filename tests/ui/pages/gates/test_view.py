"""What the live view is sent: every number is the trace's own, and no text makes the message large."""

import numpy as np
import pytest

from lstm_viz.analysis.aggregate import COLUMN_BUDGET
from lstm_viz.analysis.answers.movers import moved
from lstm_viz.analysis.answers.readout import readout
from lstm_viz.analysis.equations.cell_arithmetic import cell_arithmetic
from lstm_viz.analysis.equations.tokens import filled
from lstm_viz.analysis.ordering import unit_order
from lstm_viz.analysis.seen import ROUGHLY, Seen
from lstm_viz.cells.notation import to_html
from lstm_viz.sources import cells_of, shipped, shown_tasks
from lstm_viz.tasks import load_model
from lstm_viz.tasks.points import Tracks
from lstm_viz.ui.doing.state import Rules
from lstm_viz.ui.doing.texts import opened
from lstm_viz.ui.pages.gates.view import gates_message, gates_numbers, gates_words
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from tests.ui.messages import received, size

TEXT = "The film is slow, but never dull."


def shown(**changes):
    return received(gates_message(View.of(Settings(**{"text": TEXT} | changes))))


def test_the_arrays_are_the_trace_and_the_predictions():
    header, arrays = shown()
    model = load_model("sentiment")
    trace = model.trace(TEXT)
    for name in trace.layers[0].quantities:
        np.testing.assert_array_equal(arrays[name], trace.layers[0][name])
    np.testing.assert_array_equal(arrays["prediction"][:, 0], model.predictions(trace)[:, 1])
    assert header["axis"]["labels"] == list(trace.labels)


def test_the_chosen_numbers_are_those_of_the_chosen_cell():
    header, arrays = shown(step=4, unit=11)
    assert header["chosen"]["token"] == header["axis"]["labels"][4]
    assert header["chosen"]["values"] == {q["name"]: arrays[q["name"]][4, 11] for q in header["quantities"]}
    lines = header["chosen"]["chain"]
    assert [line["quantity"] for line in lines] == ["cell_state", "squashed_cell_state", "hidden_state"]
    assert float(lines[0]["result"].replace("−", "-")) == pytest.approx(arrays["cell_state"][4, 11], abs=5e-4)


def test_a_step_or_unit_past_the_end_stands_for_the_last():
    header, _ = shown(step=999, unit=999)
    assert (header["chosen"]["step"], header["chosen"]["unit"]) == (header["steps"] - 1, 63)


def test_an_edit_is_compared_token_by_token():
    header, arrays = shown(before="The film is slow, and never dull.")
    model = load_model("sentiment")
    states = [model.trace(text).layers[0].hidden_state for text in (TEXT, "The film is slow, and never dull.")]
    np.testing.assert_allclose(arrays["change"], states[0] - states[1], atol=1e-7)
    assert not arrays["change"][:5].any()
    assert header["edit"]
    assert header["change"]["limits"][1] >= np.abs(arrays["change"]).max()


def test_an_edit_that_changed_nothing_is_not_shown():
    header, arrays = shown(before=TEXT)
    assert "change" not in arrays
    assert header["edit"] == ""


def test_a_long_text_is_cut_at_the_limit_and_averaged_into_columns():
    words = 3000
    header, arrays = shown(text="warm " * words)
    assert "the limit is 1,000" in header["problem"]
    assert header["steps"] == 1000
    assert header["axis"]["edges"] == list(range(0, 1001, 5))
    assert "each column is the mean of {width}" in header["axisWords"]["note"]
    layer = load_model("sentiment").trace("warm " * 1000).layers[0]
    means = layer.forget_gate.reshape(-1, 5, 64).mean(axis=1, dtype=np.float64)
    np.testing.assert_allclose(arrays["forget_gate"], means, atol=1e-6)


@pytest.mark.parametrize("words", [61, 240, 241, 1000])
def test_no_text_is_sent_as_more_than_four_times_a_short_one(words):
    short, long = (gates_message(View.of(Settings(text="warm " * n))) for n in (60, words))
    assert size(long) <= 4 * size(short)
    assert long[1]["cell_state"].shape[0] <= COLUMN_BUDGET


def test_rows_stay_in_place_while_the_user_types():
    source = shipped("sentiment")
    expected = unit_order([source.model.trace(each.text).layers[0] for each in source.task.examples], "similarity")
    assert shown()[0]["order"] == shown(text=TEXT + " Never.")[0]["order"] == list(expected)
    assert source.order(source.places[0], "similarity") == list(expected)
    assert sorted(shown(order="forget_gate")[0]["order"]) == list(range(64))
    assert shown(order="index")[0]["order"] == list(range(64))


def test_the_first_view_is_where_the_prediction_moves_most():
    found = opened(Settings(), Rules())
    source = shipped("sentiment")
    trace = source.model.trace(source.task.examples[0].text)
    predictions = source.model.predictions(trace)[:, 1]
    assert found["step"] == np.abs(np.diff(predictions)).argmax() + 1
    reading = source.read(source.task.examples[0].text)
    assert source.telling_cell(reading, source.places[0]) == (found["step"], found["unit"])
    assert opened(Settings(), Rules(opens_at_end=True))["step"] >= len(trace) - 1


def test_without_a_run_everything_has_its_name_and_nothing_is_said():
    empty, full = (gates_words(View.of(Settings(text=text))) for text in ("", TEXT))
    constant = ("quantities", "order", "answer", "saturated", "changeWords", "chain", "axisWords")
    assert {name: empty[name] for name in constant} == {name: full[name] for name in constant}
    assert empty["captions"] == {}
    gates = [f"saturated {each['name']}" for each in full["quantities"] if each["gate"]]
    assert full["captions"].keys() == {*(each["name"] for each in full["quantities"]), *gates, "prediction", "unit"}
    assert all(full["captions"].values())


@pytest.mark.parametrize("notation", ["textbook", "pytorch", "udacity"])
def test_the_lines_are_the_same_in_words_and_numbers(notation):
    view = View.of(Settings(text=TEXT, step=4, unit=11, notation=notation))
    lines = cell_arithmetic(view.layer, 4, 11, notation=notation)
    forms, found = gates_words(view)["chain"], gates_numbers(view)[0]["chosen"]["chain"]
    for line, form, numbers in zip(lines, forms, found, strict=True):
        assert form["quantity"] == numbers["quantity"] == line.quantity
        assert form["symbol"] == to_html(line.symbol)
        whole = "".join(piece.text for piece in line.symbols)
        # What would say the symbol again is left out.
        assert whole != line.symbol
        assert "".join(text for text, _ in form["symbols"]) == to_html(whole)
        assert tuple(filled(form["tokens"], numbers["numbers"])) == line.numbers
        assert (numbers["result"], numbers["holds"]) == (line.result, line.holds)


@pytest.mark.parametrize("task", shown_tasks())
def test_a_text_opens_on_a_unit_that_matters(task):
    """On the unit that keeps the count of which an example speaks, or on the one that moves the answer most."""
    for cell in cells_of(task):
        source = shipped(task, cell)
        for example in source.task.examples:
            found = opened(Settings(task=task, cell=cell, text=example.text), Rules())
            step, unit = found["step"], found["unit"]
            layer = source.run(source.read(example.text).tokens).layers[0]
            counted = [point.what for point in example.points if isinstance(point, Tracks)]
            if example.text in source.counters:
                _, nearest, likeness, _ = Seen.of(source.model, example.text).tracking(counted[0])
                assert unit == nearest
                assert abs(likeness) >= ROUGHLY
                assert f"Choose unit {unit}" in next(
                    each["look_for"]
                    for each in gates_words(View(source, Settings()))["examples"]
                    if each["text"] == example.text
                )
                continue
            before = layer.before("hidden_state")[step]
            score = readout(source.model, source.model.predictions(example.text)[step]).score
            moved = [
                score(np.where(np.arange(layer.units) == k, layer.hidden_state[step], before))
                for k in range(layer.units)
            ]
            assert np.abs(np.array(moved) - score(before)).argmax() == unit, (task, cell, example.title)


@pytest.mark.parametrize("task", shown_tasks())
def test_the_units_that_track_something_are_those_of_the_card_that_do_so_on_fresh_text(task):
    for cell in cells_of(task):
        view = View(shipped(task, cell), Settings())
        shown = gates_words(view)["tracking"]
        there = {(each["unit"], each["how"]) for each in shown}
        for each in shown:
            if "correlation" in each["how"]:
                assert ("−" in each["how"]) == ("falling as it rises" in each["what"])
        found = view.model.card.get("findings", {}).get("units", [])
        close = [each for each in found if abs(each["score"] - (each["measure"] != "correlation") / 2) >= closest(each)]
        assert len(there) == len(close)
        for each in close:
            how = next(said for unit, said in there if unit == each["unit"] and f"{each['steps']:,}" in said)
            assert f"{abs(each['score']):.2f}" in " ".join(said for _, said in there), how


def closest(found):
    """The least that counts: half of the way from chance to a perfect score, which an area has at 0 and 1."""
    return ROUGHLY if found["measure"] == "correlation" else ROUGHLY / 2


def test_the_units_that_move_the_answer_most_are_those_whose_shares_of_its_move_are_largest():
    for task, cell in (("sentiment", "lstm"), ("counting", "gru"), ("adding", "rnn")):
        source = shipped(task, cell)
        view = View(source, Settings(text=source.task.examples[1].text))
        found = gates_numbers(view)[0]["movers"]
        predictions = source.model.predictions(view.run)
        parts = moved(source.model, view.layer, predictions, found["step"])
        assert found["units"] == np.argsort(-np.abs(parts), kind="stable")[:3].tolist()
        score = readout(source.model, predictions[found["step"]]).score
        move = score(view.layer.hidden_state[found["step"]]) - score(view.layer.before("hidden_state")[found["step"]])
        assert parts.sum() == pytest.approx(move, abs=1e-5)
