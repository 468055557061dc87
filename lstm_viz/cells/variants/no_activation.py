"""The LSTM without the squashing of what enters the memory, and without the squashing of what leaves it."""

from lstm_viz.cells.definition import UNBOUNDED
from lstm_viz.cells.drawing import Stage
from lstm_viz.cells.variants.change import changed, variant

NO_INPUT_ACTIVATION = variant(
    "no_input_activation",
    "LSTM without input activation",
    "New content is not squashed on its way in.",
    changed("candidate", range=UNBOUNDED, compute=lambda now, before: now.weighted_sum("candidate")),
    notes=("The box Σ weighs and adds like the others, and does not squash the sum.",),
)

NO_OUTPUT_ACTIVATION = variant(
    "no_output_activation",
    "LSTM without output activation",
    "The memory is not squashed on its way out, so the output has no bounds.",
    changed(
        "hidden_state",
        range=UNBOUNDED,
        compute=lambda now, before: now.project(now.output_gate * now.cell_state),
    ),
    without="squashed_cell_state",
    stages=(
        Stage(
            "Use",
            ("hidden_state",),
            "The memory, as large as it is, passes the output gate at <output_gate>: <hidden_state> is shown.",
        ),
    ),
)
