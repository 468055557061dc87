"""What a task is: everything the app needs to know about one, besides its weights."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lstm_viz.tasks.answers import Answers
from lstm_viz.tasks.points import Point
from lstm_viz.tasks.readers import Reader, Reading


@dataclass(frozen=True)
class Example:
    """An input written for a task, and what there is to look at in its outputs, states and gates."""

    title: str
    text: str
    points: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing a network was trained to do. Written by hand; what training found is in the model card.

    Attributes
    ----------
    name, title : code name; name on screen
    question : what the network answers, in one line
    output : what its output means, in one or two sentences
    labels : what each column of the predictions is; empty where the vocabulary gives them (next character)
    reader : text → tokens → arrays; see `Reader`
    answers : raw outputs → predictions, one of `lstm_viz.tasks.answers`
    limit : most tokens the app accepts
    examples : inputs to start from, the first one shown first
    unit : unit of the predictions, if they have one ("°C")
    is_classifier : whether predictions are probabilities
    horizon : how many steps ahead `predict` looks by feeding its own predictions back
    favoured : of two labels, the position of the one that stands for yes: its probability is the one drawn
    followers : symbols for which the network also says, in its last outputs, whether they may come next; see
        `Model.may_follow`
    right : tokens → the label that is right after each of them, empty where none is; for a task whose rule says so
    """

    name: str
    title: str
    question: str
    output: str
    labels: tuple[str, ...]
    reader: Reader
    answers: Answers
    limit: int
    examples: tuple[Example, ...]
    unit: str = ""
    is_classifier: bool = True
    horizon: int = 1
    favoured: int = 1
    followers: tuple[str, ...] = ()
    right: Callable[[Sequence[str]], tuple[str, ...]] | None = None

    @property
    def editor(self) -> str:
        """Which editor fits: "words", "characters" or "numbers"."""
        return self.reader.kind

    def tokenize(self, text: str) -> list[str]:
        """The tokens of a text, as typed; ValueError, in a sentence fit for the user, if it cannot be read."""
        return [token.text for token in self.reader.cut(text)]

    def read(self, text: str) -> Reading:
        """A text as it is run: its tokens, up to `limit`, and what is wrong with it. Raises nothing."""
        try:
            found = self.reader.cut(text)
        except ValueError as error:
            return Reading(text, problem=f"{str(error)[:1].upper()}{str(error)[1:]}.")
        shown = found[: self.limit]
        tokens, spans = tuple(token.text for token in shown), tuple((token.start, token.stop) for token in shown)
        try:
            self.check(found)
        except ValueError as error:
            problem = f"{error} The first {len(shown):,} are shown." if shown else str(error)
            return Reading(text, tokens, spans, problem)
        return Reading(text, tokens, spans)

    def check(self, tokens: Sequence[object]) -> None:
        """Raise ValueError, in a sentence fit for the user, if there are no tokens or more than `limit`."""
        if not tokens:
            raise ValueError(f"There are no {self.reader.noun} here yet. Type some, or choose an example.")
        if len(tokens) > self.limit:
            raise ValueError(
                f"This has {len(tokens):,} {self.reader.noun}; the limit is {self.limit:,}. "
                f"Remove {len(tokens) - self.limit:,} of them."
            )

    def output_labels(self, vocabulary: Sequence[str]) -> tuple[str, ...]:
        """A name for each column of the predictions."""
        return self.labels or tuple(vocabulary[1:])
