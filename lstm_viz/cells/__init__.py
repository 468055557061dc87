"""The cells, each defined once. Read `lstm.py` first: it is the whole idea on one screen."""

from collections.abc import Mapping

from lstm_viz.cells.definition import Cell, Quantity, Range, Role
from lstm_viz.cells.elsewhere import ELSEWHERE
from lstm_viz.cells.gru import GRU
from lstm_viz.cells.lstm import LSTM
from lstm_viz.cells.notation import NOTATIONS
from lstm_viz.cells.rnn import RNN, RNN_RELU, RNN_SIGMOID
from lstm_viz.cells.successors import SUCCESSORS
from lstm_viz.cells.variants import VARIANTS

CELLS: Mapping[str, Cell] = {
    cell.name: cell
    for cell in (
        *(LSTM, GRU, RNN, RNN_RELU, RNN_SIGMOID),
        *VARIANTS.values(),
        *SUCCESSORS.values(),
        *ELSEWHERE.values(),
    )
}
"""Every cell there is, by name."""

__all__ = [
    "CELLS",
    "ELSEWHERE",
    "GRU",
    "LSTM",
    "NOTATIONS",
    "RNN",
    "RNN_RELU",
    "RNN_SIGMOID",
    "SUCCESSORS",
    "VARIANTS",
    "Cell",
    "Quantity",
    "Range",
    "Role",
]
