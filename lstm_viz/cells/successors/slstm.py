"""The sLSTM of the xLSTM: gates that are exponentials, and a memory that is divided by the weight of all it holds."""

import math

from lstm_viz.cells.definition import POSITIVE, UNBOUNDED, Cell, Role, candidate, gate, memory, state
from lstm_viz.cells.drawing import Drawing

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
            role=Role.SUM,
            range=UNBOUNDED,
            compute=lambda now, before: now.weighted_sum("input_sum"),
        ),
        gate(
            "forget_sum",
            "Forget sum",
            "how much of its weight old memory keeps, before σ",
            ("f\u0303_t", "f\u0303_t", "f\u0303_t"),
            role=Role.SUM,
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
            ("C_t / n_t", "c_t / n_t", "U_t"),
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
        stages=(),
    ),
)
