"""The LSTM, as `torch.nn.LSTM` computes it."""

from lstm_viz.cells.definition import UNBOUNDED, Cell, Role, candidate, gate, memory, state
from lstm_viz.cells.drawing import Drawing, Stage

LSTM = Cell(
    name="lstm",
    title="LSTM",
    source="Hochreiter and Schmidhuber 1997; forget gate: Gers, Schmidhuber and Cummins 2000",
    summary="Three gates decide what the memory keeps, what it takes in and what it shows.",
    quantities=(
        gate("input_gate", "Input gate", "how much new content enters", ("i_t", "i_t", "i_t")),
        gate("forget_gate", "Forget gate", "how much old memory stays", ("f_t", "f_t", "f_t")),
        candidate("candidate", "Candidate", "the new content on offer", ("C̃_t", "g_t", "N_t")),
        gate("output_gate", "Output gate", "how much of the memory is shown", ("o_t", "o_t", "V_t")),
        memory(
            "cell_state",
            "Cell state",
            "the long-term memory",
            ("C_t", "c_t", "LTM_t"),
            range=UNBOUNDED,
            keep=lambda now: now.forget_gate,
            add=lambda now: now.input_gate * now.candidate,
        ),
        state(
            "squashed_cell_state",
            "Squashed memory",
            "the memory, squashed to between −1 and 1",
            ("tanh(C_t)", "tanh(c_t)", "U_t"),
            role=Role.INTERMEDIATE,
            compute=lambda now, before: now.tanh(now.cell_state),
        ),
        state(
            "hidden_state",
            "Hidden state",
            "the short-term memory, and the output",
            ("h_t", "h_t", "STM_t"),
            compute=lambda now, before: now.project(now.output_gate * now.squashed_cell_state),
        ),
    ),
    notes=(
        "Three sigmoid gates and one tanh layer make the four calculations; some texts say three gates, some four.",
        "A forget gate lies strictly between 0 and 1: it scales memory down and never flips its sign.",
        "Udacity’s notes print the squashed memory with weights of its own; the standard cell, drawn here, has none.",
    ),
    drawing=Drawing(
        rows=(
            {0: "cell_state-", 2: "forget_gate * cell_state-", 4: "cell_state", 7.3: "cell_state+"},
            {4: "input_gate * candidate", 6.3: "squashed_cell_state"},
            {2: "forget_gate", 3: "input_gate", 4: "candidate", 5: "output_gate", 6.3: "hidden_state"},
            {0: "hidden_state-", 1: "concatenate", 7.3: "hidden_state+"},
            {1: "inputs"},
        ),
        stages=(
            Stage(
                "Forget",
                ("forget_gate * cell_state-",),
                "Of the old memory, <cell_state->, the forget gate lets <forget_gate> through: "
                "<forget_gate * cell_state-> stays.",
            ),
            Stage(
                "Learn",
                ("input_gate * candidate",),
                "Of the candidate, <candidate>, the input gate lets <input_gate> through: "
                "<input_gate * candidate> comes in.",
            ),
            Stage("Remember", ("cell_state",), "What stays and what comes in add up to the new memory, <cell_state>."),
            Stage(
                "Use",
                ("hidden_state",),
                "The memory, squashed to <squashed_cell_state>, passes the output gate at <output_gate>: "
                "<hidden_state> is shown.",
            ),
        ),
        grouped_in=("udacity",),
    ),
)
