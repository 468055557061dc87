"""The LSTM, as `torch.nn.LSTM` computes it."""

from lstm_viz.cells.definition import UNBOUNDED, Cell, Role, candidate, gate, memory, state

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
            equation=r"<forget_gate> \odot <cell_state-> + <input_gate> \odot <candidate>",
        ),
        state(
            "squashed_cell_state",
            "Squashed memory",
            "the memory, squashed to between −1 and 1",
            ("tanh(C_t)", "tanh(c_t)", "U_t"),
            role=Role.INTERMEDIATE,
            equation=r"\tanh(<cell_state>)",
            compute=lambda now, before: now.tanh(now.cell_state),
        ),
        state(
            "hidden_state",
            "Hidden state",
            "the short-term memory, and the output",
            ("h_t", "h_t", "STM_t"),
            equation=r"<output_gate> \odot <squashed_cell_state>",
            compute=lambda now, before: now.project(now.output_gate * now.squashed_cell_state),
        ),
    ),
    notes=(
        "Three sigmoid gates and one tanh layer make the four calculations; some texts say three gates, some four.",
        "A forget gate lies strictly between 0 and 1: it scales memory down and never flips its sign.",
    ),
)
