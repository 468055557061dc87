"""What came of each question of a lesson, in words and as a small picture."""

from dataclasses import dataclass
from typing import Any

from lstm_viz.lessons import Lesson, Step, answered, asked
from lstm_viz.rooms.predictions import any_prediction
from lstm_viz.ui.pages.lessons import answers, walk
from lstm_viz.ui.pages.lessons.picture import curves
from lstm_viz.ui.views.view import View
from lstm_viz.words.phrases import count


@dataclass(frozen=True)
class Result:
    """Of one question.

    Attributes
    ----------
    at, title : its step
    asked : the question
    predicted : what the reader said, in words; "" where nothing was predicted
    so : what is so; "" for what is still to be predicted
    right : whether it was predicted; None where that is no matter of yes or no, or nothing was
    said : the gap in words
    picture : both curves as SVG, where one was drawn
    """

    at: int
    title: str
    asked: str
    predicted: str
    so: str
    right: bool | None
    said: str
    picture: str = ""


def results(lesson: Lesson) -> list[Result]:
    """Of every question of a lesson that can be asked."""
    found = []
    for at, step in enumerate(lesson.steps, 1):
        if step.question and step.view:
            try:
                found.append(_result(lesson, at, step))
            except ValueError:
                continue  # a step that could not be asked has said so in its place
    return found


def _result(lesson: Lesson, at: int, step: Step) -> Result:
    assert step.question is not None
    mark = answers.mark(lesson, at)
    if not mark:
        # It may still be predicted.
        return Result(at, step.title, step.question.prompt, "", "", None, "")
    view = View.of(walk.asked_of(lesson, at))
    put = asked(step.question, view)
    given = answers.predicted(mark, put)
    found = answered(step.question, view, any_prediction(put) if given is None else given)
    drawn = put["kind"] == "draw"
    return Result(
        at=at,
        title=step.title,
        asked=step.question.prompt,
        predicted="" if given is None else in_words(put, given, view),
        so=in_words(put, found["truth"], view),
        right=None if given is None else found["right"],
        said="" if given is None else found["said"],
        picture=curves(put, given or [], found["truth"]) if drawn else "",
    )


def in_words(put: dict[str, Any], value: Any, view: View) -> str:
    """A prediction, or the truth, as text."""
    match put["kind"]:
        case "choose":
            return str(put["options"][value])
        case "number":
            return f"{value:.{put['decimals']}f} {put['unit']}".strip().replace("-", "−")
        case "draw":
            return "the line below"
    places = value if isinstance(value, list) else [value]
    labels = view.run.labels
    return " or ".join(f"unit {each}" if put["what"] == "unit" else f"step {each}, “{labels[each]}”" for each in places)


def counted(lesson: Lesson, found: list[Result]) -> str:
    """How many questions there were, and what became of them, in a sentence."""
    if not found:
        return f"You have gone through all {count(len(lesson.steps), 'step')}. None of them asked for a prediction."
    made = [each for each in found if each.predicted]
    judged = [each for each in made if each.right is not None]
    right = sum(bool(each.right) for each in judged)
    said = f"You predicted {len(made)} of {count(len(found), 'answer')}"
    return f"{said}; {right} of them came out as you said." if judged else f"{said}."
