"""The GRU, as `torch.nn.GRU` computes it."""

from lstm_viz.cells.definition import Cell, candidate, gate, memory
from lstm_viz.cells.drawing import Drawing, Stage

GRU = Cell(
    name="gru",
    title="GRU",
    source="Cho et al. 2014, in PyTorch's form: the reset gate acts after the recurrent product",
    summary="One state, and two gates: one blends it with new content, one mutes it while that content is made.",
    quantities=(
        gate("reset_gate", "Reset gate", "how much of the old state the candidate sees", ("r_t", "r_t", "Γ_r")),
        gate("update_gate", "Update gate", "how much of the old state stays", ("z_t", "z_t", "Γ_u")),
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
        "Here, as in PyTorch, an update gate near 1 keeps the old state; other texts write it the other way round.",
    ),
    drawing=Drawing(
        rows=(
            {0: "hidden_state-", 1.7: "update_gate * hidden_state-", 7.2: "hidden_state", 8.2: "hidden_state+"},
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
                "Of the candidate, <candidate>, the rest, <1 - update_gate>, comes in: "
                "<(1 - update_gate) * candidate>.",
            ),
            Stage("Blend", ("hidden_state",), "What stays and what comes in add up to the new state, <hidden_state>."),
        ),
    ),
)
