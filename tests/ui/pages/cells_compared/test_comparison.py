import numpy as np
import pytest
import torch

from lstm_viz.tasks import cell_names, load_model
from lstm_viz.tasks.made import made_text
from lstm_viz.ui.bridge.payload import unpack
from lstm_viz.ui.pages.cells_compared.lengths import LENGTHS, Lengths, best_guess, made_tasks, mean_error, truth
from lstm_viz.ui.pages.cells_compared.view import Comparison, first_parting
from lstm_viz.ui.settings.settings import Settings


def test_the_same_text_goes_through_every_cell() -> None:
    view = Comparison(Settings(text="a warm and funny film"))
    assert list(view.views) == ["lstm", "gru", "rnn"]
    header, arrays = unpack(view.message(3, 4))
    assert (header["edits"], header["received"], header["steps"]) == (3, 4, 5)
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
    header, _ = unpack(Comparison(Settings(text=text)).message(0, 0))
    assert bool(header["cells"]) == bool(text.strip())
    assert bool(header["problem"]) == (not text.strip() or len(text) > 1000)


def test_where_they_part_is_the_first_step_with_different_answers() -> None:
    for text in ("The film is not good.", "Nothing about this film is boring.", "a great mess of a film, but warm"):
        view = Comparison(Settings(text=text))
        answers = [load_model("sentiment", cell).predictions(text).argmax(axis=1) for cell in view.views]
        apart = [step for step in range(len(answers[0])) if len({int(line[step]) for line in answers}) > 1]
        assert first_parting(view) == (apart[0] if apart else None)
        caption = view._answer()["caption"]
        assert ("first disagree" in caption) == bool(apart)


def test_truth_of_made_inputs() -> None:
    assert made_text("counting", 6) == "aaabbb"
    assert truth("counting", "aabb").tolist() == [0, 0, 0, 1]
    inputs = np.array([[0.5, 0.0], [0.2, 1.0], [0.9, 0.0], [0.4, 1.0]])
    np.testing.assert_allclose(best_guess(inputs), [1.0, 0.7, 0.7, 0.6])
    tokens = made_text("adding", 200).split(", ")
    assert len(tokens) == 200
    assert [token.endswith("*") for token in tokens].count(True) == 2
    with pytest.raises(ValueError, match="inputs of 'sentiment' are typed, not made"):
        made_text("sentiment", 5)


@pytest.mark.parametrize("task", made_tasks())
def test_every_length_can_be_asked_for(task: str) -> None:
    for length in (2, 10, LENGTHS[-1]):
        view = Lengths(task, Settings(length=length))
        found = {piece: find(lambda share: None) for piece, find in view.work.pieces.items() if piece[1] is None}
        chart = view.over_time(found)
        assert len(chart.series) == 1 + len(view.cells)
        assert len(chart.x) == length
        assert all(np.isfinite(series.values).all() for series in chart.series)
        for cell in view.cells:
            assert chart.caption.count("right") + chart.caption.count("wrong") >= len(view.cells)
            assert cell in cell_names(task)


@pytest.mark.parametrize("task", made_tasks())
def test_lengths_are_shown_as_far_as_they_are_measured(task: str) -> None:
    view = Lengths(task, Settings())
    cells = len(view.cells)
    chart = view.by_length({})
    assert all(np.isnan(series.values).all() for series in chart.series)
    assert "steps" not in chart.caption
    assert len(view.over_time({}).series) == 1
    assert "  " not in view.over_time({}).caption
    answers, pieces = list(view.work.pieces.items())[:cells], list(view.work.pieces.items())[cells:]
    assert [piece for piece, _ in answers] == [(cell, None) for cell in view.cells]
    assert len(pieces) == cells * len(LENGTHS)
    found = {piece: find(lambda share: None) for piece, find in pieces[: 3 * cells]}
    chart = view.by_length(found)
    assert len(chart.series) == cells
    for cell, series in zip(view.cells, chart.series, strict=True):
        assert series.values[:3].tolist() == [found[cell, length] for length in LENGTHS[:3]]
        assert np.isnan(series.values[3:]).all()
    # Nothing is said of lengths that are not measured yet.
    assert chart.caption.count("breaks by") + chart.caption.count(f"up to {LENGTHS[2]} steps") == cells
    assert chart.y_range[1] >= max(found.values())


def test_errors_by_length_are_the_networks_own() -> None:
    rng = np.random.default_rng(50)
    values, marks = rng.random((20, 50)), np.zeros((20, 50))
    np.put_along_axis(marks, rng.random((20, 50)).argsort(axis=1)[:, :2], 1, axis=1)
    model = load_model("adding")
    guesses = []
    for row, mark in zip(values, marks, strict=True):
        with torch.no_grad():
            hidden = model.network.recurrent(torch.tensor(np.column_stack([row, mark]), dtype=torch.float32))[0]
            guesses.append(float(model.network.head(hidden[-1])))
    expected = np.abs(np.array(guesses) - (values * marks).sum(axis=1)).mean()
    assert mean_error("adding", "lstm", 50) == pytest.approx(expected, rel=1e-3)


def test_of_the_next_character_the_one_that_came_is_followed() -> None:
    text = "def add(a, b):"
    view = Comparison(Settings(task="python", text=text))
    assert view.name == "P(what came)"
    for cell, line in view.lines.items():
        model = load_model("python", cell)
        said = model.predictions(text)
        assert np.isnan(line[0])
        given = [said[k, model.labels.index(character)] for k, character in enumerate(text[1:])]
        np.testing.assert_allclose(line[1:], given, rtol=1e-6)
    caption = view._answer()["caption"]
    assert f"On average over {len(text) - 1} of them: LSTM {np.nanmean(view.lines['lstm']):.2f}" in caption
    assert "so far there is one" in Comparison(Settings(task="python", text="d"))._answer()["caption"]
