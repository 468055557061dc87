"""Adding: the sum of the two numbers that were marked, at the end of the sequence, in the cell state."""

import numpy as np
from numpy.typing import NDArray

from lstm_viz.challenges.challenge import Challenge, Trial, share
from lstm_viz.challenges.sequences import written_marked

WITHIN = 0.05
"""How far from the sum the cell state may be at the end."""
LARGEST_NUMBER = 0.5
"""Numbers lie between this and its opposite."""


def wants(inputs: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """At the last step, the sum of what was marked."""
    low, high = np.full(len(inputs), np.nan), np.full(len(inputs), np.nan)
    if len(inputs):
        total = float(inputs[:, 0] @ inputs[:, 1])
        low[-1], high[-1] = total - WITHIN, total + WITHIN
    return low, high


def _trial(name: str, seed: int, steps: int, marked: tuple[int, ...], values: tuple[float, ...] = ()) -> Trial:
    """Random numbers; those at some steps are marked, and are as given where values are."""
    rng = np.random.default_rng(seed)
    inputs = np.stack([rng.uniform(-LARGEST_NUMBER, LARGEST_NUMBER, steps).round(2), np.zeros(steps)], axis=1)
    inputs[list(marked), 1] = 1
    inputs[list(marked)[: len(values)], 0] = values
    return Trial(name, written_marked(inputs), inputs, *wants(inputs))


TRIALS = (
    _trial("Two small numbers", 1, 20, (3, 11), (0.1, 0.15)),
    _trial("Two large numbers", 2, 20, (2, 9), (LARGEST_NUMBER, LARGEST_NUMBER)),
    _trial("One of each sign", 3, 30, (5, 22), (0.4, -0.3)),
    _trial("Two below 0", 4, 40, (1, 30), (-0.45, -0.2)),
    _trial("The first and the last", 5, 60, (0, 59)),
    _trial("Far apart", 6, 150, (4, 120)),
)

ADDING = Challenge(
    name="adding",
    title="Add two marked numbers",
    task=f"Numbers between −{LARGEST_NUMBER:g} and {LARGEST_NUMBER:g} go by, and two of them are marked. At the end "
    f"the cell state must be the sum of the two, give or take {WITHIN:g}.",
    inputs={"number": f"from −{LARGEST_NUMBER:g} to {LARGEST_NUMBER:g}", "mark": "1 where it is to be added, else 0"},
    writes="marked",
    first="0.3 -0.2* 0.1 0.5 0.4* -0.1",
    reads="cell_state",
    trials=TRIALS,
    wants=wants,
    within=WITHIN,
    hold=1,
    state="The sum is right in {passed} of {trials} trials; the largest error is {error}, and "
    f"{WITHIN:g} is allowed.",
    hints=(
        f"What was added must stay: the forget gate near 1, with a bias of 10 ({share(10)}).",
        "Only what is marked may come in: the input gate shut by its bias, and opened by its weight on “mark”.",
        "The candidate should be the number itself. It is tanh of its sum, and for small sums tanh(x) is nearly x: so "
        "a weight of 1 on “number”, not a large one.",
        f"tanh(x) is always a little nearer to 0 than x: tanh({LARGEST_NUMBER:g}) is "
        f"{np.tanh(LARGEST_NUMBER):.3f}. A weight a little above 1 makes up for most of it.",
    ),
    idea="Sharp gates need large weights, a faithful number needs a small one. The mark opens the input gate, the "
    "forget gate keeps the sum, and the candidate works where tanh is nearly a straight line, so that it hands the "
    "number on as it is. With longer sequences it is one "
    "of the tasks of the paper that introduced the LSTM (Hochreiter and Schmidhuber 1997).",
    solution={
        "forget_gate": {"bias": 10},
        "input_gate": {"mark": 20, "bias": -10},
        "candidate": {"number": 1.1},
    },
)
