"""A training as it is held: its courses, and news of them that can be read while they go on. No Streamlit here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from secrets import token_urlsafe
from threading import RLock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

STANDS = ("paused", "stopped", "finished", "failed")
"""States in which a training does not go on by itself."""


class Course(Protocol):
    """What is asked of `lstm_viz.learning.Course` here."""

    @property
    def plan(self) -> Any:
        """What is trained."""

    @property
    def update(self) -> int:
        """How many updates were done."""

    @property
    def finished(self) -> bool:
        """Whether there is no more to do."""

    @property
    def problem(self) -> str:
        """What ended it before it was done; "" for nothing."""

    @property
    def history(self) -> Any:
        """Rows of what it told of itself, whose arrays are its attributes."""

    @property
    def states(self) -> Mapping[int, Mapping[str, Any]]:
        """Update → weights, of those that are kept."""

    def advance(self, seconds: float) -> bool:
        """Train for so long."""

    def set_rate(self, rate: float) -> None:
        """Learn so fast from here on."""

    def gradients(self) -> NDArray[Any]:
        """How much each step back on the probe still counts."""

    @property
    def rate(self) -> float:
        """How fast it learns now."""

    def weights(self) -> Mapping[str, Any]:
        """Copies of the weights as they are."""

    def rewound(self, update: int) -> "Course":
        """One that goes on from there."""


Speak = Callable[[int, Mapping[str, NDArray[Any]]], Mapping[str, Any]]
"""Which of the courses, and its weights → what is to be said of it."""


def silent(lane: int, weights: Mapping[str, NDArray[Any]]) -> Mapping[str, Any]:
    """Nothing is said."""
    return {}


@dataclass(frozen=True, eq=False)
class News:
    """A course as it stood at a moment; nothing in it changes. `gradients` and `said` may be a second older."""

    update: int
    weights: Mapping[str, NDArray[Any]]
    history: Any
    gradients: NDArray[Any]
    kept: tuple[int, ...]
    said: Mapping[str, Any]
    rate: float
    finished: bool
    problem: str


class Training:
    """One or two courses under somebody's eyes.

    Attributes
    ----------
    secret : by which the browser of its reader asks for it, and nobody else can
    courses : what is trained; changed and read only with `lock` held
    news : the newest of each course, to be read without any lock
    number : counts the pieces of news
    state : "waiting" (for its turn), "running", "resting" (nobody looks), or one of `STANDS`
    said : why it stands, where that is not its reader's doing; a sentence
    seconds : of training since it was last begun or gone on with
    """

    def __init__(self, courses: Sequence[Course], speak: Speak = silent) -> None:
        self.secret = token_urlsafe(32)
        self.courses, self.speak = list(courses), speak
        self.lock = RLock()
        self.number, self.news = 0, tuple(self._newest(lane, None) for lane in range(len(courses)))
        self.state, self.said, self.seconds, self.turn_left = "waiting", "", 0.0, 0.0
        self.looked = self.told = self.measured = self.begun = 0.0

    @property
    def plans(self) -> tuple[Any, ...]:
        """Those of its courses."""
        return tuple(course.plan for course in self.courses)

    @property
    def bytes(self) -> int:
        """What its weights take, those of the kept states among them."""
        return sum((len(each.kept) + 4) * sum(part.nbytes for part in each.weights.values()) for each in self.news)

    def publish(self, *, gradients: bool, pause: Callable[[], None] = lambda: None) -> None:
        """Make news of what the courses are now; with the lock held. `pause` is called now and then, to let others."""
        lanes = range(len(self.courses))
        self.news = tuple(self._newest(lane, None if gradients else self.news[lane], pause) for lane in lanes)
        self.number += 1

    def _newest(self, lane: int, before: News | None, pause: Callable[[], None] = lambda: None) -> News:
        """`before`: whose gradients and words will do."""
        course = self.courses[lane]
        pause()
        found = before.gradients if before else course.gradients()
        pause()
        weights = {name: np.asarray(part) for name, part in course.weights().items()}
        return News(
            update=course.update,
            weights=weights,
            history=course.history,
            gradients=found,
            said=before.said if before else self.speak(lane, weights),
            kept=tuple(course.states),
            rate=course.rate,
            finished=course.finished,
            problem=course.problem,
        )
