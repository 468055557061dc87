"""The ledger page without a browser: its message holds the ledger, and its words and numbers agree with it."""

import re
from typing import Any

import numpy as np
import pytest

import lstm_viz
from lstm_viz.analysis.answers.readout import readout
from lstm_viz.analysis.equations.weighted_sums import layer_weights
from lstm_viz.analysis.memory.split import split_output
from lstm_viz.sources import cells_of
from lstm_viz.tasks import load_model, model_names
from lstm_viz.ui.pages.ledger.view import ledger_message, ledger_numbers, ledger_words
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from tests.ui.messages import received

TEXT = "The film is not good."


def message(**values: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    return received(ledger_message(View.of(Settings(**values))))


def test_the_message_is_the_ledger() -> None:
    header, arrays = message(text=TEXT, step=4, unit=7, source=3)
    layer = load_model("sentiment").trace(TEXT).layers[0]
    parts = lstm_viz.memory_ledger(layer, units=[7]).contributions[:, :, 0]
    read = np.tril(np.ones_like(parts, dtype=bool))
    np.testing.assert_allclose(arrays["map"][read], parts[read], atol=1e-6)
    assert np.isnan(arrays["map"][~read]).all()
    np.testing.assert_allclose(np.nansum(arrays["map"], axis=1) + arrays["initial"], arrays["memory"], atol=1e-5)
    numbers = header["chosen"]["numbers"]
    assert numbers["added"] == pytest.approx(parts[3, 3])
    assert numbers["left"] == pytest.approx(parts[4, 3])
    assert numbers["share"] == pytest.approx(parts[4, 3] / parts[3, 3])
    assert numbers["together"] == pytest.approx(numbers["recorded"], abs=1e-6)
    assert [each["name"] for each in header["listed"]] == list(numbers)
    assert re.search(r"what is missing is rounding, (0|under 10⁻[⁶⁷⁸])\.$", header["captions"]["map"])


def test_all_units_are_shown_by_size() -> None:
    header, arrays = message(text=TEXT, step=4, overall=True)
    layer = load_model("sentiment").trace(TEXT).layers[0]
    sizes = np.abs(lstm_viz.memory_ledger(layer).contributions).mean(axis=2)
    np.testing.assert_allclose(arrays["map"][4], [*sizes[4, :5], np.nan], atol=1e-6)
    assert header["scale"]["limits"][0] == 0


def test_where_no_source_is_chosen_the_largest_is_followed() -> None:
    header, arrays = message(text=TEXT, step=5, unit=7)
    assert header["chosen"]["source"] == int(np.abs(arrays["map"][5]).argmax())


@pytest.mark.parametrize("name", model_names())
def test_the_split_is_of_what_the_model_says(name: str) -> None:
    for cell in cells_of(name):
        model = load_model(name, cell)
        if model.trace(_text(model)).cell.memory is None:
            continue
        trace = model.trace(_text(model))
        predictions = model.predictions(trace)[-1].astype(float)
        number = readout(model, predictions)
        further = layer_weights(model.network.recurrent, trace.layers[0]).parameters
        split = split_output(trace.layers[0], number.weights, number.bias, further=further)
        if model.task.is_classifier:
            second = np.sort(predictions)[-2] if len(predictions) > 2 else predictions[1 - number.column]
            assert split.total == pytest.approx(np.log(predictions[number.column] / second), abs=1e-3)
        else:
            assert split.total == pytest.approx(predictions[0], abs=1e-3)


def _text(model: Any) -> str:
    return (
        model.task.examples[0].text
        if model.task.examples
        else {"numbers": "1, 2, 3"}.get(model.task.editor, "who is it")
    )


@pytest.mark.parametrize("text", [TEXT, ""])
def test_a_plain_rnn_says_why_there_is_none(text: str) -> None:
    header, arrays = message(text=text, cell="rnn")
    assert header["reason"].startswith("The RNN has no ledger")
    assert not arrays


@pytest.mark.parametrize("values", [{"text": TEXT}, {"text": ""}, {"text": TEXT, "cell": "rnn"}])
def test_what_is_said_and_what_is_counted_have_no_field_in_common(values: dict[str, Any]) -> None:
    view = View.of(Settings(**values))
    counted, arrays = ledger_numbers(view)
    assert not set(ledger_words(view)) & set(counted)
    assert ("scale" in counted) == bool(arrays) == (values == {"text": TEXT})


@pytest.mark.parametrize("text", ["", " ", "x", "<b>x</b>", "\x00\u202e", "word film " * 2000])
@pytest.mark.parametrize("overall", [False, True])
def test_any_text_gives_a_message_of_bounded_size(text: str, overall: bool) -> None:
    header, arrays = message(text=text, overall=overall, step=999_999, unit=999_999)
    assert sum(array.nbytes for array in arrays.values()) < 4 * 60 * 64 * 6 * 4
    assert header["text"] == text
