"""Columns cover every step once, keep to the budget, and hold means."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_viz.analysis.aggregate import aggregate, aggregation_note, column_labels, column_of, columns

steps_and_budget = st.tuples(st.integers(1, 3000), st.integers(1, 300))


@given(steps_and_budget)
def test_columns_keep_to_the_budget_and_are_even(case: tuple[int, int]) -> None:
    steps, budget = case
    edges = columns(steps, budget)
    widths = np.diff(edges)
    assert (edges[0], edges[-1]) == (0, steps)
    assert len(widths) <= budget
    assert (widths[:-1] == widths[0]).all()
    assert 1 <= widths[-1] <= widths[0]
    assert (widths[0] == 1) == (steps <= budget)


@given(steps_and_budget, st.integers(0, 99))
def test_columns_hold_means(case: tuple[int, int], seed: int) -> None:
    edges = columns(*case)
    array = np.random.default_rng(seed).normal(size=(case[0], 2)).astype(np.float32)
    merged = aggregate(array, edges)
    assert merged.dtype == array.dtype
    assert merged.shape == (len(edges) - 1, 2)
    expected = [array[a:b].astype(np.float64).mean(axis=0) for a, b in pairwise(edges)]
    np.testing.assert_allclose(merged, expected, atol=1e-6)
    np.testing.assert_array_equal(aggregate(array[:, 0], edges), merged[:, 0])


@given(steps_and_budget)
def test_every_step_is_in_its_column(case: tuple[int, int]) -> None:
    edges = columns(*case)
    for step in {0, case[0] // 2, case[0] - 1}:
        column = column_of(step, edges)
        assert edges[column] <= step < edges[column + 1]


def test_short_traces_are_not_touched() -> None:
    array = np.zeros((5, 3), dtype=np.float32)
    edges = columns(5, 5)
    assert aggregate(array, edges) is array
    assert column_labels("abcde", edges) == tuple("abcde")
    assert aggregation_note(edges) == ""


def test_labels_and_note_say_what_a_column_holds() -> None:
    edges = columns(7, 3)
    assert column_labels("abcdefg", edges) == ("a … c", "d … f", "g")
    assert aggregation_note(columns(1200)) == "1,200 steps do not fit: each column is the mean of 5."


def test_wrong_input_is_explained() -> None:
    with pytest.raises(ValueError, match="has 4 time steps, the columns cover 5"):
        aggregate(np.zeros(4), columns(5))
    with pytest.raises(ValueError, match="got 0 steps and a budget of 240"):
        columns(0)
