"""Forgetting at a comma: how many a's there were since the last one."""

import numpy as np
from numpy.typing import NDArray

from lstm_viz.challenges.challenge import Challenge, Trial

HOLD = 30
"""Up to how many letters it has to be right."""
WITHIN = 0.5
"""How far from the count the cell state may be."""


def wants(inputs: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """After every letter, the number of a's since the last comma."""
    count, counts = 0.0, []
    for a, comma in inputs.tolist():
        count = 0.0 if comma else count + a
        counts.append(count)
    return np.array(counts) - WITHIN, np.array(counts) + WITHIN


def _trial(name: str, text: str) -> Trial:
    inputs = np.array([[float(letter == "a"), float(letter == ",")] for letter in text])
    return Trial(name, text, inputs, *wants(inputs))


def _random(seed: int, steps: int) -> str:
    return "".join(np.random.default_rng(seed).choice(["a", "b", ","], steps, p=[0.55, 0.33, 0.12]))


TRIALS = (
    _trial("One comma", "aabab,abaab" + "b" * 9),
    _trial("No comma", "ab" * (HOLD // 2)),
    _trial("Many a’s, then a comma", "a" * 20 + "," + "ab" * 5),
    _trial("Commas in a row", "aaa,,b,aab,,,aaaab" + "ba" * 6),
    _trial("Here and there", _random(1, 60)),
    _trial("Longer than asked", _random(2, 4 * HOLD)),
)

COMMA = Challenge(
    name="comma",
    title="Forget at a comma",
    task="Count the a’s again, and begin anew at every comma: the cell state must be the number of a’s since the last "
    f"comma, give or take less than {WITHIN:g}.",
    inputs={"a": "1 at the letter a, else 0", ",": "1 at a comma, else 0"},
    writes="letters",
    first="aab,abb,aaa",
    reads="cell_state",
    trials=TRIALS,
    wants=wants,
    within=WITHIN,
    hold=HOLD,
    state="It is right for {held} of {hold} letters; {passed} of {trials} trials pass.",
    hints=(
        "Begin with the counter: forget gate open by its bias, input gate shut by its bias and opened by “a”, and a "
        "candidate of 1.",
        "At a comma the old memory has to go: which gate decides how much of it stays, and what must it be there?",
        "The forget gate’s bias of 10 keeps it open. A weight of −20 on “,” makes the sum −10 at a comma: shut.",
    ),
    idea="This is the step from the LSTM of 1997 to today’s: the first had no forget gate, so its memory could only "
    "be added to, and had to be reset from outside where one sequence ended and the next began. A gate that learns "
    "where to forget (Gers, Schmidhuber and Cummins 2000) resets itself: c = f · c + i · g with f = 0 at the comma.",
    solution={
        "forget_gate": {",": -20, "bias": 10},
        "input_gate": {"a": 20, "bias": -10},
        "candidate": {"bias": 10},
    },
)
