"""What there is to look at in an example, as data. What happens there is measured and said by `lstm_viz.words.points`.

No point says what a network will do: each names a place and a question, which every network answers for itself.
"""

from dataclasses import dataclass

Where = str | int
"""A token, at the first place where it stands; or a step, counted from the end where it is negative."""


@dataclass(frozen=True)
class Move:
    """How far the answer moves at a token; `of`: the label that is followed, the one that stands for yes if none."""

    at: Where
    of: str = ""


@dataclass(frozen=True)
class After:
    """The answer after some tokens; −1 is the end."""

    at: tuple[Where, ...]


@dataclass(frozen=True)
class End:
    """Where the answer ends."""

    of: str = ""


@dataclass(frozen=True)
class Swap:
    """Where the answer would end with one token in place of another; with nothing, where `new` is empty."""

    old: str
    new: str = ""


@dataclass(frozen=True)
class Verdict:
    """Whether the network ends with the label that a reader would give."""

    label: str


@dataclass(frozen=True)
class Unknown:
    """Which tokens lie outside what the network was trained on."""


@dataclass(frozen=True)
class Keeping:
    """How much of the memory is kept at a token, beside the other steps."""

    at: Where


@dataclass(frozen=True)
class Bounds:
    """Which of the cell's quantities cannot grow past a bound, and how far those grow that can."""


@dataclass(frozen=True)
class Tracks:
    """How closely a state follows a property of the text, one of `lstm_viz.analysis.seen.PROPERTIES`."""

    what: str


@dataclass(frozen=True)
class Leaders:
    """Which class is likeliest after some tokens, and how sure the network is."""

    at: tuple[Where, ...]


@dataclass(frozen=True)
class Throughout:
    """Whether one class leads from the first token to the last."""

    label: str


@dataclass(frozen=True)
class Came:
    """How far characters were expected before they came.

    Attributes
    ----------
    each : what one of them is, in words
    pattern : a regular expression; they are what its group matches, wherever it matches
    """

    each: str
    pattern: str


@dataclass(frozen=True)
class LineEnd:
    """What the network gives the end of the line while brackets are open: after the first place of a character."""

    at: str


@dataclass(frozen=True)
class Complete:
    """Where the network takes a string for complete; `right`: the steps at which it is."""

    right: tuple[int, ...] = ()


@dataclass(frozen=True)
class Follow:
    """What may follow at the end: a symbol, or the likeliest of those that must not, where none is named."""

    symbol: str = ""


@dataclass(frozen=True)
class Right:
    """After how many tokens the likeliest label is right, by the rule of the task, and where it first is not."""


@dataclass(frozen=True)
class Marks:
    """The guess at the sum beside the best one, once so many numbers are marked; at the end of that stretch."""

    seen: int


@dataclass(frozen=True)
class Jump:
    """How far the guess follows one number that stands out, and where it is some steps later."""

    at: int
    later: int


@dataclass(frozen=True)
class Beside:
    """How often the guess is below the number just read, and how far at the end."""


@dataclass(frozen=True)
class Peaks:
    """What is expected after the largest numbers."""

    most: int


@dataclass(frozen=True)
class Ahead:
    """Where the network goes when it is fed its own guesses."""


@dataclass(frozen=True)
class Rises:
    """How far the guess rises from step to step, beside the numbers themselves."""


Point = (
    Move
    | After
    | End
    | Swap
    | Verdict
    | Unknown
    | Keeping
    | Bounds
    | Tracks
    | Leaders
    | Throughout
    | Came
    | LineEnd
    | Complete
    | Follow
    | Right
    | Marks
    | Jump
    | Beside
    | Peaks
    | Ahead
    | Rises
)
"""One thing to look at."""
