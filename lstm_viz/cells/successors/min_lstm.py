"""The minLSTM: an LSTM whose gates see only the input, and share one whole between what stays and what comes in."""

from typing import Any

from lstm_viz.cells.definition import UNBOUNDED, Cell, Quantity, candidate, gate, memory
from lstm_viz.cells.drawing import Drawing, Stage


def _from_input(name: str, label: str, meaning: str, symbol: str) -> Quantity:
    def compute(now: Any, before: Any) -> Any:
        return now.sigmoid(now.from_input(name))

    return gate(name, label, meaning, (symbol, symbol, symbol), compute=compute)


def _share(name: str, label: str, meaning: str, symbol: str, *, of: str) -> Quantity:
    """A gate as a share of both gates together."""

    def compute(now: Any, before: Any) -> Any:
        return now.ratio(getattr(now, of), now.forget_gate + now.input_gate)

    return gate(name, label, meaning, (symbol, symbol, symbol), weighted=False, compute=compute)


MIN_LSTM = Cell(
    name="min_lstm",
    title="minLSTM",
    source="Feng et al. 2024, arXiv 2410.01201",
    summary="One state and two gates, which see only the input and are made to add up to 1: so all steps can be "
    "computed at once.",
    quantities=(
        _from_input("forget_gate", "Forget gate", "how loudly old memory asks to stay", "f_t"),
        _from_input("input_gate", "Input gate", "how loudly new content asks to enter", "i_t"),
        candidate(
            "candidate",
            "Candidate",
            "the new content on offer",
            ("h̃_t", "h̃_t", "N_t"),
            range=UNBOUNDED,
            compute=lambda now, before: now.from_input("candidate"),
        ),
        _share("forget_share", "Share kept", "how much old memory stays", "f′_t", of="forget_gate"),
        _share("input_share", "Share taken in", "how much new content enters", "i′_t", of="input_gate"),
        memory(
            "hidden_state",
            "Hidden state",
            "the memory, and the output",
            ("h_t", "h_t", "STM_t"),
            range=UNBOUNDED,
            keep=lambda now: now.forget_share,
            add=lambda now: now.input_share * now.candidate,
        ),
    ),
    notes=(
        "Gates and candidate see only the input, so the cell has no recurrent weights: what it knows of the past is "
        "what the memory holds.",
        "The two gates are divided by their sum, so that what stays and what comes in make one whole: the memory is a "
        "weighted mean of the candidates so far, and cannot count. Held at 0 both, they share out nothing.",
        "To multiply many shares without loss, Feng et al. also train it on logarithms, which needs a candidate above "
        "zero: x + ½ from 0 on, σ(x) below. The candidate here is the plain one, of either sign.",
    ),
    drawing=Drawing(
        rows=(
            {0: "hidden_state-", 1.7: "forget_share * hidden_state-", 5.8: "hidden_state", 7: "hidden_state+"},
            {1.7: "forget_share", 4.5: "input_share", 5.8: "input_share * candidate"},
            {3.1: "forget_gate + input_gate"},
            {1.7: "forget_gate", 4.5: "input_gate", 5.8: "candidate"},
            {0.75: "inputs"},
        ),
        stages=(
            Stage(
                "Share",
                ("forget_share", "input_share"),
                "The gates ask for <forget_gate> and <input_gate>. Divided by their sum, "
                "<forget_gate + input_gate>, they are shares of one whole: <forget_share> and <input_share>.",
            ),
            Stage(
                "Forget",
                ("forget_share * hidden_state-",),
                "Of the old memory, <hidden_state->, its share <forget_share> stays: <forget_share * hidden_state->.",
            ),
            Stage(
                "Learn",
                ("input_share * candidate",),
                "Of the candidate, <candidate>, the share <input_share> comes in: <input_share * candidate>.",
            ),
            Stage(
                "Remember", ("hidden_state",), "What stays and what comes in add up to the new memory, <hidden_state>."
            ),
        ),
    ),
)
