"""What came after: cells of 2024 that take parts of the LSTM away, or change how its gates are made.

Read `min_gru.py` first: it has the fewest parts. Each file says where the authors' own code does otherwise.
"""

from collections.abc import Mapping

from lstm_viz.cells.definition import Cell
from lstm_viz.cells.successors.min_gru import MIN_GRU
from lstm_viz.cells.successors.min_lstm import MIN_LSTM
from lstm_viz.cells.successors.slstm import SLSTM

SUCCESSORS: Mapping[str, Cell] = {cell.name: cell for cell in (MIN_GRU, MIN_LSTM, SLSTM)}
"""By name."""
