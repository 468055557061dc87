"""Cells with other functions in place of σ or tanh: what Keras calls `recurrent_activation` and `activation`."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from lstm_viz.cells.definition import POSITIVE, Cell, Quantity
from lstm_viz.cells.drawing import Stage
from lstm_viz.cells.elsewhere.gru_reset_first import GRU_RESET_FIRST
from lstm_viz.cells.gru import GRU
from lstm_viz.cells.lstm import LSTM


class _Swapped:
    """What a definition computes with, some functions under the names of others."""

    def __init__(self, now: Any, functions: Mapping[str, str]):
        self._now, self._functions = now, functions

    def __getattr__(self, name: str) -> Any:
        return getattr(self._now, self._functions.get(name, name))


def _swapped(compute: Callable[[Any, Any], Any], functions: Mapping[str, str]) -> Callable[[Any, Any], Any]:
    return lambda now, before: compute(_Swapped(now, functions), before)


def _with(cell: Cell, functions: Mapping[str, str], changes: Mapping[str, Mapping[str, Any]], **facts: Any) -> Cell:
    """A cell with functions swapped, quantities changed further, and facts of its own."""

    def changed(quantity: Quantity) -> Quantity:
        compute = _swapped(quantity.compute, functions)
        return replace(quantity, **{"compute": compute, **changes.get(quantity.name, {})})

    return replace(cell, quantities=tuple(map(changed, cell.quantities)), **facts)


def _hard(cell: Cell, title: str) -> Cell:
    """A cell whose gates are straight between shut and open."""
    return _with(
        cell,
        {"sigmoid": "hard_sigmoid"},
        {},
        name=f"{cell.name}_hard",
        title=title,
        source=f"{cell.source}; gates as Keras 2 computed them",
        summary=f"{cell.summary} Its gates are straight lines between shut and open, and reach both.",
        notes=(
            *(note for note in cell.notes if "strictly" not in note),
            "The hard sigmoid of a is 0.2·a + 0.5, no less than 0 and no more than 1: such a gate can be quite shut.",
        ),
    )


LSTM_HARD = _hard(LSTM, "LSTM (hard gates)")
GRU_HARD = _hard(GRU, "GRU (hard gates)")
GRU_RESET_FIRST_HARD = _hard(GRU_RESET_FIRST, "GRU (reset first, hard gates)")

LSTM_RELU = _with(
    LSTM,
    {"tanh": "relu"},
    {
        "candidate": {"range": POSITIVE},
        "squashed_cell_state": {
            "label": "Memory above zero",
            "meaning": "the memory, where it is above zero",
            "range": POSITIVE,
            "symbols": {"textbook": "max(0, C_t)", "pytorch": "max(0, c_t)", "udacity": "U_t"},
        },
        "hidden_state": {"range": POSITIVE},
    },
    name="lstm_relu",
    title="LSTM (ReLU)",
    source=f"{LSTM.source}; activation ReLU, as Keras can compute it",
    summary="New content is never below zero, and neither it nor what is shown of the memory has a ceiling.",
    notes=LSTM.notes,
    drawing=LSTM.drawing.changed(
        stages={
            "Use": Stage(
                "Use",
                ("hidden_state",),
                "Of the memory, what is above zero, <squashed_cell_state>, passes the output gate at <output_gate>: "
                "<hidden_state> is shown.",
            )
        }
    ),
)
