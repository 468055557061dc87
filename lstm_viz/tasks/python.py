"""Python source, character by character, and what comes next."""

from lstm_viz.tasks.answers import Softmax
from lstm_viz.tasks.points import Came, LineEnd, Tracks
from lstm_viz.tasks.readers import Characters
from lstm_viz.tasks.task import Example, Task

PYTHON = Task(
    name="python",
    title="Python, letter by letter",
    question="Which character comes next?",
    output="The probability of each next character, given those so far.",
    labels=(),
    reader=Characters(),
    answers=Softmax(),
    limit=2000,
    examples=(
        Example(
            "Imports",
            "import os\nimport sys\n",
            (Came("each letter of the second “port”", r"\nim(port)"),),
        ),
        Example(
            "A method",
            "class Point:\n    def __init__(self, x, y):\n        self.x = x\n        self.y = y\n",
            (
                Came("each space that indents the line after “def”", r"\):\n( +)"),
                Came("the “f” of every “self”", r"sel(f)"),
            ),
        ),
        Example(
            "A loop",
            "for number in range(10):\n    print(number)\n",
            (Came("the line end after the colon", r":(\n)"), Came("the last letter of “print”", r"prin(t)")),
        ),
        Example(
            "Along the line",
            "def area(width, height):\n    return width * height\n\n\nprint(area(3, 4))\n# six by seven\n"
            "print(area(6, 7))\n",
            (Tracks("position in the line"),),
        ),
        Example(
            "Where it fails",
            "result = max(first(second(third(1), 2), 3), 4)\n",
            (LineEnd(")"),),
        ),
    ),
)
