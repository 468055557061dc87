"""A lesson file becomes a lesson, and all that is wrong with it is listed by line."""

import pytest

from lstm_viz.lessons import read_lesson
from lstm_viz.lessons.lesson import Point

GOOD = """# Why a memory fades
What this lesson is about.
Minutes: 12

## The first step
A paragraph with $f_t$ and `code`.

Another one.

View: https://any.host/sub/inside_the_cell?task=sentiment&text=warm+but+not+funny&step=2&unit=23
Show: forget gate, cell state
Point at: token "but"
Point at: unit 23
Do: type a word
Question: What will the forget gate do?
Choose: forget gate of unit 23 at "but": below 0.2 | 0.2 to 0.8 | above 0.8
Meanwhile: cell state
Hint: Look
  at the memory.
Afterwards: It is {forget gate of unit 23 at "but"}.

## The second
Note: a sentence may begin like this.
"""


def test_a_lesson_is_read_whole() -> None:
    lesson, problems = read_lesson(GOOD, "fades")
    assert not problems
    assert lesson is not None
    assert (lesson.name, lesson.title, lesson.minutes) == ("fades", "Why a memory fades", 12)
    first, second = lesson.steps
    assert first.paragraphs == ("A paragraph with $f_t$ and `code`.", "Another one.")
    assert first.view is not None
    assert (first.view.page, first.view.settings.step, first.view.settings.unit) == ("inside_the_cell", 2, 23)
    assert first.show == ("forget_gate", "cell_state")
    assert first.points == (Point("step", 1), Point("unit", 23))
    assert first.do is not None
    assert first.do.kind == "text"
    assert first.question is not None
    assert first.question.options == ("below 0.2", "0.2 to 0.8", "above 0.8")
    assert first.question.meanwhile == ("cell_state",)
    assert first.question.hint == "Look at the memory."
    assert second.paragraphs == ("Note: a sentence may begin like this.",)


VIEW = "View: ?task=sentiment&text=warm+but+not+funny"
WRONG = [
    ("## s\nQestion: what", 3, "did you mean “Question”"),
    ("## s\nView: ?step=x", 3, "'x' is not a whole number"),
    ("## s\nView: ?nonsense=1", 3, "'nonsense' is not a setting"),
    ("## s\nView: https://a.b/gates_over_tim", 3, "did you mean “gates_over_time”"),
    ("## s\nView: javascript:alert(1)", 3, "begins with https://"),
    (f'## s\n{VIEW}\nPoint at: token "film"', 4, "“film” is not a token of the text"),
    (f"## s\n{VIEW}\nPoint at: unit 64", 4, "units run from 0 to 63"),
    (f'## s\n{VIEW}\nQuestion: q\nNumber: forgt gate of unit 3 at "but"', 5, "did you mean “forget gate”"),
    (f"## s\n{VIEW}\nQuestion: q\nNumber: forget gate of unit 99 at step 1", 5, "there is no unit 99"),
    (f"## s\n{VIEW}\nQuestion: q\nNumber: P(good) at step 1", 5, "there is P(negative) and P(positive)"),
    (f"## s\n{VIEW}\nQuestion: q\nNumber: reset gate of unit 2", 5, "the LSTM has no reset gate"),
    (f"## s\n{VIEW}\nQuestion: q\nChoose: P(positive): below 0 | above 1", 5, "none of the options is right"),
    (f"## s\n{VIEW}\nQuestion: q\nChoose: P(positive): 0 to 1 | below 2", 5, "“0 to 1” and “below 2” are right"),
    (f"## s\n{VIEW}\nQuestion: q\nNumber: forget gate of unit 3\nMeanwhile: forget gate", 5, "shows what is asked"),
    ("## s\n<script>alert(1)</script>", 3, "HTML"),
    ("## s\n![a](b.png)", 3, "images"),
    ("## s\n[a](javascript:alert)", 3, "links begin with https://"),
    ("## s\nDo: sing", 3, "is not an action"),
    ("## s\nQuestion: q", 3, "say how it is answered"),
    ("## s\nHint: h", 3, "this step has none"),
    ("## s\ntext {forget gate of unit 99}", 3, "there is no unit 99"),
    ("Show: x\n## s", 2, "belongs to a step"),
    ("Minutes: ten\n## s", 2, "not a number of minutes"),
    ("text", 1, "no steps"),
]


@pytest.mark.parametrize(("text", "line", "said"), WRONG, ids=[said for _, _, said in WRONG])
def test_what_is_wrong_is_said_by_line(text: str, line: int, said: str) -> None:
    _, problems = read_lesson(f"# T\n{text}\n")
    assert [(each.line, said in each.sentence) for each in problems] == [(line, True)], problems
