"""``python -m lstm_viz.lessons check FILE…``: what is wrong with lesson files, by line."""

import argparse
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from lstm_viz.lessons.asking import right_options
from lstm_viz.lessons.filling import filled, value_told
from lstm_viz.lessons.lesson import Lesson, Problem, Question, Step
from lstm_viz.lessons.questions import curled
from lstm_viz.lessons.read import read_lesson
from lstm_viz.lessons.written import MOST_BYTES, references_in
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from lstm_viz.words.phrases import count


def main(arguments: list[str] | None = None) -> int:
    """Check the files, and print what is wrong; 1 where anything is."""
    parser = argparse.ArgumentParser(prog="python -m lstm_viz.lessons", description="Check lesson files.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="list what is wrong with lesson files, by line")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    check.add_argument("--answers", action="store_true", help="print what every question and reference amounts to")
    given = parser.parse_args(arguments)
    wrong = 0
    for path in given.files:
        lesson, problems = read_file(path)
        wrong += len(problems)
        for problem in problems:
            print(f"{path}:{problem.line}: {problem.sentence}")
        if lesson is not None and not problems:
            print(f"{path}: “{lesson.title}”, {count(len(lesson.steps), 'step')}, nothing wrong")
        if lesson is not None and given.answers:
            print(*answers(lesson), sep="\n")
    return 1 if wrong else 0


def read_file(path: Path) -> tuple[Lesson | None, tuple[Problem, ...]]:
    """The lesson in a file, with everything tried out, also what takes a moment."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        return read_lesson(content.decode("utf-8-sig"), path.stem, heavy=True)
    except OSError as error:
        return None, (Problem(1, f"the file cannot be opened: {error.strerror}"),)
    except UnicodeDecodeError:
        return None, (Problem(1, "the file is not text in UTF-8"),)


def answers(lesson: Lesson) -> Iterator[str]:
    """A line for each thing that is worked out: the answers to the questions, and the numbers in the text."""
    for step in lesson.steps:
        yield f"  {step.title}"
        yield from (f"    {line}" for line in _answers(step))


def _answers(step: Step) -> Iterator[str]:
    view = View.of(step.view.settings if step.view else Settings())
    question = step.question
    if question:
        yield f"asks: {question.prompt}"
        for each in question.about:
            yield f"  {curled(each.said)} = {_told(partial(value_told, each, view))}"
        if question.choices:
            yield f"  right: {_told(lambda: _right(question, view))}"
    for text in (*step.paragraphs, step.afterwards):
        yield from (f"{{{said}}} = {_told(partial(filled, said, view))}" for said in references_in(text))


def _right(question: Question, view: View) -> str:
    return ", ".join(f"“{question.options[k]}”" for k in right_options(question, view))


def _told(tell: Callable[[], str]) -> str:
    try:
        return tell()
    except ValueError as error:
        return f"– {error}"


if __name__ == "__main__":
    sys.exit(main())
