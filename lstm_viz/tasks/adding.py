"""The sum of two marked numbers, however long ago they came."""

from lstm_viz.tasks.answers import Scaled
from lstm_viz.tasks.readers import Numbers
from lstm_viz.tasks.task import Example, Task

READER = Numbers(marks=True)


def _text(length: int, *marked: int) -> str:
    """Numbers in no obvious order, some of them marked."""
    return READER.text([37 * place % 100 / 100 for place in range(length)], marked)


ADDING = Task(
    name="adding",
    title="Adding at a distance",
    question="What is the sum of the two marked numbers?",
    output="The network’s guess at the sum, after every step. Before a number is marked the best guess for it is 0.5.",
    labels=("sum",),
    reader=READER,
    answers=Scaled(),
    limit=1000,
    examples=(
        Example(
            "Two of twelve",
            _text(12, 3, 8),
            "Before the first mark the guess comes to 1, the best there is. From the second on it is within 0.1 of "
            "the sum.",
        ),
        Example(
            "Half of it known",
            _text(60, 10, 50),
            "Between the marks, 40 steps apart, the guess stays within 0.1 of the first number plus 0.5.",
        ),
        Example(
            "Long ago",
            _text(500, 5, 12),
            "At the end, 487 steps after the second mark, the guess is still within 0.1 of the sum. A plain RNN’s is "
            "off by more than 0.3.",
        ),
        Example(
            "No mark",
            _text(60),
            "There is nothing to add. From the fifth step on the guess stays within 0.05 of 1, the average sum.",
        ),
        Example(
            "Too large",
            "0.5, 3*, 0.2, 2*, 0.1",
            "3 and 2 lie outside the training range and are flagged. The guess stays below 3, though the sum is 5.",
        ),
    ),
    is_classifier=False,
)
