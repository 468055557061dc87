"""The LSTM with the Use gate as Udacity's lecture notes print it: a layer of its own, fed by the forget gate."""

from lstm_viz.cells.definition import Further, candidate
from lstm_viz.cells.drawing import Stage
from lstm_viz.cells.lstm import LSTM
from lstm_viz.cells.variants.change import changed, variant

# The Use layer sits above the memory's own line, all else a row further down than in the LSTM.
_PLACES = {part: (column, int(row) + 1) for part, (column, row) in LSTM.drawing.places.items()}
_PLACES["use_layer"] = (6.3, 0)
del _PLACES["squashed_cell_state"]

USE_LAYER = variant(
    "use_layer",
    "LSTM with the Use gate as printed",
    "What is shown comes through a layer of its own, which sees what the forget gate left, not what was added.",
    candidate(
        "use_layer",
        "Use layer",
        "what a layer of its own makes of the old memory that stays",
        ("u_t", "u_t", "U_t"),
        weighted=False,
        parameters={"use_weight": Further("W_u", 2), "use_bias": Further("b_u", 1)},
        compute=lambda now, before: now.tanh(
            now.product("use_weight", now.forget_gate * before.cell_state) + now.parameter("use_bias")
        ),
    ),
    changed("hidden_state", compute=lambda now, before: now.project(now.output_gate * now.use_layer)),
    source="Udacity's lecture notes",
    without="squashed_cell_state",
    order=("input_gate", "forget_gate", "candidate", "output_gate", "cell_state", "use_layer", "hidden_state"),
    notes=("New content reaches the output one step late: the Use layer sees only the memory before it was added.",),
    places=_PLACES,
    stages=(
        Stage(
            "Use",
            ("hidden_state",),
            "From what the forget gates left in all units, a layer of its own makes <use_layer>; it passes the "
            "output gate at <output_gate>: <hidden_state> is shown.",
        ),
    ),
)
