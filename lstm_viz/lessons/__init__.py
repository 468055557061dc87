"""Lessons: Markdown files read into steps, questions and references; their answers are worked out, never typed.

`read_lesson` reads a file and lists what is wrong with it by line; `asked` is a question as a browser is given it, and
`answered` what came of a prediction. `docs/lessons.md` teaches the format. No Streamlit here.
"""

from lstm_viz.lessons.asking import answered, asked
from lstm_viz.lessons.doing import done
from lstm_viz.lessons.filling import fill, fill_is_heavy
from lstm_viz.lessons.lesson import Do, Lesson, Point, Problem, Question, Step, ViewAt
from lstm_viz.lessons.library import shipped
from lstm_viz.lessons.read import read_lesson

__all__ = [
    "Do",
    "Lesson",
    "Point",
    "Problem",
    "Question",
    "Step",
    "ViewAt",
    "answered",
    "asked",
    "done",
    "fill",
    "fill_is_heavy",
    "read_lesson",
    "shipped",
]
