"""The sLSTM of the xLSTM: gates that are exponentials, and a memory that is divided by the weight of all it holds."""

import math

from lstm_viz.cells.definition import POSITIVE, UNBOUNDED, Cell, Role, candidate, gate, memory, state
from lstm_viz.cells.drawing import Drawing, Stage

_OLD = "log_sigmoid(forget_sum) + stabiliser-"
"""The part that says, as an exponent, what is left of the weight of all that came before."""

SLSTM = Cell(
    name="slstm",
    title="sLSTM",
    source="Beck et al. 2024, arXiv 2405.04517",
    summary="What comes in may outweigh all that is there; what is shown is the mean, by weight, of all that came in.",
    quantities=(
        gate(
            "input_sum",
            "Input sum",
            "how heavy new content is, as an exponent",
            ("i\u0303_t", "i\u0303_t", "i\u0303_t"),
            role=Role.PART,
            range=UNBOUNDED,
            compute=lambda now, before: now.weighted_sum("input_sum"),
        ),
        gate(
            "forget_sum",
            "Forget sum",
            "how much of its weight old memory keeps, before σ",
            ("f\u0303_t", "f\u0303_t", "f\u0303_t"),
            role=Role.PART,
            range=UNBOUNDED,
            compute=lambda now, before: now.weighted_sum("forget_sum"),
        ),
        candidate("candidate", "Candidate", "the new content on offer", ("z_t", "z_t", "N_t")),
        gate("output_gate", "Output gate", "how much of the memory is shown", ("o_t", "o_t", "V_t")),
        state(
            "stabiliser",
            "Stabiliser",
            "the larger of the old weight and the new, as exponents",
            ("m_t", "m_t", "m_t"),
            range=UNBOUNDED,
            # Before the first step there is nothing that has a weight.
            first=-math.inf,
            compute=lambda now, before: now.largest(now.log_sigmoid(now.forget_sum) + before.stabiliser, now.input_sum),
        ),
        gate(
            "forget_gate",
            "Forget gate",
            "how much old memory stays",
            ("f_t", "f_t", "f_t"),
            weighted=False,
            compute=lambda now, before: now.exp(now.log_sigmoid(now.forget_sum) + before.stabiliser - now.stabiliser),
        ),
        gate(
            "input_gate",
            "Input gate",
            "how much new content enters",
            ("i_t", "i_t", "i_t"),
            weighted=False,
            compute=lambda now, before: now.exp(now.input_sum - now.stabiliser),
        ),
        memory(
            "cell_state",
            "Cell state",
            "the long-term memory, a sum by weight",
            ("C_t", "c_t", "LTM_t"),
            range=UNBOUNDED,
            keep=lambda now: now.forget_gate,
            add=lambda now: now.input_gate * now.candidate,
        ),
        memory(
            "normaliser",
            "Normaliser",
            "the weight of all that the memory holds",
            ("n_t", "n_t", "n_t"),
            range=POSITIVE,
            keep=lambda now: now.forget_gate,
            add=lambda now: now.input_gate,
        ),
        state(
            "mean_memory",
            "Mean memory",
            "the memory by its weight: the mean of what came in",
            ("h̃_t", "h̃_t", "U_t"),
            role=Role.INTERMEDIATE,
            compute=lambda now, before: now.ratio(now.cell_state, now.normaliser),
        ),
        state(
            "hidden_state",
            "Hidden state",
            "the short-term memory, and the output",
            ("h_t", "h_t", "STM_t"),
            compute=lambda now, before: now.project(now.output_gate * now.mean_memory),
        ),
    ),
    notes=(
        "An exponential has no ceiling, so that new content can outweigh all that came before it; m is taken out of "
        "every exponent only so that no number grows too large, and as it shrinks c and n alike, h does not depend on "
        "it.",
        "Before the first step m is −∞, for nothing has a weight yet: so m is the input sum at the first step, the "
        "forget gate is 0, and the input gate 1.",
        "The forget gate is made from σ, as in the authors’ code; the paper also allows an exponential of its sum.",
        "The authors split the recurrent weights among heads, four as a rule, whose units see only each other; here "
        "all units see each other, which is one head.",
    ),
    drawing=Drawing(
        rows=(
            {0: "cell_state-", 2.9: "forget_gate * cell_state-", 6: "cell_state", 9: "cell_state+"},
            {0: "normaliser-", 2: "forget_gate * normaliser-", 4.6: "normaliser", 9: "normaliser+"},
            {2: "forget_gate", 4.6: "input_gate", 6: "input_gate * candidate", 7.2: "mean_memory"},
            {2: f"{_OLD} - stabiliser", 4.6: "input_sum - stabiliser", 7.2: "hidden_state"},
            {0: "stabiliser-", 2: _OLD, 3.3: "stabiliser", 9: "stabiliser+"},
            {2: "log_sigmoid(forget_sum)"},
            {2: "forget_sum", 4.6: "input_sum", 6: "candidate", 7.2: "output_gate", 9: "hidden_state+"},
            {0: "hidden_state-", 1: "concatenate"},
            {1: "inputs"},
        ),
        stages=(
            Stage(
                "Weigh",
                ("stabiliser",),
                f"What is left of the old weight, <{_OLD}>, and the new one, <input_sum>, are exponents. The larger of "
                "them, <stabiliser>, is taken out of both, so that neither gate is above 1.",
            ),
            Stage(
                "Forget",
                ("forget_gate * cell_state-", "forget_gate * normaliser-"),
                "Of the old memory, <cell_state->, the forget gate lets <forget_gate> through: "
                "<forget_gate * cell_state-> stays, and of its weight, <normaliser->, as large a share: "
                "<forget_gate * normaliser->.",
            ),
            Stage(
                "Learn",
                ("input_gate * candidate",),
                "Of the candidate, <candidate>, the input gate lets <input_gate> through: "
                "<input_gate * candidate> comes in, with the weight <input_gate>.",
            ),
            Stage(
                "Remember",
                ("cell_state", "normaliser"),
                "What stays and what comes in add up to the new memory, <cell_state>, and their weights to "
                "<normaliser>.",
            ),
            Stage(
                "Use",
                ("hidden_state",),
                "Divided by its weight, the memory is the mean of all that came in, <mean_memory>. It passes the "
                "output gate at <output_gate>: <hidden_state> is shown.",
            ),
        ),
        bends={
            ("forget_gate", "forget_gate * cell_state-"): 2.9,
            ("input_sum", "stabiliser"): 3.3,
            ("stabiliser", f"{_OLD} - stabiliser"): 3.3,
            ("stabiliser", "input_sum - stabiliser"): 3.3,
            ("cell_state", "mean_memory"): 7.7,
            ("hidden_state", "hidden_state+"): 8.4,
        },
    ),
)
