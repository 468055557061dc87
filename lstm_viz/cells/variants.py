"""The LSTM with one thing changed at a time: the variants of Greff et al. 2015, and one from lecture notes.

Each is PyTorch's LSTM with a part left out or replaced. Greff et al. start from an LSTM with peepholes, so that "no
peepholes" is one of their eight variants; here the LSTM has none, and "peepholes" is the variant. Drawings are the
LSTM's, all that stays in its place.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lstm_viz.cells.definition import SIGNED, UNBOUNDED, Cell, Further, Quantity, Role
from lstm_viz.cells.drawing import Stage
from lstm_viz.cells.lstm import LSTM

GREFF = "Greff et al. 2015, from PyTorch's LSTM"


def _variant(
    name: str, title: str, summary: str, *changed: Quantity, without: str = "", notes: Any = (), **drawing: Any
) -> Cell:
    """The LSTM with some quantities replaced by others of the same names, and one left out; see `Drawing.changed`."""
    new = {quantity.name: quantity for quantity in changed}
    return Cell(
        name=name,
        title=title,
        source=GREFF,
        summary=summary,
        quantities=tuple(new.get(q.name, q) for q in LSTM.quantities if q.name != without),
        notes=notes,
        drawing=_drawing(without=(without,), **drawing),
    )


def _drawing(stages: tuple[Stage, ...] = (), without: tuple[str, ...] = (), untold: str = "", **changes: Any) -> Any:
    """The LSTM's drawing without some parts, with stages told anew, and one not told."""
    gone = tuple(part for part in LSTM.drawing.places if set(part.split(" * ")) & set(without))
    told = {stage.title: stage for stage in stages} | ({untold: None} if untold else {})
    return LSTM.drawing.changed(without=gone, stages=told, **changes)


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
    stages=(Stage("Learn", ("candidate",), "All of the candidate, <candidate>, comes in."),),
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
    untold="Forget",
    stages=(
        Stage(
            "Remember",
            ("cell_state",),
            "The old memory, <cell_state->, and what comes in add up to the new memory, <cell_state>.",
        ),
    ),
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
    stages=(Stage("Use", ("hidden_state",), "All of the memory is shown, squashed: <hidden_state>."),),
)
NO_INPUT_ACTIVATION = _variant(
    "no_input_activation",
    "LSTM without input activation",
    "New content is not squashed on its way in.",
    _changed("candidate", range=UNBOUNDED, compute=lambda now, before: now.weighted_sum("candidate"), equation="<sum>"),
    notes=("The box Σ weighs and adds like the others, and does not squash the sum.",),
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
    stages=(
        Stage(
            "Use",
            ("hidden_state",),
            "The memory, as large as it is, passes the output gate at <output_gate>: <hidden_state> is shown.",
        ),
    ),
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

    return _changed(
        name,
        compute=compute,
        parameters={weights: Further(f"p_{{<{name}>}}", 1)},
        equation=rf"\sigma(<sum> + <{weights}> \odot {looks_at})",
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
    drawing=_drawing(
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
    ),
)

_GATES = ("input_gate", "forget_gate", "output_gate")


def _with_gate_recurrence(name: str) -> Quantity:
    """A gate that also sees all three gates of the step before."""
    matrices = {f"{name}_from_{gate}": gate for gate in _GATES}

    def compute(now: Any, before: Any) -> Any:
        total = now.weighted_sum(name)
        for matrix, gate in matrices.items():
            total = total + now.product(matrix, getattr(before, gate))
        return now.sigmoid(total)

    return _changed(
        name,
        compute=compute,
        carried=True,
        parameters={matrix: Further(f"R_{{<{name}><{gate}>}}", 2) for matrix, gate in matrices.items()},
        equation=r"\sigma(<sum>" + "".join(rf" + <{matrix}>\,<{gate}->" for matrix, gate in matrices.items()) + ")",
    )


FULL_GATE_RECURRENCE = _variant(
    "full_gate_recurrence",
    "LSTM with full gate recurrence",
    "Every gate also sees what all gates were a step ago, as in the LSTM of 1997.",
    *map(_with_gate_recurrence, _GATES),
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

_USE = replace(
    LSTM["squashed_cell_state"],
    name="use_layer",
    label="Use layer",
    meaning="what a layer of its own makes of the old memory that stays",
    role=Role.CANDIDATE,
    symbols={"textbook": "u_t", "pytorch": "u_t", "udacity": "U_t"},
    parameters={"use_weight": Further("W_u", 2), "use_bias": Further("b_u", 1)},
    compute=lambda now, before: now.tanh(
        now.product("use_weight", now.forget_gate * before.cell_state) + now.parameter("use_bias")
    ),
    equation=r"\tanh(<use_weight>\,(<forget_gate> \odot <cell_state->) + <use_bias>)",
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
    # The Use layer sits above the memory's own line, all else a row further down than in the LSTM.
    drawing=_drawing(
        without=("squashed_cell_state",),
        places={
            part: (column, row + 1)
            for part, (column, row) in LSTM.drawing.places.items()
            if part != "squashed_cell_state"
        }
        | {"use_layer": (6.3, 0)},
        stages=(
            Stage(
                "Use",
                ("hidden_state",),
                "From what the forget gates left in all units, a layer of its own makes <use_layer>; it passes the "
                "output gate at <output_gate>: <hidden_state> is shown.",
            ),
        ),
    ),
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
