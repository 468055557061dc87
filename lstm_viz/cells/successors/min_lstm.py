"""The minLSTM: an LSTM whose gates see only the input, and share one whole between what stays and what comes in."""

from typing import Any

from lstm_viz.cells.definition import UNBOUNDED, Cell, Quantity, Role, candidate, gate, memory
from lstm_viz.cells.drawing import Drawing, Stage


def _part(name: str, label: str, meaning: str, symbol: str) -> Quantity:
    """What a gate is made from: a gate itself, which sees only the input."""

    def compute(now: Any, before: Any) -> Any:
        return now.sigmoid(now.from_input(name))

    return gate(name, label, meaning, (symbol, symbol, symbol), role=Role.PART, compute=compute)


def _share(name: str, label: str, meaning: str, symbol: str, *, of: str) -> Quantity:
    """A part as a share of both parts together: what scales the memory, or what comes in."""

    def compute(now: Any, before: Any) -> Any:
        return now.ratio(getattr(now, of), now.forget_part + now.input_part)

    return gate(name, label, meaning, (symbol, symbol, symbol), weighted=False, compute=compute)


MIN_LSTM = Cell(
    name="min_lstm",
    title="minLSTM",
    source="Feng et al. 2024, arXiv 2410.01201",
    summary="One state and two gates, which see only the input and are made to add up to 1: so all steps can be "
    "computed at once.",
    quantities=(
        _part("forget_part", "Forget part", "how loudly old memory asks to stay", "f_t"),
        _part("input_part", "Input part", "how loudly new content asks to enter", "i_t"),
        candidate(
            "candidate",
            "Candidate",
            "the new content on offer",
            ("h̃_t", "h̃_t", "N_t"),
            range=UNBOUNDED,
            compute=lambda now, before: now.from_input("candidate"),
        ),
        _share("forget_gate", "Forget gate", "how much old memory stays", "f′_t", of="forget_part"),
        _share("input_gate", "Input gate", "how much new content enters", "i′_t", of="input_part"),
        memory(
            "hidden_state",
            "Hidden state",
            "the memory, and the output",
            ("h_t", "h_t", "STM_t"),
            range=UNBOUNDED,
            keep=lambda now: now.forget_gate,
            add=lambda now: now.input_gate * now.candidate,
        ),
    ),
    notes=(
        "Gates and candidate see only the input, so the cell has no recurrent weights: what it knows of the past is "
        "what the memory holds.",
        "Feng et al. call the parts, f and i, the gates, and what scales the memory, f′ and i′, the normalised gates.",
        "The parts are divided by their sum, so that what stays and what comes in make one whole: the memory is a "
        "weighted mean of its first state and the candidates so far. With both parts held at 0, nothing is shared out.",
        "To multiply many shares without loss, Feng et al. also train it on logarithms, which needs a candidate above "
        "zero: x + ½ from 0 on, σ(x) below. The candidate here is the plain one, of either sign.",
    ),
    drawing=Drawing(
        rows=(
            {0: "hidden_state-", 1.7: "forget_gate * hidden_state-", 5.8: "hidden_state", 7: "hidden_state+"},
            {1.7: "forget_gate", 4.5: "input_gate", 5.8: "input_gate * candidate"},
            {3.1: "forget_part + input_part"},
            {1.7: "forget_part", 4.5: "input_part", 5.8: "candidate"},
            {0.75: "inputs"},
        ),
        stages=(
            Stage(
                "Share",
                ("forget_gate", "input_gate"),
                "The two parts ask for <forget_part> and <input_part>. Divided by their sum, "
                "<forget_part + input_part>, they are the gates, shares of one whole: <forget_gate> and <input_gate>.",
            ),
            Stage(
                "Forget",
                ("forget_gate * hidden_state-",),
                "Of the old memory, <hidden_state->, the forget gate lets <forget_gate> through: "
                "<forget_gate * hidden_state-> stays.",
            ),
            Stage(
                "Learn",
                ("input_gate * candidate",),
                "Of the candidate, <candidate>, the input gate lets <input_gate> through: "
                "<input_gate * candidate> comes in.",
            ),
            Stage(
                "Remember", ("hidden_state",), "What stays and what comes in add up to the new memory, <hidden_state>."
            ),
        ),
    ),
)
