"""The LSTM with one thing changed at a time: the variants of Greff et al. 2015, and one from lecture notes.

Each is PyTorch's LSTM with a part left out or replaced, in a file of its own; read `coupled_gates.py` first. Greff et
al. start from an LSTM with peepholes, so that "no peepholes" is one of their eight variants; here the LSTM has none,
and "peepholes" is the variant.
"""

from collections.abc import Mapping

from lstm_viz.cells.definition import Cell
from lstm_viz.cells.variants.coupled_gates import COUPLED_GATES
from lstm_viz.cells.variants.full_gate_recurrence import FULL_GATE_RECURRENCE
from lstm_viz.cells.variants.no_activation import NO_INPUT_ACTIVATION, NO_OUTPUT_ACTIVATION
from lstm_viz.cells.variants.no_forget_gate import NO_FORGET_GATE
from lstm_viz.cells.variants.no_input_gate import NO_INPUT_GATE
from lstm_viz.cells.variants.no_output_gate import NO_OUTPUT_GATE
from lstm_viz.cells.variants.peepholes import PEEPHOLES
from lstm_viz.cells.variants.use_layer import USE_LAYER

VARIANTS: Mapping[str, Cell] = {
    cell.name: cell
    for cell in (
        NO_INPUT_GATE,
        NO_FORGET_GATE,
        NO_OUTPUT_GATE,
        NO_INPUT_ACTIVATION,
        NO_OUTPUT_ACTIVATION,
        PEEPHOLES,
        COUPLED_GATES,
        FULL_GATE_RECURRENCE,
        USE_LAYER,
    )
}
"""By name, in the order of Greff et al."""
