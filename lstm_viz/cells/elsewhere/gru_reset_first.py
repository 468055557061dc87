"""The GRU as it was printed: the reset gate acts on the old state before the recurrent product, not behind it."""

from dataclasses import replace

from lstm_viz.cells.definition import Further
from lstm_viz.cells.drawing import Stage
from lstm_viz.cells.gru import GRU

RECURRENT = "candidate_recurrent"
"""The matrix by which the candidate sees what the reset gate left. Its rows in the recurrent weights are not read."""

_GONE = ("U candidate", "reset_gate * U candidate", "W candidate + reset_gate * U candidate")
_PLACES = {
    # The old state comes to the reset gate along a row of its own, below the one on which it is kept.
    "reset_gate * hidden_state-": (2.75, 2),
    RECURRENT: (4.4, 2),
    f"W candidate + {RECURRENT}": (5.8, 2),
}
_BENDS = {("hidden_state-", "reset_gate * hidden_state-"): 0.75}
_PROPOSE = {
    "Propose": Stage(
        "Propose",
        ("candidate",),
        "The reset gate lets <reset_gate> of the old state through, <reset_gate * hidden_state->; from what it leaves "
        "in all units, and the input, comes the candidate, <candidate>.",
    )
}

GRU_RESET_FIRST = replace(
    GRU,
    name="gru_reset_first",
    title="GRU (reset first)",
    source="Cho et al. 2014, as printed; ONNX and Keras can compute it so",
    summary="The GRU whose reset gate acts on the old state itself, before the candidate’s weights see it.",
    quantities=tuple(
        replace(
            each,
            compute=lambda now, before: now.tanh(
                now.from_input("candidate") + now.product(RECURRENT, now.reset_gate * before.hidden_state)
            ),
            parameters={RECURRENT: Further("R_{<candidate>}", 2)},
        )
        if each.name == "candidate"
        else each
        for each in GRU.quantities
    ),
    notes=(
        GRU.notes[0],
        "The reset gate acts before the recurrent product, as Olah and Udacity print it; PyTorch’s acts behind it.",
    ),
    drawing=GRU.drawing.changed(without=_GONE, places=_PLACES, bends=_BENDS, stages=_PROPOSE),
    opposite_drawing=GRU.opposite_drawing.changed(without=_GONE, places=_PLACES, bends=_BENDS, stages=_PROPOSE),
)
