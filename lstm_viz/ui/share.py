"""How much heavy work there may be: of a session, of all together, and never in the way of who is being answered.

All that takes long goes through here, whatever it is. **Places** say what may be under way: a few at a time, one of a
session, the others in a queue. **Slices** say who computes: one piece of heavy work at a time, for a few milliseconds
or as long as the piece is, after those who are being answered, and of several sessions the one that had least.
No Streamlit here.
"""

import time
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from statistics import fmean
from threading import Condition
from typing import Self

from lstm_viz.ui.way import WAY, Way

AT_ONCE = 2
"""How many places there are."""
EACH = 1
"""How many of them one session may have."""
MOST_WAITING = 60
"""How many may wait for a place; a class has a few tens."""
MOST_OF_A_SESSION = 6
"""How many of them may be one session's; a page asks for two at most."""
SLICE = 0.01
"""Seconds that one computes at least before it lets others."""
GIVES_WAY = 0.25
"""Seconds that a slice waits at most for pages that are being answered."""
LONGEST = 5.0
"""Seconds that a slice waits at most for the one under way: some cannot be cut."""
HEAVY = 0.1
"""Seconds of processor time from which on an answer is heavy work, and so the next one of its session."""
REMEMBERED = 20
"""Pieces of work that count when it is said how long one waits."""

CROWDED = (
    "{many} pieces of long work wait for their turn on this server already, and no more can wait. Try again in a few "
    "minutes, or run LSTM Viz on your own machine."
)
TOO_MUCH = (
    "This session has {many} pieces of long work waiting already, and no more can wait. Try again when one of them is "
    "done, or stop one."
)


@dataclass(eq=False)
class Place:
    """A place, or the wish for one.

    Attributes
    ----------
    whose : the session that asked
    begun : when its turn came; None before
    """

    whose: Hashable
    begun: float | None = None


class Slices:
    """One who computes, a slice after the other, from entering to leaving.

    Parameters
    ----------
    share : of which they are
    whose : the session that they are for
    gives_way : whether it waits for who is being answered

    Attributes
    ----------
    start : what its session had of computing when it asked, by which it is told whose turn it is
    begun : when the slice began
    """

    def __init__(self, share: "Share", whose: Hashable, *, gives_way: bool = True) -> None:
        self._share, self.whose, self.gives_way = share, whose, gives_way
        self.start = self.begun = 0.0

    def __enter__(self) -> Self:
        self._share.begin(self)
        return self

    def __exit__(self, *error: object) -> None:
        self._share.end(self)

    def pause(self) -> None:
        """Let others, if this slice was long enough; to be called as often as one likes."""
        if self._share.now() - self.begun >= SLICE:
            self._share.end(self)
            self._share.begin(self)


class Share:
    """Places and slices of a process. Every method may be called from any thread.

    Parameters
    ----------
    clock : gives the time in seconds
    way : who is let go first
    longest : see `LONGEST`
    """

    def __init__(
        self, *, clock: Callable[[], float] = time.monotonic, way: Way = WAY, longest: float = LONGEST
    ) -> None:
        self._clock, self._way, self._longest = clock, way, longest
        self._changed = Condition()
        self._there: list[Place] = []
        self._waiting: list[Place] = []
        self._took: deque[float] = deque(maxlen=REMEMBERED)
        self._wanting: list[Slices] = []
        self._computing: Slices | None = None
        self._had: dict[Hashable, float] = {}
        self._level = 0.0
        self._answers: dict[Hashable, Slices] = {}
        self._costs: dict[Hashable, float] = {}

    def now(self) -> float:
        """The time in seconds."""
        return self._clock()

    def ask(self, whose: Hashable) -> Place:
        """A place, or the wish for one; to be left in the end, whatever becomes of it.

        Raises
        ------
        ValueError
            in a sentence for the reader, where too many wait.
        """
        with self._changed:
            waiting, own = len(self._waiting), sum(each.whose == whose for each in self._waiting)
            place = Place(whose)
            self._waiting.append(place)
            self._promote()
            if place.begun is None and (own >= MOST_OF_A_SESSION or waiting >= MOST_WAITING):
                self._waiting.remove(place)
                raise ValueError(
                    TOO_MUCH.format(many=own) if own >= MOST_OF_A_SESSION else CROWDED.format(many=waiting)
                )
            return place

    def leave(self, place: Place) -> None:
        """Give a place back, or wait for it no longer."""
        with self._changed:
            if place in self._there:
                self._there.remove(place)
                assert place.begun is not None
                self._took.append(self._clock() - place.begun)
            elif place in self._waiting:
                self._waiting.remove(place)
            self._promote()
            self._changed.notify_all()

    def wait(self, place: Place, seconds: float) -> bool:
        """Whether the turn of this one has come, after so many seconds at most."""
        with self._changed:
            return self._changed.wait_for(lambda: place.begun is not None, seconds)

    def before(self, place: Place) -> int:
        """How many come before this one that waits."""
        with self._changed:
            return self._waiting.index(place) if place in self._waiting else 0

    def expected(self, place: Place) -> float | None:
        """Seconds until the turn of one that waits, by how long the last ones took; None where none did."""
        with self._changed:
            if not self._took or place not in self._waiting:
                return None
            return fmean(self._took) * (self._waiting.index(place) + 1) / AT_ONCE

    def slices(self, whose: Hashable, *, gives_way: bool = True) -> "Slices":
        """To compute in, after those who are being answered, and no other session's heavy work meanwhile."""
        return Slices(self, whose, gives_way=gives_way)

    @property
    def idle(self) -> bool:
        """Whether nobody computes, or is about to."""
        with self._changed:
            return self._computing is None and not self._wanting

    def begin(self, mine: "Slices") -> None:
        """Wait until it may compute."""
        with self._changed:
            # What a session had while it wanted nothing is neither held against it nor owed to it.
            mine.start = max(self._level, self._had.get(mine.whose, 0.0))
            self._wanting.append(mine)
            self._changed.wait_for(lambda: self._may_compute(mine), self._longest)
            self._wanting.remove(mine)
            self._computing = self._computing or mine
            self._level = max(self._level, mine.start)
        if mine.gives_way:
            self._way.wait(GIVES_WAY)
        mine.begun = self._clock()

    def end(self, mine: "Slices") -> None:
        """Let the others."""
        with self._changed:
            self._had[mine.whose] = mine.start + self._clock() - mine.begun
            self._had = {whose: had for whose, had in self._had.items() if had > self._level}
            if self._computing is mine:
                self._computing = None
            self._changed.notify_all()

    def answer_begins(self, whose: Hashable) -> None:
        """A session is about to be answered. Where that took long the last time, it waits until it may compute."""
        self._let_go(whose)
        if self._costs.get(whose, 0.0) > HEAVY:
            self._answers[whose] = Slices(self, whose, gives_way=False)
            self._answers[whose].__enter__()

    def answer_ends(self, whose: Hashable, cost: float) -> None:
        """It has been, for so many seconds of processor time."""
        self._let_go(whose)
        if cost > HEAVY:
            self._costs[whose] = cost
        else:
            self._costs.pop(whose, None)

    def _let_go(self, whose: Hashable) -> None:
        if answer := self._answers.pop(whose, None):
            answer.__exit__()

    def _may_compute(self, mine: "Slices") -> bool:
        if self._computing is not None:
            return self._computing.whose == mine.whose
        return min(self._wanting, key=lambda each: each.start) is mine

    def _promote(self) -> None:
        for place in list(self._waiting):
            if len(self._there) == AT_ONCE:
                return
            if sum(each.whose == place.whose for each in self._there) < EACH:
                self._waiting.remove(place)
                place.begun = self._clock()
                self._there.append(place)


SHARE = Share()
"""That of the app."""
