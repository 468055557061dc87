"""The LSTM whose input gate is what the forget gate leaves over."""

from lstm_viz.cells.definition import SIGNED
from lstm_viz.cells.drawing import Stage
from lstm_viz.cells.lstm import LSTM
from lstm_viz.cells.variants.change import changed, variant

_OTHERS = [quantity.name for quantity in LSTM.quantities if quantity.name not in ("forget_gate", "input_gate")]

COUPLED_GATES = variant(
    "coupled_gates",
    "LSTM with coupled gates",
    "New content enters exactly as much as old memory leaves.",
    changed("input_gate", weighted=False, compute=lambda now, before: 1 - now.forget_gate),
    changed("cell_state", range=SIGNED),
    # The input gate follows from the forget gate here, so it comes after it.
    order=("forget_gate", "input_gate", *_OTHERS),
    places={"input_gate": (2.85, 1)},
    stages=(
        Stage(
            "Learn",
            ("input_gate * candidate",),
            "Of the candidate, <candidate>, as large a share comes in as old memory leaves, <input_gate>: "
            "<input_gate * candidate>.",
        ),
    ),
)
