"""The LSTM without input gate."""

from lstm_viz.cells.definition import recurrence
from lstm_viz.cells.drawing import Stage
from lstm_viz.cells.variants.change import changed, variant

NO_INPUT_GATE = variant(
    "no_input_gate",
    "LSTM without input gate",
    "All new content enters the memory.",
    changed(
        "cell_state",
        **recurrence("cell_state", keep=lambda now: now.forget_gate, add=lambda now: now.candidate),
    ),
    without="input_gate",
    stages=(Stage("Learn", ("candidate",), "All of the candidate, <candidate>, comes in."),),
)
