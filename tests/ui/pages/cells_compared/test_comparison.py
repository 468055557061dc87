"""The comparison of cells without a browser: what is sent is each network's own answer, and the words agree."""

from typing import Any

import numpy as np
import pytest

from lstm_viz.tasks import load_model
from lstm_viz.ui.pages.cells_compared.comparison import (
    Comparison,
    comparison_message,
    comparison_numbers,
    comparison_words,
    describe_parting,
    first_parting,
)
from lstm_viz.ui.pages.cells_compared.page import views_of
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from tests.ui.messages import received


def compared(**values: Any) -> Comparison:
    settings = Settings(**values)
    return Comparison(views_of(settings, settings.task))


def sent(**values: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    settings = Settings(**values)
    return received(comparison_message(View.of(settings), views_of(settings, settings.task)))


def test_the_same_text_goes_through_every_cell() -> None:
    view = compared(text="a warm and funny film")
    assert list(view.views) == ["lstm", "gru", "rnn"]
    header, arrays = sent(text="a warm and funny film")
    assert header["steps"] == 5
    for cell in view.views:
        model = load_model("sentiment", cell)
        np.testing.assert_allclose(arrays[f"{cell}.answer"][:, 0], model.predictions("a warm and funny film")[:, 1])
        assert arrays[cell].shape == (5, 64)
        assert sorted(next(c["order"] for c in header["cells"] if c["name"] == cell)) == list(range(64))
    head, parameters, *scores = header["rows"]
    assert head == ["", "LSTM", "GRU", "RNN"]
    assert parameters[1] == f"{load_model('sentiment').card['recurrent_parameters']:,}"
    cards = [load_model("sentiment", cell).card["scores"] for cell in view.views]
    assert [float(score) for _, *row in scores for score in row] == [
        pytest.approx(card[k]["value"], rel=1e-3) for k in range(len(cards[0])) for card in cards
    ]


@pytest.mark.parametrize("text", ["", "   ", "word " * 1500, "<script>", "\u202eabc", "🙂"])
def test_no_text_breaks_it(text: str) -> None:
    header, _ = sent(text=text)
    assert bool(header["steps"]) == bool(header["captions"]) == bool(text.strip())
    assert bool(header["problem"]) == (not text.strip() or len(text) > 1000)


@pytest.mark.parametrize("text", ["a film", ""])
def test_words_and_numbers_are_two_halves_of_the_message(text: str) -> None:
    settings = Settings(text=text)
    both = View.of(settings), views_of(settings, settings.task)
    header, arrays = comparison_message(*both)
    said, (counted, drawn) = comparison_words(*both), comparison_numbers(*both)
    assert not said.keys() & counted.keys()
    assert received(({**said, **counted}, {}))[0] == received((header, {}))[0]
    assert arrays.keys() == drawn.keys()


def test_where_they_part_is_the_first_step_with_different_answers() -> None:
    for text in ("The film is not good.", "Nothing about this film is boring.", "a great mess of a film, but warm"):
        view = compared(text=text)
        answers = [load_model("sentiment", cell).predictions(text).argmax(axis=1) for cell in view.views]
        apart = [step for step in range(len(answers[0])) if len({int(line[step]) for line in answers}) > 1]
        assert first_parting(view) == (apart[0] if apart else None)
        caption = describe_parting(view)
        assert ("first disagree" in caption) == bool(apart)
        assert sent(text=text)[0]["captions"]["answer"] == caption


def test_of_the_next_character_the_one_that_came_is_followed() -> None:
    text = "def add(a, b):"
    view = compared(task="python", text=text)
    assert view.name == "P(what came)"
    for cell, line in view.lines.items():
        model = load_model("python", cell)
        said = model.predictions(text)
        assert np.isnan(line[0])
        given = [said[k, model.labels.index(character)] for k, character in enumerate(text[1:])]
        np.testing.assert_allclose(line[1:], given, rtol=1e-6)
    caption = describe_parting(view)
    assert f"On average over {len(text) - 1} of them: LSTM {np.nanmean(view.lines['lstm']):.2f}" in caption
    assert "so far there is one" in describe_parting(compared(task="python", text="d"))
