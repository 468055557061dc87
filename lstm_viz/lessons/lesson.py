"""What a lesson is, once read: plain values, in which nothing is code."""

from dataclasses import dataclass
from typing import Literal

from lstm_viz.lessons.references.reference import CurveLike, NumberLike, Place, StepAt
from lstm_viz.lessons.references.reference import is_heavy as is_heavy_reference
from lstm_viz.ui.settings.settings import Settings

QuestionKind = Literal["choose", "number", "click", "find", "draw"]


@dataclass(frozen=True)
class Problem:
    """What is wrong with a file, in a sentence, and in which line, from 1."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.sentence}"


@dataclass(frozen=True)
class Point:
    """What a step points at: a step or a unit by its number, a quantity or a part of the page by its code name."""

    kind: Literal["step", "unit", "quantity", "part"]
    value: int | str


@dataclass(frozen=True)
class ViewAt:
    """A page, by its key in `ui.navigation.PAGES`, and what it shows."""

    page: str
    settings: Settings


@dataclass(frozen=True)
class Do:
    """What the reader is asked to do.

    Attributes
    ----------
    kind : what has to change, one of `lessons.doing.KINDS`
    said : as the file says it
    step, unit, name : which step, unit, gate, cell or stage has to be chosen; None and "" for any other than before
    place : the same of a step or a unit that has to be found in what the reader then has on show
    """

    kind: str
    said: str
    step: int | None = None
    unit: int | None = None
    name: str = ""
    place: Place | None = None


@dataclass(frozen=True)
class Choices:
    """What decides which option is right.

    Attributes
    ----------
    rule : the range that a number lies in; whether one number is larger than another; which of some places it is;
        which of some numbers is largest or smallest
    ranges : for each option (lowest, highest), both within
    places : for each option the steps, or the unit, that it names
    words : for each option whether the first number is "larger", "smaller" or "same"
    """

    rule: Literal["ranges", "against", "among", "largest", "smallest"]
    ranges: tuple[tuple[float, float], ...] = ()
    places: tuple[StepAt | int, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """What a step asks. The answer is not in it: it is worked out from `about` in a view.

    Attributes
    ----------
    kind : how the reader answers
    prompt : the question, Markdown
    about : what it refers to: one reference, or those that are compared
    options : what there is to choose from, as text
    meanwhile : quantities, by code name, that may be seen before the answer
    hint : Markdown, or ""
    choices : which option is right, for the kind "choose"
    """

    kind: QuestionKind
    prompt: str
    about: tuple[NumberLike | CurveLike | Place, ...]
    options: tuple[str, ...] = ()
    meanwhile: tuple[str, ...] = ()
    hint: str = ""
    choices: Choices | None = None

    @property
    def single(self) -> tuple[NumberLike | CurveLike | Place, ...]:
        """What would answer it, if it were told: what it refers to; of what is compared, one may be told."""
        return self.about if len(self.about) == 1 else ()

    @property
    def heavy(self) -> bool:
        """Whether its answer takes a moment to work out, the first time."""
        return any(is_heavy_reference(each) for each in self.about)


@dataclass(frozen=True)
class Step:
    """One idea.

    Attributes
    ----------
    title : its heading
    paragraphs : Markdown, with references in braces where a number is to stand
    view : what is shown; None for text alone
    show : of the view only these quantities and parts, by code name; () for its usual figure
    points : what is lit up
    do : what counts as having done the step; None where reading it is enough
    question : what is asked, if anything
    afterwards : Markdown with references, shown when the question is answered or the thing is done
    line : where it begins in the file
    """

    title: str
    paragraphs: tuple[str, ...] = ()
    view: ViewAt | None = None
    show: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    do: Do | None = None
    question: Question | None = None
    afterwards: str = ""
    line: int = 0


@dataclass(frozen=True)
class Lesson:
    """A lesson.

    Attributes
    ----------
    name : by which a link names it; "" for one that did not ship
    about : Markdown, what it is about
    minutes : how long it takes, as its author says
    digest : of the text, by which a reader's answers are kept
    """

    name: str
    title: str
    about: str
    minutes: int | None
    steps: tuple[Step, ...]
    digest: str
