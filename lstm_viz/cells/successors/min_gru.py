"""The minGRU: a GRU of which everything that waits for the step before was taken away, but the memory itself."""

from lstm_viz.cells.definition import UNBOUNDED, Cell, candidate, gate, memory
from lstm_viz.cells.drawing import Drawing, Stage

MIN_GRU = Cell(
    name="min_gru",
    title="minGRU",
    source="Feng et al. 2024, arXiv 2410.01201",
    summary="One state and one gate, which sees only the input: so all steps can be computed at once.",
    quantities=(
        gate(
            "update_gate",
            "Update gate",
            "how much of the new state is the candidate",
            ("z_t", "z_t", "Γ_u"),
            compute=lambda now, before: now.sigmoid(now.from_input("update_gate")),
        ),
        candidate(
            "candidate",
            "Candidate",
            "the new content on offer",
            ("h̃_t", "h̃_t", "N_t"),
            range=UNBOUNDED,
            compute=lambda now, before: now.from_input("candidate"),
        ),
        memory(
            "hidden_state",
            "Hidden state",
            "the memory, and the output",
            ("h_t", "h_t", "STM_t"),
            range=UNBOUNDED,
            keep=lambda now: 1 - now.update_gate,
            add=lambda now: now.update_gate * now.candidate,
        ),
    ),
    notes=(
        "Gate and candidate see only the input, so the cell has no recurrent weights: what it knows of the past is "
        "what the memory holds.",
        "Here z puts the candidate in place of the old state near 1, as Feng et al. write it; the z of PyTorch’s GRU "
        "keeps the old state near 1.",
        "To multiply many shares without loss, Feng et al. also train it on logarithms, which needs a candidate above "
        "zero: x + ½ from 0 on, σ(x) below. The candidate here is the plain one, of either sign.",
    ),
    drawing=Drawing(
        rows=(
            {0: "hidden_state-", 1.7: "(1 - update_gate) * hidden_state-", 4.2: "hidden_state", 5.4: "hidden_state+"},
            {1.7: "1 - update_gate", 4.2: "update_gate * candidate"},
            {1.7: "update_gate", 4.2: "candidate"},
            {0.75: "inputs"},
        ),
        bends={("update_gate", "update_gate * candidate"): 2.9},
        stages=(
            Stage(
                "Keep",
                ("(1 - update_gate) * hidden_state-",),
                "Of the old state, <hidden_state->, what the update gate leaves over stays, <1 - update_gate>: "
                "<(1 - update_gate) * hidden_state->.",
            ),
            Stage(
                "Renew",
                ("update_gate * candidate",),
                "Of the candidate, <candidate>, the update gate lets <update_gate> in: <update_gate * candidate>.",
            ),
            Stage("Blend", ("hidden_state",), "What stays and what comes in add up to the new state, <hidden_state>."),
        ),
    ),
)
