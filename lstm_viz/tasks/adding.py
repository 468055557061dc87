"""The sum of two marked numbers, however long ago they came."""

from lstm_viz.tasks.answers import Scaled
from lstm_viz.tasks.points import Marks, Unknown
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
            (Marks(2), Marks(0)),
        ),
        Example(
            "Half of it known",
            _text(60, 10, 50),
            (Marks(1), Marks(2)),
        ),
        Example(
            "Long ago",
            _text(500, 4, 8),
            (Marks(2),),
        ),
        Example(
            "No mark",
            _text(60),
            (Marks(0),),
        ),
        Example(
            "Too large",
            "0.5, 3*, 0.2, 2*, 0.1",
            (Unknown(), Marks(2)),
        ),
    ),
    is_classifier=False,
)
