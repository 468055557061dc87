"""What the field's terms mean, one sentence each: told where a page first uses one, by hover, focus or tap."""

import re

GLOSSARY = {
    "unit": "One of the numbers that a network keeps between steps, with weights of its own; each row of a heatmap is "
    "one.",
    "time step": "One word, sign or number read; the first is step 0.",
    "gate": "A number between 0 and 1, worked out anew at every step for every unit, by which something is "
    "multiplied: 0 lets nothing through, 1 all of it.",
    "forget gate": "How much of a unit's old memory stays at this step: 1 keeps all of it, 0 none.",
    "input gate": "How much of the new content enters a unit's memory at this step.",
    "output gate": "How much of a unit's memory is shown at this step: to the answer, and to the next step.",
    "reset gate": "How much of the old state a GRU looks at when it makes its new content.",
    "update gate": "How a GRU mixes the old state with the new content: the share of one of them.",
    "candidate": "The new content on offer at a step, before a gate decides how much of it enters the memory.",
    "cell state": "An LSTM's memory: one number for each unit, kept from step to step, and changed only by "
    "multiplying it by the forget gate and by adding to it.",
    "hidden state": "What the network hands on after a step, to the next step and to the answer: one number for each "
    "unit.",
    "saturated": "So near an end of its range, for a gate 0 or 1, that it hardly answers to its input any more.",
    "log-odds": "The logarithm of P ÷ (1 − P): 0 where P is 0.5 and above 0 where P is more; what adds up to an "
    "answer adds up here, and not in P itself.",
    "read-out": "The last calculation: it weighs the numbers of the hidden state and makes the answer of them.",
    "embedding": "The list of numbers that a network has learnt to read in place of a word.",
    "attention": "How a transformer looks back: a weighted mean of values of the steps so far, by weights that come "
    "from comparing a query, what is asked for now, with a key of every step.",
    "attention weight": "The number by which what a step had on offer is multiplied in a weighted sum over the past.",
    "weight": "A number found by training, by which an input or a state is multiplied.",
    "bias": "A number found by training, which is added whatever the input.",
    "sigmoid": "σ(x) = 1 ÷ (1 + e⁻ˣ): turns any number into one between 0 and 1.",
    "gradient": "How much a result changes when a number changes a little; training moves every weight by it.",
    "loss": "One number for how wrong the answers are; training makes it small.",
    "norm": "The length of a list of numbers: the root of the sum of their squares.",
    "spectral radius": "The size of a matrix's largest eigenvalue: about how much the matrix alone scales a state at "
    "each of many steps.",
    "clipping": "Shortening a gradient that is longer than a limit to that limit, before the weights are moved.",
    "normaliser": "A state that sums the weights of all that a memory took in, so that the memory, divided by it, is a "
    "weighted mean: an sLSTM has one.",
    "peephole": "A connection that lets a gate see the cell state itself.",
}
"""Term → what it means."""

TERM = re.compile(
    rf"(?<![\w-])({'|'.join(sorted(map(re.escape, GLOSSARY), key=len, reverse=True))})(?=s?(?![\w-]))", re.IGNORECASE
)
"""A term in a sentence, in the singular or the plural; of two that begin at the same place the longer one."""
