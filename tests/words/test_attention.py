"""What is said of a memory as attention is true of its numbers: sums, start, largest weights, how they are made."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_viz.analysis.memory.attention import always_mean
from lstm_viz.cells import CELLS, NOTATIONS
from lstm_viz.sources import shipped
from lstm_viz.ui.pages.ledger.view import LedgerView
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from lstm_viz.words.attention import describe_likeness, describe_weights, how_made
from lstm_viz.words.phrases import number, place
from tests.words.test_ledger import NETWORKS, NUMBER, found

weights = st.lists(st.floats(0, 1), min_size=1, max_size=12)


def check(told: str, values: np.ndarray, initial: float, labels: list[str], *, mean: bool) -> None:
    """Fail where a sentence says another number than there is."""
    total = float(values.sum())
    assert found(rf"sum to {NUMBER}", told)[0] == pytest.approx(total, abs=0.006)
    left = found(rf"{NUMBER} is left of the initial state", told)
    assert left == ([pytest.approx(initial, abs=0.006)] if number(initial) != "0.00" else [])
    assert ("a weighted mean of what" in told) == mean
    if " times as large" in told:
        assert not mean
        assert total > 1
    order = np.argsort(-np.abs(values), kind="stable")
    for rank, step in enumerate(order):
        named = f"{place(labels, int(step))} ({number(values[step])})"
        assert (named in told) == (rank < 3 and number(values[step]) != "0.00"), named


@given(weights, st.floats(0, 1), st.booleans())
def test_any_weights(shares: list[float], initial: float, mean: bool) -> None:
    values = np.array(shares)
    if mean:
        scale = (1 - initial) / values.sum() if values.sum() > 1e-3 else 0
        values, initial = values * scale, initial if scale else 1.0
    labels = [str(k) for k in range(len(values))]
    told = describe_weights(values, initial, labels, len(values) - 1, "unit 3’s cell state", mean=mean)
    assert told.startswith(f"At step {len(values) - 1}, the attention weights in unit 3’s cell state sum to ")
    check(told, values, initial, labels, mean=mean)


def test_weights_below_zero_and_means_over_units() -> None:
    told = describe_weights(np.array([-0.5, 2.0]), 0.0, ["a", "b"], 1, "it", mean=False)
    assert told == (
        "At “b”, the attention weights in it sum to 1.50, some of them negative: a sum, and no mean. Largest are those "
        "of “b” (2.00) and “a” (−0.50)."
    )
    told = describe_weights(np.array([0.9, 0.2]), 0.25, ["a", "b"], 1, "it", mean=False, past_one=(3, 8))
    assert "sum to 1.10 on average over 8 units, and to more than 1 in 3 of them, and 0.25 is left of" in told


@pytest.mark.parametrize("cell", [name for name, cell in CELLS.items() if cell.memory])
def test_what_weights_are_made_of(cell: str) -> None:
    for notation in NOTATIONS:
        likeness = describe_likeness(CELLS[cell], notation)
        assert list(likeness) == ["In common with attention", "Not in common"]
        made = how_made(CELLS[cell].in_notation(notation))
        assert f"attention weight is {made}, made" in likeness["Not in common"]
        assert "_" not in "".join(likeness.values())


@pytest.mark.parametrize(("task", "cell"), NETWORKS)
def test_every_network_that_ships(task: str, cell: str) -> None:
    source = shipped(task, cell)
    for example in source.task.examples[:2]:
        steps = len(source.read(example.text).tokens)
        for overall in (False, True):
            settings = Settings(task=task, cell=cell, text=example.text, step=steps // 2, unit=2, overall=overall)
            view = LedgerView(View(source, settings))
            data, labels = view.attention, list(view.view.run.labels)
            if len(data.weights) < steps:
                continue
            mean = "a weighted mean" in data.caption
            assert mean == always_mean(source.cell)
            check(data.caption, np.asarray(data.weights), data.initial, labels, mean=mean)
