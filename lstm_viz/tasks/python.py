"""Python source, character by character, and what comes next."""

from lstm_viz.tasks.readers import Characters
from lstm_viz.tasks.task import Task, softmax

PYTHON = Task(
    name="python",
    title="Python, letter by letter",
    question="Which character comes next?",
    output="The probability of each next character, given those so far.",
    labels=(),
    reader=Characters(),
    answers=softmax,
    limit=2000,
    examples=(),
)
