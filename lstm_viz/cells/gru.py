"""The GRU, as `torch.nn.GRU` computes it."""

from lstm_viz.cells.definition import Cell, Opposite, candidate, gate, memory
from lstm_viz.cells.drawing import Drawing, Stage

_DRAWING = Drawing(
    rows=(
        {0: "hidden_state-", 1.7: "update_gate * hidden_state-", 7.2: "hidden_state", 8.35: "hidden_state+"},
        {3.6: "1 - update_gate", 7.2: "(1 - update_gate) * candidate"},
        {4.4: "reset_gate * U candidate", 5.8: "W candidate + reset_gate * U candidate", 7.2: "candidate"},
        {1.7: "update_gate", 2.75: "reset_gate", 4.4: "U candidate", 5.8: "W candidate"},
        {0.75: "concatenate"},
        {0.75: "inputs"},
    ),
    stages=(
        Stage(
            "Propose",
            ("candidate",),
            "The reset gate lets <reset_gate> of the old state’s part through; with the input’s it makes the "
            "candidate, <candidate>.",
        ),
        Stage(
            "Keep",
            ("update_gate * hidden_state-",),
            "Of the old state, <hidden_state->, the update gate keeps <update_gate>: "
            "<update_gate * hidden_state-> stays.",
        ),
        Stage(
            "Renew",
            ("(1 - update_gate) * candidate",),
            "Of the candidate, <candidate>, the rest, <1 - update_gate>, comes in: <(1 - update_gate) * candidate>.",
        ),
        Stage("Blend", ("hidden_state",), "What stays and what comes in add up to the new state, <hidden_state>."),
    ),
)

GRU = Cell(
    name="gru",
    title="GRU",
    source="Cho et al. 2014, in PyTorch's form: the reset gate acts after the recurrent product",
    summary="One state, and two gates: one blends it with new content, one mutes it while that content is made.",
    quantities=(
        gate("reset_gate", "Reset gate", "how much of the old state the candidate sees", ("r_t", "r_t", "Γ_r")),
        gate(
            "update_gate",
            "Update gate",
            "how much of the old state stays",
            ("z_t", "z_t", "Γ_u"),
            opposite=Opposite(("textbook", "udacity"), "how much of the new state is the candidate"),
        ),
        candidate(
            "candidate",
            "Candidate",
            "the new content on offer",
            ("h̃_t", "n_t", "N_t"),
            compute=lambda now, before: now.tanh(
                now.from_input("candidate") + now.reset_gate * now.from_hidden("candidate")
            ),
        ),
        memory(
            "hidden_state",
            "Hidden state",
            "the memory, and the output",
            ("h_t", "h_t", "STM_t"),
            keep=lambda now: now.update_gate,
            add=lambda now: (1 - now.update_gate) * now.candidate,
        ),
    ),
    notes=(
        "PyTorch’s update gate z keeps the old state near 1. Olah’s z and Udacity’s Γ_u mean the rest, and put the "
        "candidate in its place near 1: each is 1 less PyTorch’s z, and its weights have the other sign.",
        "Olah and Udacity let the reset gate act before the recurrent product, PyTorch, and so this network, behind "
        "it.",
    ),
    drawing=_DRAWING,
    # Where the gate is what comes in, it is the old state that gets the rest.
    opposite_drawing=_DRAWING.changed(
        without=("update_gate * hidden_state-", "(1 - update_gate) * candidate"),
        places={
            "(1 - update_gate) * hidden_state-": (1.7, 0),
            "1 - update_gate": (1.7, 1),
            "update_gate * candidate": (7.2, 1),
        },
        bends={("update_gate", "update_gate * candidate"): 2.2},
        stages={
            "Keep": Stage(
                "Keep",
                ("(1 - update_gate) * hidden_state-",),
                "Of the old state, <hidden_state->, what the update gate leaves over stays, <1 - update_gate>: "
                "<(1 - update_gate) * hidden_state->.",
            ),
            "Renew": Stage(
                "Renew",
                ("update_gate * candidate",),
                "Of the candidate, <candidate>, the update gate lets <update_gate> in: <update_gate * candidate>.",
            ),
        },
    ),
)
