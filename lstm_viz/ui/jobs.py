"""Long work, done in threads beside the scripts that show it. No Streamlit here: a thread knows of no session.

Work is cut into pieces, and a job does one after the other and keeps what each finds, so that a job that was stopped
goes on where it was. All who look at the same numbers share one job. It stops when nobody looks any more: when they
pressed Stop, changed a setting or went to another page, and some seconds after they closed the browser. When it may
run, and when it lets others, is for `share` to say.
"""

import atexit
import logging
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from threading import Event, RLock, Thread, current_thread
from typing import Any

from lstm_viz.ui.server import metrics
from lstm_viz.ui.share import SHARE, Place, Share

Tell = Callable[[float], None]
"""What a piece of work calls now and then with the share of it that is done; raises `Stopped` to end it."""

PATIENCE = 10.0
"""Seconds after which a job that nobody has looked at stops; browsers slow down the timers of pages in the back."""

_log = logging.getLogger(__name__)


class Stopped(Exception):
    """Nobody waits for this work any more."""


def whole(find: Callable[..., Any], *about: Any) -> Callable[[Tell], Any]:
    """A piece of work too short to say how far it is: `find` of what it is `about`."""
    return lambda tell: find(*about)


@dataclass(frozen=True, eq=False)
class Work:
    """What is to be found.

    Attributes
    ----------
    name : the place in the app that shows it
    about : all that the numbers depend on, plain values; works of the same name and about are the same
    doing : what is being done, in words for the reader
    pieces : name of a piece → the function that finds it; done in this order
    kept : how many finished jobs of this name are remembered
    """

    name: str
    about: Hashable
    doing: str
    pieces: Mapping[Any, Callable[[Tell], Any]]
    kept: int = 8


class Job:
    """Work, how far it is and what it has found.

    Attributes
    ----------
    found : name of a piece → what came out; only the job's own thread adds to it
    share : of the work that is done, 0 to 1
    state : "new", "waiting" (for its turn), "running", "stopped", "failed" or "done"
    problem : after a failure, what to tell the reader
    refused : the session that it failed for because too much waits; another one that asks has it tried again
    """

    def __init__(self, work: Work):
        self.work = work
        self.found: dict[Any, Any] = {}
        self.share, self.state, self.problem, self.begun, self.turned = 0.0, "new", "", 0.0, 0.0
        self.watchers: dict[Hashable, float] = {}
        self.ended = Event()
        self.place: Place | None = None
        self.refused: Hashable = None

    @property
    def under_way(self) -> bool:
        """Whether a thread is at it, or about to be."""
        return self.state in ("waiting", "running")


class Jobs:
    """All jobs of a process. Every method may be called from any thread and returns at once.

    Parameters
    ----------
    patience : see `PATIENCE`
    clock : gives the time in seconds
    share : what says when a job may run
    """

    def __init__(
        self, *, patience: float = PATIENCE, clock: Callable[[], float] = time.monotonic, share: Share = SHARE
    ):
        self._patience, self._clock, self._share = patience, clock, share
        self._lock = RLock()
        self._jobs: OrderedDict[tuple[str, Hashable], Job] = OrderedDict()
        self._threads: set[Thread] = set()
        self._closed = False

    def look(self, work: Work) -> Job:
        """The job for this work as it stands, or a new one that is not begun."""
        with self._lock:
            job = self._jobs.get((work.name, work.about))
            if job is None:
                job = self._jobs[work.name, work.about] = Job(work)
                self._forget(work)
            self._jobs.move_to_end((work.name, work.about))
            return job

    def watch(self, watcher: Hashable, work: Work) -> Job:
        """The same for one who waits for it: a job that is not under way begins, or goes on where it stopped.

        A watcher waits for one work of a name at a time, and leaves the others. Of a pair, the first is the session.
        """
        with self._lock:
            job = self.look(work)
            for other in list(self._jobs.values()):
                if other is not job and other.work.name == work.name:
                    other.watchers.pop(watcher, None)
            elsewhere = job.state == "failed" and job.refused not in (None, _session(watcher))
            if (elsewhere or job.state in ("new", "stopped")) and not self._closed:
                self._begin(job, watcher)
            if job.under_way:
                job.watchers[watcher] = self._clock()
            return job

    def leave(self, watcher: Hashable, work: Work) -> None:
        """Wait no longer; without anyone who waits, the job stops."""
        self.look(work).watchers.pop(watcher, None)

    def forget(self, work: Work) -> None:
        """Keep nothing of a work, and stop it where it is under way; called whenever what it was for is let go of."""
        with self._lock:
            if job := self._jobs.pop((work.name, work.about), None):
                job.watchers.clear()

    def gone(self, session: Hashable) -> None:
        """The page that a session had on show has been left: it waits for nothing that was on it."""
        with self._lock:
            for job in list(self._jobs.values()):
                for watcher in [each for each in job.watchers if _session(each) == session]:
                    del job.watchers[watcher]

    def before(self, job: Job) -> tuple[int, float | None]:
        """Of a job that waits, how many come first, and in how many seconds its turn may come; None for not known."""
        place = job.place
        return (self._share.before(place), self._share.expected(place)) if place else (0, None)

    def retry(self, work: Work) -> None:
        """Let a job that failed be begun again by the next who waits for it."""
        with self._lock:
            job = self.look(work)
            if job.state == "failed":
                job.state, job.problem = "stopped", ""

    def seconds(self, job: Job) -> float:
        """How long ago a job was begun, or went on."""
        return self._clock() - job.begun

    def counts(self) -> Mapping[tuple[str, str], int]:
        """Name of a work and state → how many jobs are under way, or wait for their turn."""
        with self._lock:
            return Counter((job.work.name, job.state) for job in list(self._jobs.values()) if job.under_way)

    def close(self, seconds: float = 5.0) -> None:
        """Stop all jobs and wait for their threads: one still within torch when Python ends aborts the process."""
        self._closed = True
        give_up = time.monotonic() + seconds
        for thread in list(self._threads):
            thread.join(max(0.0, give_up - time.monotonic()))

    def _forget(self, work: Work) -> None:
        idle = [key for key, job in self._jobs.items() if key[0] == work.name and not job.under_way]
        for key in idle[: -work.kept]:
            del self._jobs[key]

    def _begin(self, job: Job, watcher: Hashable) -> None:
        try:
            place = job.place = self._share.ask(_session(watcher))
        except ValueError as error:
            metrics.refused("job")
            job.state, job.problem, job.refused = "failed", str(error), _session(watcher)
            return
        job.state, job.problem, job.refused, job.begun = "waiting", "", None, self._clock()
        job.ended.clear()
        thread = Thread(target=self._do, args=(job, place), name=f"job: {job.work.name}", daemon=True)
        self._threads.add(thread)
        thread.start()

    def _do(self, job: Job, place: Place) -> None:
        work, many = job.work, len(job.work.pieces)
        try:
            try:
                while not self._share.wait(place, 0.1):
                    self._tell(job, job.share)
                job.state, job.turned = "running", self._clock()
                with self._share.slices(place.whose) as slices:

                    def tell(share: float) -> None:
                        self._tell(job, share)
                        slices.pause()

                    for k, (name, find) in enumerate(work.pieces.items()):
                        tell(k / many)
                        if name not in job.found:
                            job.found[name] = find(lambda share, k=k: tell((k + share) / many))  # type: ignore[misc]
            finally:
                self._share.leave(place)
            job.share = 1.0
            self._end(job, "done")
        except Stopped:
            pass
        except Exception as error:
            _log.exception("%s: %s", work.name, work.doing)
            # The library's own refusals are sentences for a reader; what else may go wrong is for the log.
            reason = str(error) if isinstance(error, ValueError) else "The server's log says why."
            job.problem = f"This did not work: {work.doing[0].lower()}{work.doing[1:]}. {reason}"
            self._end(job, "failed")
        finally:
            self._threads.discard(current_thread())

    def _tell(self, job: Job, share: float) -> None:
        with self._lock:
            job.share = share
            now = self._clock()
            if self._closed or all(now - seen > self._patience for seen in job.watchers.values()):
                self._end(job, "stopped")
                raise Stopped

    def _end(self, job: Job, state: str) -> None:
        with self._lock:
            if job.state == "running":
                metrics.job(job.work.name, self._clock() - job.turned, state)
            job.state = state
            job.watchers.clear()
            job.ended.set()


def _session(watcher: Hashable) -> Hashable:
    return watcher[0] if isinstance(watcher, tuple) else watcher


JOBS = Jobs()
"""Those of the app."""
atexit.register(JOBS.close)
