"""A step tried out in its view, before anyone else does: what could not be worked out, asked or answered."""

from collections.abc import Iterator

from lstm_viz.lessons.asking import asked, right_options
from lstm_viz.lessons.filling import filled, read_filled, tells
from lstm_viz.lessons.lesson import Step
from lstm_viz.lessons.quoting import short
from lstm_viz.lessons.references.reference import is_heavy
from lstm_viz.lessons.written import references_in
from lstm_viz.ui.views.view import View


def tried(step: Step, view: View, *, heavy: bool = False) -> Iterator[tuple[str, str]]:
    """What goes wrong: (which key, or the number of a paragraph, or “asked” for what the question asks; a sentence).

    Parameters
    ----------
    heavy : whether references are tried that take a moment
    """
    question = step.question
    if question and (heavy or not question.heavy):
        try:
            asked(question, view)
            if question.choices:
                right = right_options(question, view)
                if len(right) > 1:
                    names = " and ".join(f"“{short(question.options[k], 40)}”" for k in right)
                    yield "asked", f"{names} are right, and one should be"
        except ValueError as error:
            yield "asked", str(error)
    if question:
        for where, text in (("question", question.prompt), ("hint", question.hint)):
            if found := references_in(text):
                yield where, f"{{{short(found[0])}}}: numbers are filled in in the text and in Afterwards, not here"
    for where, text in [*((str(k), each) for k, each in enumerate(step.paragraphs)), ("afterwards", step.afterwards)]:
        for said in references_in(text):
            try:
                if heavy or not is_heavy(read_filled(said)[0]):
                    filled(said, view)
                if question and where != "afterwards" and tells(said, question.single, view):
                    yield where, f"{{{short(said)}}} is what the question asks for: tell it in Afterwards, not before"
            except ValueError as error:
                yield where, f"{{{short(said)}}}: {error}"
