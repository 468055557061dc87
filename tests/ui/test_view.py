"""What the live view is sent: every number is the trace's own, and no text makes the message large."""

import numpy as np
import pytest

from lstm_viz.analysis.aggregate import COLUMN_BUDGET
from lstm_viz.tasks import load_model
from lstm_viz.ui.bridge.payload import pack, unpack
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View, at_telling_cell, reference_order, telling_cell

TEXT = "The film is slow, but never dull."


def shown(**changes):
    return unpack(View(Settings(**{"text": TEXT} | changes)).message(edits=3, received=5))


def test_the_arrays_are_the_trace_and_the_predictions():
    header, arrays = shown()
    model = load_model("sentiment")
    trace = model.trace(TEXT)
    for name in trace.layers[0].quantities:
        np.testing.assert_array_equal(arrays[name], trace.layers[0][name])
    np.testing.assert_array_equal(arrays["prediction"][:, 0], model.predictions(trace)[:, 1])
    assert (header["edits"], header["received"]) == (3, 5)
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
    assert header["edit"] == header["change"]["caption"] != ""


def test_an_edit_that_changed_nothing_is_not_shown():
    header, arrays = shown(before=TEXT)
    assert "change" not in arrays
    assert header["edit"] == ""


def test_a_long_text_is_cut_at_the_limit_and_averaged_into_columns():
    words = 3000
    header, arrays = shown(text="warm " * words)
    assert "the limit is 1,000" in header["problem"]
    assert header["steps"] == 1000
    assert "mean of 5" in header["axis"]["note"]
    layer = load_model("sentiment").trace("warm " * 1000).layers[0]
    means = layer.forget_gate.reshape(-1, 5, 64).mean(axis=1, dtype=np.float64)
    np.testing.assert_allclose(arrays["forget_gate"], means, atol=1e-6)


@pytest.mark.parametrize("words", [61, 240, 241, 1000])
def test_no_text_is_sent_as_more_than_four_times_a_short_one(words):
    sizes = [len(View(Settings(text="warm " * n)).message(0, 0)) for n in (60, words)]
    assert sizes[1] <= 4 * sizes[0]
    assert unpack(View(Settings(text="warm " * words)).message(0, 0))[1]["cell_state"].shape[0] <= COLUMN_BUDGET


def test_a_text_too_long_for_a_link_says_how_to_keep_it():
    # Words that differ cannot be compressed into a link.
    rng = np.random.default_rng(0)
    text = " ".join("".join(rng.choice(list("abcdefghijklmnopqrstuvwxyz"), 9)) for _ in range(1500))
    header, _ = shown(text=text)
    assert not header["linkable"]
    assert "save the view as a file" in header["problem"]
    assert header["text"] == text


def test_rows_stay_in_place_while_the_user_types():
    assert (
        shown()[0]["order"]
        == shown(text=TEXT + " Never.")[0]["order"]
        == reference_order("sentiment", "lstm", "similarity")
    )
    assert sorted(shown(order="forget_gate")[0]["order"]) == list(range(64))
    assert shown(order="index")[0]["order"] == list(range(64))


def test_the_first_view_is_where_the_prediction_moves_most():
    view = at_telling_cell(Settings())
    model = load_model(view.task)
    predictions = model.predictions(model.task.examples[0].text)[:, 1]
    assert view.step == np.abs(np.diff(predictions)).argmax() + 1
    assert telling_cell(model, model.trace(model.task.examples[0].text)) == {"step": view.step, "unit": view.unit}


def test_a_message_comes_apart_as_it_was_put_together():
    arrays = {"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.zeros((0, 4), np.float32)}
    header, found = unpack(pack({"text": "naïve 🎬 \u0000"}, arrays))
    assert header == {"text": "naïve 🎬 \u0000"}
    for name in arrays:
        np.testing.assert_array_equal(found[name], arrays[name])
