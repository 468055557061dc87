"""What the memory ledger sends to the browser."""

from typing import NotRequired, TypedDict

from lstm_viz.ui.views.envelope import Numbers, Words


class Memory(TypedDict):
    """The state that is split; ``symbol`` as HTML."""

    name: str
    label: str
    symbol: str


class Listed(TypedDict):
    """A number of the chosen part, and how it is told.

    ``of``: what one and several are called, for a count; ``instead``: what is told where there is no number, by why.
    """

    name: str
    label: str
    about: str
    of: NotRequired[tuple[str, str]]
    instead: NotRequired[dict[str, str]]


class Answer(TypedDict):
    """How the number that is split is told: ``{high}`` and ``{low}`` stand for the two labels; see `Wording`."""

    title: str
    shown: str
    high: str
    low: str
    unit: str
    meaning: str


class Counted(TypedDict):
    """The numbers of the chosen part; a text says why there is none: "unread", "undefined", "never"."""

    added: float
    share: float | str
    left: float
    halfLife: int | str
    together: float
    recorded: float


class Scale(TypedDict):
    """The ends of the map's colours and of the memory's axis."""

    limits: list[float]
    reach: float


class Shares(TypedDict):
    """The answer after the chosen step, split: what no step put in, and the whole; ``labels`` as `Answer` has them."""

    labels: list[str]
    total: float
    bias: float
    empty: float
    initial: float
    end: float
    prediction: float


class Weighed(TypedDict):
    """How the memory is told as attention.

    ``label``: what is weighed; ``whole``: what weight times that is a part of; ``made``: of what a weight is made.
    """

    label: str
    whole: str
    made: str
    likeness: dict[str, str]


class Attention(TypedDict):
    """What the weights of the chosen step sum to, that of the initial state, and the ends of the two axes."""

    total: float
    initial: float
    end: float
    reach: list[float]


class LeftOut(TypedDict):
    """Where there is no ledger: what the run without each column's steps changes at the end, and what is said of it.

    ``labels``: of the columns; ``name``: what the network says; ``answer``, ``state``: a number a column
    """

    labels: list[str]
    name: str
    answer: list[float]
    state: list[float]
    captions: dict[str, str]


class LedgerWords(Words):
    """What the page says; what needs a memory is not there for a cell without one.

    ``unitTold``: which unit the captions tell of, where there are any.
    ``instead``: the cells of this task that have a ledger, name and title, for one that has none.
    """

    reason: str
    notations: list[tuple[str, str]]
    captions: dict[str, str]
    memory: NotRequired[Memory]
    listed: NotRequired[list[Listed]]
    weighed: NotRequired[Weighed]
    answer: NotRequired[Answer]
    unitTold: NotRequired[int]
    instead: NotRequired[list[tuple[str, str]]]
    leftOut: NotRequired[LeftOut | None]


class LedgerNumbers(Numbers, total=False):
    """What the page counts where there is a run of a cell with a memory."""

    order: list[int]
    overall: bool
    scale: Scale
    split: Shares | None
    attention: Attention


class LedgerMessage(LedgerWords, LedgerNumbers):
    """The header of the page's message."""
