"""A latch: one bit, written when a mark says so, and kept while other bits go by."""

import numpy as np
from numpy.typing import NDArray

from lstm_viz.challenges.challenge import Challenge, Trial, share
from lstm_viz.challenges.sequences import written_marked

HOLD = 100
"""For how many steps a bit is to be held."""
LEAST = 0.5
"""How far from 0 the hidden state must be, on the bit's side."""


def wants(inputs: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """From the first write on: the side of the bit that was written last."""
    low, high = np.full(len(inputs), np.nan), np.full(len(inputs), np.nan)
    bit = 0.0
    for step, (value, write) in enumerate(inputs):
        bit = np.sign(value) if write else bit
        if bit:
            low[step], high[step] = (LEAST, np.inf) if bit > 0 else (-np.inf, -LEAST)
    return low, high


def _trial(name: str, seed: int, bits: dict[int, int], steps: int) -> Trial:
    """Random bits, of which those at some steps are written: step → bit."""
    rng = np.random.default_rng(seed)
    inputs = np.stack([rng.choice([-1.0, 1.0], steps), np.zeros(steps)], axis=1)
    for step, bit in bits.items():
        inputs[step] = bit, 1
    return Trial(name, written_marked(inputs), inputs, *wants(inputs), begins=tuple(bits))


TRIALS = (
    _trial("Write +1, hold it", 1, {2: 1}, 2 + HOLD),
    _trial("Write −1, hold it", 2, {2: -1}, 2 + HOLD),
    _trial("+1, then −1 in its place", 3, {2: 1, 20: -1}, 20 + HOLD),
    _trial("−1, then +1 in its place", 4, {2: -1, 27: 1}, 27 + HOLD),
    _trial("+1 twice, then −1", 5, {1: 1, 9: 1, 30: -1}, 30 + HOLD),
    _trial("Held for longer than asked", 6, {3: -1, 11: 1}, 11 + 2 * HOLD),
)

LATCH = Challenge(
    name="latch",
    title="Hold a bit",
    task=f"When “write” is 1, remember the bit (+1 or −1), and show it in the hidden state: above {LEAST:g} for +1, "
    f"below −{LEAST:g} for −1. Hold it for {HOLD} steps, whatever bits go by, until the next write.",
    inputs={"bit": "+1 or −1, a new one at every step", "write": "1 where the bit is to be remembered, else 0"},
    writes="marked",
    first="1 -1* 1 1 -1 1 -1 -1 1 -1 1* -1 -1 1 -1 -1 -1 1 -1 1",
    reads="hidden_state",
    trials=TRIALS,
    wants=wants,
    within=LEAST,
    hold=HOLD,
    state="It holds a bit for {held} of {hold} steps; {passed} of {trials} trials pass.",
    hints=(
        f"Begin with keeping. While “write” is 0, the old memory should stay: the forget gate near 1. With its weights "
        f"at 0 a gate is σ(bias): a bias of 10 makes it {share(10)}, one of 5 only {share(5)}, "
        f"of which {float(share(5)) ** HOLD:.2f} is left after {HOLD} steps.",
        "While “write” is 0, nothing should come in: the input gate near 0. Which bias does that?",
        "When “write” is 1, both gates have to swap: forget what was there, let the new bit in. Give “write” a weight "
        "in each that is larger than the bias and has the other sign: 20 beats 10.",
        "What comes in is the candidate, tanh of its sum: a weight of 5 on “bit” makes nearly +1 of +1 and −1 of −1.",
        "What is shown passes the output gate: at a bias of 0 it halves everything. Open it, with a bias of 10.",
    ),
    idea="Two gates that move against each other make a memory cell: while “write” is 0, forget is open and input is "
    "shut, so c = 1 · c + 0 · g and the bit goes round unchanged; at a write they swap, so c = 0 · c + 1 · g and the "
    "new bit takes its place. The bits that go by reach the candidate at every step, and the input gate keeps them "
    "out. That is what a gate is for: to decide, by what arrives, when the memory listens.",
    solution={
        "forget_gate": {"write": -20, "bias": 10},
        "input_gate": {"write": 20, "bias": -10},
        "candidate": {"bit": 5},
        "output_gate": {"bias": 10},
    },
)
