"""Long work in threads: progress, stopping, going on, failing, being left alone, and how much is remembered."""

import gc
import logging
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator
from threading import Event, Thread, current_thread
from threading import enumerate as enumerate_threads
from typing import Any

import pytest

from lstm_viz.ui import share
from lstm_viz.ui.jobs import Job, Jobs, Tell, Work, whole
from lstm_viz.ui.share import AT_ONCE, Share
from tests.driving import ROOT

LONG = 30.0  # seconds after which a test gives up; none of them waits for time to pass


class Held:
    """A piece of work that says when it has begun, and goes on when it is let."""

    def __init__(self, value: Any = None):
        self.value, self.begun, self.let, self.calls = value, Event(), Event(), 0

    def __call__(self, tell: Tell) -> Any:
        self.calls += 1
        self.begun.set()
        assert self.let.wait(LONG)
        tell(0.5)
        return self.value


class Clock:
    """Time that a test sets."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def jobs(clock: Clock) -> Iterator[Jobs]:
    made = Jobs(patience=5, clock=clock, share=Share(clock=clock, longest=0))
    yield made
    # Whatever a test left waiting is let go of.
    clock.now += 1000


def work(*pieces: Callable[[Tell], Any], about: str = "a", name: str = "sums", kept: int = 8) -> Work:
    return Work(name, about, "Adding up", dict(enumerate(pieces)), kept=kept)


def ended(job: Job) -> Job:
    assert job.ended.wait(LONG)
    return job


def test_pieces_are_found_in_order_in_another_thread_and_told_of(jobs: Jobs) -> None:
    second, where = Held(2), list[Thread]()

    def note(tell: Tell) -> int:
        where.append(current_thread())
        return 1

    both = work(note, second)
    job = jobs.watch("me", both)
    assert second.begun.wait(LONG)
    assert (job.state, job.under_way, job.found, job.share) == ("running", True, {0: 1}, 0.5)
    assert where[0] is not current_thread()
    assert where[0].daemon
    second.let.set()
    assert ended(job).state == "done"
    assert (job.found, job.share, job.under_way) == ({0: 1, 1: 2}, 1.0, False)


def test_a_piece_tells_its_own_share_of_the_whole(jobs: Jobs) -> None:
    seen = []

    def half(tell: Tell) -> None:
        tell(0.5)
        seen.append(jobs.look(three).share)

    three = work(whole(int), half, whole(int))
    ended(jobs.watch("me", three))
    assert seen == [pytest.approx(0.5)]


def test_a_stopped_job_keeps_what_it_found_and_goes_on_from_there(jobs: Jobs) -> None:
    first, second, third = Held(1), Held(2), Held(3)
    three = work(first, second, third)
    job = jobs.watch("me", three)
    first.let.set()
    assert second.begun.wait(LONG)
    jobs.leave("me", three)
    second.let.set()
    assert ended(job).state == "stopped"
    # The second piece was told to stop on the way.
    assert job.found == {0: 1}
    assert job.share == pytest.approx(0.5)
    assert not third.begun.is_set()
    assert jobs.look(three) is job
    assert job.state == "stopped"
    third.let.set()
    assert jobs.watch("me", three) is job
    assert ended(job).found == {0: 1, 1: 2, 2: 3}
    assert [piece.calls for piece in (first, second, third)] == [1, 2, 1]


def test_a_job_is_shared_and_stops_only_when_the_last_has_left(jobs: Jobs) -> None:
    piece = Held(1)
    once = work(piece)
    job = jobs.watch("me", once)
    assert jobs.watch("you", work(piece)) is job
    assert piece.begun.wait(LONG)
    jobs.leave("me", once)
    piece.let.set()
    assert ended(job).state == "done"
    assert piece.calls == 1
    assert job.watchers == {}


def test_another_setting_ends_the_job_of_the_one_before(jobs: Jobs) -> None:
    old, new = Held(), Held()
    before, after = work(old, about="before"), work(new, about="after")
    job = jobs.watch("me", before)
    elsewhere = jobs.watch("me", work(whole(int), name="another place"))
    assert old.begun.wait(LONG)
    jobs.watch("me", after)
    old.let.set()
    new.let.set()
    assert ended(job).state == "stopped"
    assert ended(jobs.look(after)).state == "done"
    assert ended(elsewhere).state == "done"


def test_a_job_that_nobody_looks_at_stops_itself(jobs: Jobs, clock: Clock) -> None:
    first, second = Held(1), Held(2)
    two = work(first, second)
    job = jobs.watch("me", two)
    clock.now += 4
    jobs.watch("me", two)  # the page asks again, so the time runs anew
    clock.now += 4
    first.let.set()
    assert second.begun.wait(LONG)
    clock.now += 6  # the browser was closed
    second.let.set()
    assert ended(job).state == "stopped"
    assert job.found == {0: 1}
    # Who comes back finds it going on.
    second.let.clear()
    assert jobs.watch("me", two).under_way
    second.let.set()
    assert ended(job).found == {0: 1, 1: 2}


@pytest.mark.parametrize(
    ("error", "said"),
    [(ValueError("The text is too long."), "The text is too long."), (ZeroDivisionError("x"), "The server's log")],
)
def test_an_error_is_one_sentence_and_logged(
    jobs: Jobs, caplog: pytest.LogCaptureFixture, error: Exception, said: str
) -> None:
    broken = [True]

    def fails(tell: Tell) -> int:
        if broken:
            raise error
        return 2

    two = work(whole(int), fails)
    with caplog.at_level(logging.ERROR):
        job = ended(jobs.watch("me", two))
    assert job.state == "failed"
    assert job.problem.startswith("This did not work: adding up. ")
    assert said in job.problem
    assert "Traceback" not in job.problem
    assert caplog.records[0].exc_info[1] is error  # type: ignore[index]
    # It is tried again only when asked for.
    assert jobs.watch("me", two).state == "failed"
    broken.clear()
    jobs.retry(two)
    assert ended(jobs.watch("me", two)).found == {0: 0, 1: 2}
    assert job.problem == ""


def test_only_so_many_compute_at_a_time_and_who_waits_can_leave(jobs: Jobs, clock: Clock) -> None:
    busy = [Held(k) for k in range(AT_ONCE)]
    running = [jobs.watch(k, work(piece, about=str(k))) for k, piece in enumerate(busy)]
    assert all(piece.begun.wait(LONG) for piece in busy)
    late, left = Held(), Held()
    waits, leaves = work(late, about="late"), work(left, about="left")
    job, other = jobs.watch("late", waits), jobs.watch("left", leaves)
    assert (job.state, other.state) == ("waiting", "waiting")
    jobs.leave("left", leaves)
    assert ended(other).state == "stopped"
    assert not late.begun.is_set()
    for piece in (*busy, late):
        piece.let.set()
    assert [ended(each).state for each in (*running, job)] == ["done"] * (AT_ONCE + 1)
    assert left.calls == 0


def test_what_is_refused_to_one_session_is_not_to_another_and_counts_for_nobody(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(share, "MOST_OF_A_SESSION", 1)
    busy, waits, common = Held(), Held(), work(whole(int, 1), name="for all")
    jobs.watch(("greedy", 1), work(busy))
    jobs.watch(("greedy", 2), work(waits, name="next"))
    assert busy.begun.wait(LONG)
    job = jobs.watch(("greedy", 3), common)
    assert (job.state, job.problem.partition(" pieces")[0]) == ("failed", "This session has 1")
    assert jobs.watch(("greedy", 3), common).state == "failed", "it is tried again only when asked for"
    assert ended(jobs.watch(("modest", 1), common)).found == {0: 1}
    assert job.problem == ""
    jobs.gone("greedy")
    busy.let.set()
    assert ended(jobs.look(work(waits, name="next"))).state == "stopped", "a page that is left frees its place"
    assert waits.calls == 0


class Result:
    """Something that can be watched going away."""


def test_results_are_kept_and_their_number_is_bounded(jobs: Jobs) -> None:
    made: list[weakref.ref[Result]] = []

    def make(tell: Tell) -> Result:
        result = Result()
        made.append(weakref.ref(result))
        return result

    for k in range(20):
        ended(jobs.watch("me", work(make, about=str(k), kept=3)))
        ended(jobs.watch("me", work(make, about="the same", name="elsewhere", kept=3)))
    # A thread that has told of its end holds its job until it is gone.
    for thread in enumerate_threads():
        if thread.name.startswith("job: "):
            thread.join(LONG)
    gc.collect()
    # The last three of one name; the other name's was found once and is still there.
    assert len(made) == 21
    assert sum(each() is not None for each in made) == 4
    again = jobs.watch("me", work(make, about="19", kept=3))
    assert again.state == "done"
    assert again.found[0] is made[-1]()


def test_what_is_forgotten_stops_and_is_made_anew(jobs: Jobs) -> None:
    piece = Held(1)
    job = jobs.watch("one", work(piece))
    assert piece.begun.wait(LONG)
    jobs.forget(work(piece))
    jobs.forget(work(piece, about="never begun"))
    assert jobs.look(work(piece)) is not job
    piece.let.set()
    assert ended(job).state == "stopped"
    assert ended(jobs.watch("one", work(piece))).found == {0: 1}


def test_work_under_way_is_never_forgotten(jobs: Jobs) -> None:
    piece = Held(1)
    held = work(piece, about="held", kept=1)
    job = jobs.watch("me", held)
    for k in range(5):
        ended(jobs.watch("you", work(whole(int), about=str(k), kept=1)))
    assert jobs.look(held) is job
    piece.let.set()
    assert ended(job).state == "done"


def test_closing_stops_what_is_under_way_and_begins_nothing(jobs: Jobs) -> None:
    begun = Event()

    def endless(tell: Tell) -> None:
        while True:
            begun.set()
            tell(0.5)

    held = work(endless)
    job = jobs.watch("me", held)
    assert begun.wait(LONG)
    jobs.close(LONG)
    assert not [thread for thread in enumerate_threads() if thread.name == "job: sums" and thread.is_alive()]
    assert job.state == "stopped"
    assert jobs.watch("me", held).state == "stopped"


# A thread within torch when Python ends aborts the process, with a message of C++'s and a status of its own.
ENDS_EARLY = """
from threading import Event
from lstm_viz.analysis.fresh import fresh_module, random_inputs
from lstm_viz.analysis.gradients import gradients
from lstm_viz.ui.jobs import JOBS, Work
from lstm_viz.ui.share import AT_ONCE
module, inputs, begun = fresh_module("lstm", 64), random_inputs(200, 1).numpy(), Event()
def follow(tell):
    while True:
        gradients(module, inputs)
        begun.set()
        tell(0.0)
for about in range(AT_ONCE):
    JOBS.watch(about, Work("gradients", about, "Following gradients", {"all": follow}))
assert begun.wait(60)
"""


def test_a_process_ends_cleanly_with_a_job_under_way() -> None:
    ended = subprocess.run([sys.executable, "-c", ENDS_EARLY], capture_output=True, text=True, timeout=120, cwd=ROOT)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_many_threads_may_ask_at_the_same_time(jobs: Jobs) -> None:
    calls: list[int] = []
    pieces = [whole(calls.append, k) for k in range(50)]
    got: list[Job] = []
    askers = [Thread(target=lambda k=k: got.append(jobs.watch(k, work(*pieces)))) for k in range(16)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join(LONG)
    assert len(set(map(id, got))) == 1
    ended(got[0])
    assert calls == list(range(50))
