"""Python source, character by character, and what comes next."""

from lstm_viz.tasks.answers import Softmax
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
            "In the second line, each letter of “port” is expected with more than 0.9: “im” is enough.",
        ),
        Example(
            "A method",
            "class Point:\n    def __init__(self, x, y):\n        self.x = x\n        self.y = y\n",
            "After “def __init__(…):” comes a deeper line: each of its eight spaces is expected with more than 0.9. So "
            "is the “f” of every “self”.",
        ),
        Example(
            "A loop",
            "for number in range(10):\n    print(number)\n",
            "The line end after the colon is expected with more than 0.7, the “t” of “print” with more than 0.9.",
        ),
        Example(
            "Along the line",
            "def area(width, height):\n    return width * height\n\n\nprint(area(3, 4))\n# six by seven\n"
            "print(area(6, 7))\n",
            "The unit that the model card names for the position in the line falls along each line and starts anew on "
            "the next: its correlation with the position is below −0.5.",
        ),
        Example(
            "Where it fails",
            "result = max(first(second(third(1), 2), 3), 4)\n",
            "The network does not count brackets: after the first “)” three are still open, yet it gives the line end "
            "more than 0.3.",
        ),
    ),
)
