"""The LSTM without forget gate."""

from lstm_viz.cells.drawing import Stage
from lstm_viz.cells.variants.change import changed, variant

NO_FORGET_GATE = variant(
    "no_forget_gate",
    "LSTM without forget gate",
    "The memory can only add: what is in it stays, as in the LSTM of 1997.",
    changed(
        "cell_state",
        compute=lambda now, before: before.cell_state + now.input_gate * now.candidate,
        keep=lambda now: 1.0,
    ),
    without="forget_gate",
    untold="Forget",
    stages=(
        Stage(
            "Remember",
            ("cell_state",),
            "The old memory, <cell_state->, and what comes in add up to the new memory, <cell_state>.",
        ),
    ),
)
