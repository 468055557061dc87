"""The LSTM without output gate."""

from lstm_viz.cells.drawing import Stage
from lstm_viz.cells.variants.change import changed, variant

NO_OUTPUT_GATE = variant(
    "no_output_gate",
    "LSTM without output gate",
    "The whole memory is shown at every step.",
    changed("hidden_state", compute=lambda now, before: now.project(now.squashed_cell_state)),
    without="output_gate",
    stages=(Stage("Use", ("hidden_state",), "All of the memory is shown, squashed: <hidden_state>."),),
)
