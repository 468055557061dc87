"""The LSTM with one thing changed at a time: the variants of Greff et al. 2015, and one from lecture notes.

Each is PyTorch's LSTM with a part left out or replaced. Greff et al. start from an LSTM with peepholes, so that "no
peepholes" is one of their eight variants; here the LSTM has none, and "peepholes" is the variant.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lstm_viz.cells.definition import SIGNED, UNBOUNDED, Cell, Quantity, Role
from lstm_viz.cells.lstm import LSTM

GREFF = "Greff et al. 2015, from PyTorch's LSTM"


def _variant(
    name: str, title: str, summary: str, *changed: Quantity, without: str = "", source: str = GREFF, notes: Any = ()
) -> Cell:
    """The LSTM with some quantities replaced by others of the same names, and one left out."""
    new = {quantity.name: quantity for quantity in changed}
    quantities = tuple(new.get(q.name, q) for q in LSTM.quantities if q.name != without)
    return Cell(name=name, title=title, source=source, summary=summary, quantities=quantities, notes=notes)


def _changed(name: str, **changes: Any) -> Quantity:
    return replace(LSTM[name], **changes)


NO_INPUT_GATE = _variant(
    "no_input_gate",
    "LSTM without input gate",
    "All new content enters the memory.",
    _changed(
        "cell_state",
        add=lambda now: now.candidate,
        compute=lambda now, before: now.forget_gate * before.cell_state + now.candidate,
        equation=r"<forget_gate> \odot <cell_state-> + <candidate>",
    ),
    without="input_gate",
)
NO_FORGET_GATE = _variant(
    "no_forget_gate",
    "LSTM without forget gate",
    "The memory can only add: what is in it stays, as in the LSTM of 1997.",
    _changed(
        "cell_state",
        keep=lambda now: 1.0 + 0.0 * now.input_gate,
        compute=lambda now, before: before.cell_state + now.input_gate * now.candidate,
        equation=r"<cell_state-> + <input_gate> \odot <candidate>",
    ),
    without="forget_gate",
)
NO_OUTPUT_GATE = _variant(
    "no_output_gate",
    "LSTM without output gate",
    "The whole memory is shown at every step.",
    _changed(
        "hidden_state",
        compute=lambda now, before: now.project(now.squashed_cell_state),
        equation="<squashed_cell_state>",
    ),
    without="output_gate",
)
NO_INPUT_ACTIVATION = _variant(
    "no_input_activation",
    "LSTM without input activation",
    "New content is not squashed on its way in.",
    _changed("candidate", range=UNBOUNDED, compute=lambda now, before: now.weighted_sum("candidate"), equation="<sum>"),
)
NO_OUTPUT_ACTIVATION = _variant(
    "no_output_activation",
    "LSTM without output activation",
    "The memory is not squashed on its way out, so the output has no bounds.",
    _changed(
        "hidden_state",
        range=UNBOUNDED,
        compute=lambda now, before: now.project(now.output_gate * now.cell_state),
        equation=r"<output_gate> \odot <cell_state>",
    ),
    without="squashed_cell_state",
)
COUPLED_GATES = _variant(
    "coupled_gates",
    "LSTM with coupled gates",
    "New content enters exactly as much as old memory leaves.",
    _changed(
        "input_gate",
        weighted=False,
        compute=lambda now, before: 1 - now.forget_gate,
        equation=r"1 - <forget_gate>",
    ),
    _changed("cell_state", range=SIGNED),
)
# The input gate follows from the forget gate here, so it comes after it.
COUPLED_GATES = replace(
    COUPLED_GATES,
    quantities=(COUPLED_GATES["forget_gate"], COUPLED_GATES["input_gate"], *COUPLED_GATES.quantities[2:]),
)


def _with_peephole(name: str, looks_at: str) -> Quantity:
    """A gate that also sees the memory through one weight a unit."""
    weights = f"{name}_peephole"

    def compute(now: Any, before: Any) -> Any:
        memory = now.cell_state if looks_at == "<cell_state>" else before.cell_state
        return now.sigmoid(now.weighted_sum(name) + now.parameter(weights) * memory)

    row = name[0]
    return _changed(
        name, compute=compute, parameters={weights: 1}, equation=rf"\sigma(<sum> + p_{row} \odot {looks_at})"
    )


_PEEPHOLE_GATES = {
    "input_gate": _with_peephole("input_gate", "<cell_state->"),
    "forget_gate": _with_peephole("forget_gate", "<cell_state->"),
    "output_gate": _with_peephole("output_gate", "<cell_state>"),
}
PEEPHOLES = Cell(
    name="peepholes",
    title="LSTM with peepholes",
    source="Gers and Schmidhuber 2000",
    summary="The gates see the memory itself, not only the part of it that is shown.",
    # The output gate sees the new memory, so it comes after it.
    quantities=tuple(
        _PEEPHOLE_GATES.get(name, LSTM[name])
        for name in (
            "input_gate",
            "forget_gate",
            "candidate",
            "cell_state",
            "output_gate",
            "squashed_cell_state",
            "hidden_state",
        )
    ),
)


def _with_gate_recurrence(name: str) -> Quantity:
    """A gate that also sees all three gates of the step before."""
    gates = ("input_gate", "forget_gate", "output_gate")

    def compute(now: Any, before: Any) -> Any:
        seen = sum(now.product(f"{name}_from_{gate}", getattr(before, gate)) for gate in gates)
        return now.sigmoid(now.weighted_sum(name) + seen)

    terms = "".join(f" + R_{{{name[0]}{gate[0]}}}\\,<{gate}->" for gate in gates)
    return _changed(
        name,
        compute=compute,
        carried=True,
        parameters={f"{name}_from_{gate}": 2 for gate in gates},
        equation=rf"\sigma(<sum>{terms})",
    )


FULL_GATE_RECURRENCE = _variant(
    "full_gate_recurrence",
    "LSTM with full gate recurrence",
    "Every gate also sees what all gates were a step ago, as in the LSTM of 1997.",
    *(_with_gate_recurrence(gate.name) for gate in LSTM.gates),
)

_USE = replace(
    LSTM["squashed_cell_state"],
    name="use_layer",
    label="Use layer",
    meaning="what a layer of its own makes of the old memory that stays",
    role=Role.CANDIDATE,
    symbols={"textbook": "u_t", "pytorch": "u_t", "udacity": "U_t"},
    parameters={"use_weight": 2, "use_bias": 1},
    compute=lambda now, before: now.tanh(
        now.product("use_weight", now.forget_gate * before.cell_state) + now.parameter("use_bias")
    ),
    equation=r"\tanh(W_u\,(<cell_state-> \odot <forget_gate>) + b_u)",
)
USE_LAYER = Cell(
    name="use_layer",
    title="LSTM with the Use gate as printed",
    source="Udacity's lecture notes",
    summary="What is shown comes through a layer of its own, which sees what the forget gate left, not what was added.",
    quantities=(
        *LSTM.quantities[:-2],
        _USE,
        _changed(
            "hidden_state",
            compute=lambda now, before: now.project(now.output_gate * now.use_layer),
            equation=r"<output_gate> \odot <use_layer>",
        ),
    ),
    notes=("New content reaches the output one step late: the Use layer sees only the memory before it was added.",),
)

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
