"""Whether the ones of a string so far are odd or even: one bit to keep, which every 1 turns over."""

from collections.abc import Sequence

from lstm_viz.tasks.answers import Sigmoid
from lstm_viz.tasks.points import Right, Swap, Tracks
from lstm_viz.tasks.readers import Characters
from lstm_viz.tasks.task import Example, Task

SYMBOLS = ("0", "1")
"""All symbols of a string."""
LABELS = ("odd", "even")


def odd_or_even(tokens: Sequence[str]) -> tuple[str, ...]:
    """What is right after every symbol.

    Examples
    --------
    >>> odd_or_even("0110")
    ('even', 'odd', 'even', 'even')
    """
    found, odd = [], False
    for token in tokens:
        odd ^= token == "1"
        found.append(LABELS[not odd])
    return tuple(found)


def bits(length: int, seed: int) -> str:
    """Zeros and ones in no obvious order, written down once and for all by a rule that needs no library."""
    state, found = 2 * seed + 1, []
    for _ in range(length):
        state = (1103515245 * state + 12345) % 2**31
        found.append(SYMBOLS[state >> 30])
    return "".join(found)


PARITY = Task(
    name="parity",
    title="Parity",
    question="Is the number of ones so far odd?",
    output="The probability that the number of ones so far is odd, after every symbol. A 0 changes nothing; every 1 "
    "turns the answer over, however many came before it.",
    labels=LABELS,
    reader=Characters(skips_space=True),
    answers=Sigmoid(),
    limit=1000,
    examples=(
        Example(
            "A few ones",
            "0010110001000101",
            (Right(), Tracks("an odd number of ones")),
        ),
        Example(
            "Nothing but ones",
            "1" * 16,
            (Right(),),
        ),
        Example(
            "One that must be kept",
            "1" + "0" * 39,
            (Right(), Swap("1", "0")),
        ),
        Example(
            "Without its first one",
            "0111010010111001011010",
            (Swap("1", "0"), Right()),
        ),
        Example(
            "Further than it was trained",
            bits(200, 4),
            (Right(), Tracks("an odd number of ones")),
        ),
    ),
    favoured=0,
    right=odd_or_even,
)
