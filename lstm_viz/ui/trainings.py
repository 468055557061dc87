"""Networks that are trained while somebody looks, in slices beside the pages that show them. No Streamlit here.

One thread does all of it: a few milliseconds of one training, then of the next, each a slice of what `share` lets heavy
work have, after whoever's page is being answered. A training has one course, or two that race on the same data and go
from update to update together. At most `AT_ONCE` courses are trained at a time, the others wait for their turn in the
order in which they came, and one that had its turn while others wait goes to the end. Who does not look for a while
keeps what there is, and goes on by looking again.
"""

import atexit
import logging
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from statistics import fmean
from threading import Condition, RLock, Thread
from weakref import WeakSet, WeakValueDictionary

from lstm_viz.ui.courses import Course, Speak, Training, silent
from lstm_viz.ui.server.metrics import refused
from lstm_viz.ui.share import REMEMBERED, SHARE, SLICE, Share

AT_ONCE = 2
"""How many courses are trained at a time on a server."""
PATIENCE = 20.0
"""Seconds after which a training that nobody looks at rests; browsers slow down the timers of pages in the back."""
TURN = 60.0
"""Seconds of training after which one that others wait for goes to the end of the queue."""
MOST_SECONDS = 300.0
"""Seconds of training after which one stops until its reader asks for more."""
MOST_WAITING = 60
"""How many may wait; a class has a few tens."""
TOTAL = 256 * 2**20
"""Bytes that the weights of all trainings may take together."""
PACE = 0.09
"""Seconds between two pieces of news, and"""
GRADIENT_PACE = 1.0
"""between two looks at the gradients, which cost a pass over the probe sequence."""

FULL = (
    "The server has no room for another training: those that are open take {taken:.0f} of {total:.0f} MB. Try again "
    "when others have closed theirs, or run LSTM Viz on your own machine."
)
CROWDED = (
    "{many} trainings wait for their turn already, and no more can wait. Try again in a few minutes, or run LSTM Viz "
    "on your own machine."
)
ENOUGH = (
    "This training has had {minutes:.0f} minutes of the server’s time, the most that one has at a stretch. It keeps "
    "what it has learnt; press Go on for as much again."
)
BROKEN = "This training ended with an error; the server’s log says which. What it had learnt until then is kept."

_log = logging.getLogger(__name__)


class Trainings:
    """All trainings of a process. Every method may be called from any thread.

    A training is held by whoever began it, and by this only while it goes on: it is given back with its session.

    Parameters
    ----------
    clock : gives the time in seconds
    share : what says when a slice may be computed
    threaded : whether a thread trains; else whoever calls `turn`
    """

    def __init__(
        self, *, clock: Callable[[], float] = time.monotonic, share: Share = SHARE, threaded: bool = True
    ) -> None:
        self._clock, self._share, self._threaded = clock, share, threaded
        self._changed = Condition(RLock())
        self._by_secret: WeakValueDictionary[str, Training] = WeakValueDictionary()
        self._all: WeakSet[Training] = WeakSet()
        self._waiting: deque[Training] = deque()
        self._running: deque[Training] = deque()
        self._turns: deque[float] = deque(maxlen=REMEMBERED)
        self._thread: Thread | None = None
        self._closed = False

    def begin(self, courses: Sequence[Course], *, paused: bool = False, speak: Speak = silent) -> Training:
        """Train these, or hold them ready.

        Parameters
        ----------
        speak : what is said of a course with its news, asked now and then, and whenever it stands

        Raises
        ------
        ValueError
            in a sentence for the reader, where there is no room.
        """
        training = Training(courses, speak)
        with self._changed:
            taken = self.taken()
            if taken + training.bytes > TOTAL:
                refused("training")
                raise ValueError(FULL.format(taken=taken / 2**20, total=TOTAL / 2**20))
            training.looked = self._clock()
            if paused:
                training.state = "finished" if all(course.finished for course in courses) else "paused"
            else:
                self._queue(training)
            self._all.add(training)
            self._by_secret[training.secret] = training
        return training

    def find(self, secret: str) -> Training | None:
        """The training of this secret, where there is one."""
        with self._changed:
            return self._by_secret.get(secret)

    def counts(self) -> Mapping[str, int]:
        """State → how many trainings that somebody has are in it."""
        with self._changed:
            return Counter(training.state for training in self._all)

    def taken(self) -> int:
        """Bytes that the weights of all take."""
        with self._changed:
            return sum(each.bytes for each in self._all)

    def look(self, training: Training) -> None:
        """Somebody looks: what rested goes on."""
        with self._changed:
            training.looked = self._clock()
            if training.state == "resting":
                self._queue(training, forced=True)

    def before(self, training: Training) -> int:
        """How many trainings come before this one that waits."""
        with self._changed:
            return self._waiting.index(training) if training in self._waiting else 0

    def expected(self, training: Training) -> float | None:
        """Seconds until the turn of one that waits, by how long the last turns were; None where there was none yet."""
        with self._changed:
            if not self._turns or training not in self._waiting:
                return None
            return fmean(self._turns) * (self._waiting.index(training) + 1) / max(1, len(self._running))

    def pause(self, training: Training) -> None:
        """Hold it where it is."""
        self._stand(training, "paused")

    def stop(self, training: Training) -> None:
        """Say that this is what was wanted of it."""
        self._stand(training, "stopped")

    def go_on(self, training: Training) -> None:
        """Go on from where it stands, with as much time as a new one has.

        Raises
        ------
        ValueError
            as for `begin`.
        """
        with self._changed:
            if training.state in ("paused", "stopped"):
                self._queue(training)
                training.seconds = 0.0

    def say_anew(self, training: Training) -> None:
        """Have what is said of it said once more, for something else is asked of it."""
        with training.lock:
            training.publish(gradients=True)

    def set_rate(self, training: Training, rate: float, lane: int | None = None) -> None:
        """Learn so fast from here on: one course, or all; ValueError for what a plan does not allow."""
        with training.lock:
            for course in training.courses if lane is None else [training.courses[lane]]:
                course.set_rate(rate)
            training.publish(gradients=True)

    def rewind(self, training: Training, update: int) -> None:
        """Go back to the kept states nearest to an update, and stand there."""
        with self._changed:
            self._leave(training)
            training.state, training.said = "paused", ""
        with training.lock:
            courses = []
            for course in training.courses:
                at = min(course.states, key=lambda kept: (abs(kept - update), kept))
                courses.append(course.rewound(at))
            training.courses = courses
            training.publish(gradients=True)

    def turn(self) -> bool:
        """Train for a slice, if there is something to train."""
        training = self._next()
        if training is None:
            return False
        begun, ended = self._clock(), ""
        try:
            with self._share.slices(training.secret) as slices, training.lock:
                begun = self._clock()
                left = [course for course in training.courses if not course.finished]
                if left:
                    min(left, key=lambda course: course.update).advance(SLICE)
                if all(course.finished for course in training.courses):
                    ended = "finished"
                self._tell(training, slices.pause, at_once=bool(ended))
        except Exception:
            _log.exception("training %s", training.plans)
            ended, training.said = "failed", BROKEN
        self._after(training, self._clock() - begun, ended)
        return True

    def close(self, seconds: float = 5.0) -> None:
        """End the thread: one still within torch when Python ends aborts the process."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(seconds)

    def _tell(self, training: Training, pause: Callable[[], None], *, at_once: bool) -> None:
        now = self._clock()
        measures = at_once or now - training.measured >= GRADIENT_PACE
        if not measures and now - training.told < PACE:
            return
        training.told = now
        training.publish(gradients=measures, pause=pause)
        if measures:
            training.measured = self._clock()

    def _queue(self, training: Training, *, forced: bool = False) -> None:
        if len(self._waiting) >= MOST_WAITING and not forced:
            refused("training")
            raise ValueError(CROWDED.format(many=len(self._waiting)))
        training.state, training.said, training.turn_left = "waiting", "", TURN
        self._waiting.append(training)
        self._promote()
        if self._threaded and self._thread is None and not self._closed:
            self._thread = Thread(target=self._work, name="trainings", daemon=True)
            self._thread.start()
        self._changed.notify_all()

    def _promote(self) -> None:
        """Let those who have waited longest begin, as many as there is room for."""
        while self._waiting:
            running = sum(len(each.courses) for each in self._running)
            # A race that is first in the queue is not passed by whoever needs less room.
            if running and running + len(self._waiting[0].courses) > AT_ONCE:
                return
            training = self._waiting.popleft()
            training.state, training.begun = "running", self._clock()
            self._running.append(training)

    def _leave(self, training: Training) -> None:
        if training in self._waiting:
            self._waiting.remove(training)
        if training in self._running:
            self._running.remove(training)
            self._turns.append(self._clock() - training.begun)
        self._promote()
        self._changed.notify_all()

    def _stand(self, training: Training, state: str) -> None:
        with self._changed:
            if training.state in ("finished", "failed"):
                return
            self._leave(training)
            training.state, training.said = state, ""
        # The slice that is under way is waited for, so that what is shown then is what there is.
        with training.lock:
            training.publish(gradients=True)
            if all(course.finished for course in training.courses):
                training.state = "finished"

    def _next(self) -> Training | None:
        with self._changed:
            now = self._clock()
            for training in [*self._running, *self._waiting]:
                if now - training.looked > PATIENCE:
                    self._leave(training)
                    training.state = "resting"
            if not self._running:
                return None
            self._running.rotate(-1)
            return self._running[-1]

    def _after(self, training: Training, seconds: float, ended: str) -> None:
        with self._changed:
            training.seconds += seconds
            training.turn_left -= seconds
            if training not in self._running:
                return
            if ended:
                self._leave(training)
                training.state = ended
            elif training.seconds > MOST_SECONDS * len(training.courses):
                self._leave(training)
                training.state = "paused"
                training.said = ENOUGH.format(minutes=MOST_SECONDS * len(training.courses) / 60)
            elif training.turn_left < 0 and self._waiting:
                self._waiting.append(training)
                training.state, training.turn_left = "waiting", TURN
                self._running.remove(training)
                self._turns.append(self._clock() - training.begun)
                self._promote()

    def _work(self) -> None:
        while not self._closed:
            if not self.turn():
                with self._changed:
                    self._changed.wait_for(lambda: self._closed or bool(self._running))


TRAININGS = Trainings()
"""Those of the app."""
atexit.register(TRAININGS.close)
