"""The part on length: every length can be asked for, and what is not measured yet is not spoken of."""

import numpy as np
import pytest

from lstm_viz.sources import cells_together, shipped
from lstm_viz.tasks import cell_names
from lstm_viz.tasks.made import MADE
from lstm_viz.ui.pages.cells_compared.lengths import LENGTHS, Lengths
from lstm_viz.ui.settings.settings import DEFAULTS


def lengths(task: str, length: int = DEFAULTS["length"]) -> Lengths:
    sources = {cell: shipped(task, cell) for cell in cells_together(task, "lstm")}
    return Lengths(sources, length, DEFAULTS["seed"])


@pytest.mark.parametrize("task", sorted(MADE))
def test_every_length_can_be_asked_for(task: str) -> None:
    for length in (2, 10, LENGTHS[-1]):
        view = lengths(task, length)
        found = {piece: find(lambda share: None) for piece, find in view.work.pieces.items() if piece[1] is None}
        chart = view.over_time(found)
        assert len(chart.series) == 1 + len(view.sources)
        assert len(chart.x) == length
        assert all(np.isfinite(series.values).all() for series in chart.series)
        for cell in view.sources:
            assert chart.caption.count("right") + chart.caption.count("wrong") >= len(view.sources)
            assert cell in cell_names(task)


@pytest.mark.parametrize("task", sorted(MADE))
def test_lengths_are_shown_as_far_as_they_are_measured(task: str) -> None:
    view = lengths(task)
    cells = len(view.sources)
    chart = view.by_length({})
    assert all(np.isnan(series.values).all() for series in chart.series)
    assert "steps" not in chart.caption
    assert len(view.over_time({}).series) == 1
    assert "  " not in view.over_time({}).caption
    answers, pieces = list(view.work.pieces.items())[:cells], list(view.work.pieces.items())[cells:]
    assert [piece for piece, _ in answers] == [(cell, None) for cell in view.sources]
    assert len(pieces) == cells * len(LENGTHS)
    found = {piece: find(lambda share: None) for piece, find in pieces[: 3 * cells]}
    chart = view.by_length(found)
    assert len(chart.series) == cells
    for cell, series in zip(view.sources, chart.series, strict=True):
        assert series.values[:3].tolist() == [found[cell, length] for length in LENGTHS[:3]]
        assert np.isnan(series.values[3:]).all()
    # Nothing is said of lengths that are not measured yet.
    assert chart.caption.count("breaks by") + chart.caption.count(f"up to {LENGTHS[2]} steps") == cells
    assert chart.y_range[1] >= max(found.values())
    # The mean of many sequences is not the one on show beside it.
    many = {"adding": "on average over 20 random sequences", "parity": "on average over 20 random strings"}
    assert f"{many.get(task, 'the string aⁿbⁿ')} of each length" in chart.caption
