"""The LSTM whose gates also see the memory, each unit its own, through one weight a unit and gate."""

from typing import Any

from lstm_viz.cells.definition import Further, Quantity
from lstm_viz.cells.drawing import Stage
from lstm_viz.cells.variants.change import changed, variant


def _peephole(gate: str) -> dict[str, Further]:
    """The further weights of a gate: its peephole, by name."""
    return {f"{gate}_peephole": Further(f"p_{{<{gate}>}}", 1)}


def _sees_old_memory(name: str) -> Quantity:
    def compute(now: Any, before: Any) -> Any:
        return now.sigmoid(now.weighted_sum(name) + now.parameter(f"{name}_peephole") * before.cell_state)

    return changed(name, compute=compute, parameters=_peephole(name))


PEEPHOLES = variant(
    "peepholes",
    "LSTM with peepholes",
    "The gates see the memory itself, not only the part of it that is shown.",
    _sees_old_memory("input_gate"),
    _sees_old_memory("forget_gate"),
    changed(
        "output_gate",
        compute=lambda now, before: now.sigmoid(
            now.weighted_sum("output_gate") + now.parameter("output_gate_peephole") * now.cell_state
        ),
        parameters=_peephole("output_gate"),
    ),
    source="Gers and Schmidhuber 2000",
    # The output gate sees the new memory, so it comes after it.
    order=(
        "input_gate",
        "forget_gate",
        "candidate",
        "cell_state",
        "output_gate",
        "squashed_cell_state",
        "hidden_state",
    ),
    # The input gate stands beside where it acts, so that the memory reaches it and the forget gate from the left.
    places={"input_gate": (2.85, 1)},
    bends={("cell_state-", "input_gate"): 1, ("cell_state-", "forget_gate"): 1},
    stages=(
        Stage(
            "Use",
            ("hidden_state",),
            "The output gate sees the new memory too, and opens to <output_gate>. The memory, squashed to "
            "<squashed_cell_state>, passes it: <hidden_state> is shown.",
        ),
    ),
)
