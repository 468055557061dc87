"""A counter: how many a's there were, in the cell state."""

import numpy as np
from numpy.typing import NDArray

from lstm_viz.challenges.challenge import Challenge, Trial, share

HOLD = 40
"""Up to how many letters it has to count right."""
WITHIN = 0.5
"""How far from the count the cell state may be: less, and rounding gives the count."""


def wants(inputs: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """After every letter, the number of a's so far."""
    count = np.cumsum(inputs[:, 0])
    return count - WITHIN, count + WITHIN


def _trial(name: str, text: str) -> Trial:
    inputs = np.array([[float(letter == "a")] for letter in text])
    return Trial(name, text, inputs, *wants(inputs))


def _random(seed: int, steps: int, share_of_a: float) -> str:
    return "".join(np.random.default_rng(seed).choice(["a", "b"], steps, p=[share_of_a, 1 - share_of_a]))


TRIALS = (
    _trial("A few of each", _random(1, 20, 0.5)),
    _trial("Nothing but a’s", "a" * HOLD),
    _trial("Nothing but b’s", "b" * HOLD),
    _trial("One a, then b’s", "a" + "b" * (HOLD - 1)),
    _trial("Mostly b’s", _random(2, HOLD, 0.2)),
    _trial("Longer than asked", _random(3, 3 * HOLD, 0.6)),
)

COUNTER = Challenge(
    name="counter",
    title="Count a’s",
    task=f"The cell state must be the number of a’s so far, give or take less than {WITHIN:g}: one more at every “a”, "
    "unchanged at every other letter.",
    inputs={"a": "1 at the letter a, else 0"},
    writes="letters",
    first="abbaabab",
    reads="cell_state",
    trials=TRIALS,
    wants=wants,
    within=WITHIN,
    hold=HOLD,
    state="It counts right for {held} of {hold} letters; {passed} of {trials} trials pass.",
    hints=(
        f"A count must not fade: the forget gate stays near 1 at every letter. Its bias does that: 10 makes it "
        f"{share(10)}.",
        "At an “a” the memory grows by input gate × candidate, which should be 1: both near 1. A candidate that is "
        "always 1 needs a bias and nothing else.",
        "At any other letter nothing may come in: the input gate must be near 0 there, so its bias is far below 0, and "
        "its weight on “a” lifts it over that: 20 against −10.",
    ),
    idea="With the forget gate open the cell state is a running sum of what the input gate lets in. The candidate "
    "offers 1 at every step, and the gate takes it at an “a” only, so the sum is a count. No squashing stands in the "
    "way of c, so it may grow past 1, as far as one likes: LSTMs that were trained on aⁿbⁿ do just this, and a GRU, "
    "whose memory is an average between −1 and 1, cannot.",
    solution={
        "forget_gate": {"bias": 10},
        "input_gate": {"a": 20, "bias": -10},
        "candidate": {"bias": 10},
    },
)
