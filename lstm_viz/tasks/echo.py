"""Which symbol came n steps ago: the shortest question that only a memory of n steps answers.

No network of it ships: it is for training one on the spot, where n is a choice.
"""

from collections.abc import Sequence
from functools import lru_cache

from lstm_viz.tasks.answers import Softmax
from lstm_viz.tasks.points import Right
from lstm_viz.tasks.readers import Characters
from lstm_viz.tasks.task import Example, Task

SYMBOLS = ("a", "b", "c", "d")
"""All symbols of a string, each of which can be an answer."""
DISTANCE = 3
"""How many steps ago, where nothing else is asked for."""


@lru_cache(maxsize=64)
def echo(distance: int = DISTANCE) -> Task:
    """The task for one distance.

    Parameters
    ----------
    distance : n ≥ 1, how many steps ago the symbol came

    Examples
    --------
    >>> echo(2).right("abca")
    ('', '', 'a', 'b')
    """

    def came(tokens: Sequence[str]) -> tuple[str, ...]:
        """The symbol n steps ago; nothing for as long as there is none."""
        return tuple("" if step < distance else tokens[step - distance] for step in range(len(tokens)))

    steps = f"{distance} step{'s' * (distance > 1)}"
    once = "a" + "b" * distance
    return Task(
        name="echo",
        title="Echo",
        question=f"Which symbol came {steps} ago?",
        output=f"For each symbol, the probability that it is the one of {steps} ago. In the first {steps} there is "
        "none, and the answer means nothing.",
        labels=SYMBOLS,
        reader=Characters(skips_space=True),
        answers=Softmax(),
        limit=1000,
        examples=(
            Example("One after the other", "abcd" * max(4, -(-2 * distance // 4)), (Right(),)),
            Example("Three of each", "aaabbbcccddd" * max(2, -(-2 * distance // 12)), (Right(),)),
            Example("One that comes back", once + "b" * 4, (Right(),)),
        ),
        right=came,
    )


ECHO = echo()
