"""The LSTM whose gates also see all three gates of the step before."""

from typing import Any

from lstm_viz.cells.definition import Further, Quantity
from lstm_viz.cells.variants.change import changed, variant

_GATES = ("input_gate", "forget_gate", "output_gate")


def _sees_old_gates(name: str) -> Quantity:
    matrices = {gate: f"{name}_from_{gate}" for gate in _GATES}

    def compute(now: Any, before: Any) -> Any:
        total = now.weighted_sum(name)
        for gate, matrix in matrices.items():
            total = total + now.product(matrix, getattr(before, gate))
        return now.sigmoid(total)

    further = {matrix: Further(f"R_{{<{name}><{gate}>}}", 2) for gate, matrix in matrices.items()}
    return changed(name, compute=compute, parameters=further, carried=True)


FULL_GATE_RECURRENCE = variant(
    "full_gate_recurrence",
    "LSTM with full gate recurrence",
    "Every gate also sees what all gates were a step ago, as in the LSTM of 1997.",
    *map(_sees_old_gates, _GATES),
    # The gates of the step before come in on the left, and join what the gates see, but not what the candidate sees.
    places={
        "input_gate-": (0, 1),
        "forget_gate-": (0, 2),
        "output_gate-": (0, 3),
        "concatenate, input_gate-, forget_gate-, output_gate-": (1.4, 3),
        "hidden_state-": (0, 4),
        "concatenate": (0.9, 4),
        "hidden_state+": (7.3, 4),
        "inputs": (0.9, 5),
    },
    notes=("Each gate’s values are carried to the next step, where all three gates see them; they are no output.",),
)
