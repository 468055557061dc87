"""The cells as other libraries compute them, where that is not PyTorch's way: what a model file of theirs may hold.

No network of these ships with the package, so that no menu of trained networks lists them.
"""

from collections.abc import Mapping

from lstm_viz.cells.definition import Cell
from lstm_viz.cells.elsewhere.activations import GRU_HARD, GRU_RESET_FIRST_HARD, LSTM_HARD, LSTM_RELU
from lstm_viz.cells.elsewhere.gru_reset_first import GRU_RESET_FIRST

ELSEWHERE: Mapping[str, Cell] = {
    cell.name: cell for cell in (GRU_RESET_FIRST, LSTM_RELU, LSTM_HARD, GRU_HARD, GRU_RESET_FIRST_HARD)
}
"""By name."""
