"""Who may do how much heavy work: places, turns, and that one session cannot have all. Time stands still."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest

from lstm_viz.ui import share as rules
from lstm_viz.ui.share import AT_ONCE, EACH, HEAVY, MOST_OF_A_SESSION, SLICE, Share
from lstm_viz.ui.way import Way
from tests.ui.toy_course import Clock

LONG = 60.0  # seconds after which a test gives up; none of them waits for time to pass


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def share(clock: Clock) -> Share:
    return Share(clock=clock, way=Way(clock), longest=LONG)


def test_one_session_has_one_place_and_the_others_come_in_turn(share: Share) -> None:
    greedy = [share.ask("greedy") for _ in range(3)]
    modest = [share.ask(f"modest {k}") for k in range(AT_ONCE)]
    begun = [place for place in (*greedy, *modest) if place.begun is not None]
    assert begun == [greedy[0], *modest[: AT_ONCE - 1]], "nobody waits behind a session that has its share"
    assert sum(place.whose == "greedy" for place in begun) == EACH
    assert [share.before(place) for place in (greedy[1], greedy[2], modest[-1])] == [0, 1, 2]
    share.leave(modest[0])
    assert [place.begun is None for place in (greedy[1], modest[-1])] == [True, False], (
        "it passes the greedy one's second"
    )
    share.leave(greedy[0])
    assert [place.begun is None for place in greedy[1:]] == [False, True]
    share.leave(greedy[2])
    assert share.before(greedy[2]) == 0, "who left waits no more"


def test_how_long_one_waits_is_measured(share: Share, clock: Clock) -> None:
    running = [share.ask(k) for k in range(AT_ONCE)]
    first, second = share.ask("a"), share.ask("b")
    assert share.expected(second) is None, "nothing has been measured yet"
    clock.now += 10
    share.leave(running[0])
    assert first.begun is not None
    assert share.expected(first) is None, "it does not wait"
    assert share.expected(second) == pytest.approx(10 / AT_ONCE)


def test_no_more_wait_than_can_be_served_and_it_is_said_how_many(share: Share, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = [share.ask("greedy") for _ in range(EACH + MOST_OF_A_SESSION)]
    with pytest.raises(ValueError, match=f"This session has {MOST_OF_A_SESSION} pieces of long work waiting"):
        share.ask("greedy")
    share.leave(kept.pop())
    kept.append(share.ask("greedy"))
    monkeypatch.setattr(rules, "MOST_WAITING", MOST_OF_A_SESSION)
    kept += [share.ask(f"modest {k}") for k in range(AT_ONCE - EACH)]
    with pytest.raises(ValueError, match=f"{MOST_OF_A_SESSION} pieces of long work wait for their turn on this server"):
        share.ask("another")


@contextmanager
def wanting(share: Share, order: list[str], name: str, many: int, **how: bool) -> Iterator[None]:
    """A thread that wants to compute while the block runs; `many`: how many want to by then."""

    def compute() -> None:
        with share.slices(name, **how):
            order.append(name)

    thread = Thread(target=compute)
    thread.start()
    while len(share._wanting) < many:
        assert thread.is_alive()
    yield
    thread.join(LONG)
    assert not thread.is_alive()


def test_one_computes_at_a_time_and_who_had_least_is_next(share: Share, clock: Clock) -> None:
    order: list[str] = []
    with share.slices("greedy"):
        clock.now += 5
    first = share.slices("another")
    with first, wanting(share, order, "greedy", 1), wanting(share, order, "modest", 2):
        assert order == []
        first.__exit__()
    assert order == ["modest", "greedy"]


def test_what_a_session_had_is_not_held_against_it_for_ever(share: Share, clock: Clock) -> None:
    for _ in range(3):
        with share.slices("greedy"):
            clock.now += 5
    order: list[str] = []
    first = share.slices("greedy")
    with first, wanting(share, order, "greedy, too", 1), wanting(share, order, "greedy, three", 2):
        first.__exit__()
    assert order == ["greedy, too", "greedy, three"], "who came first, of those who had the same"
    assert len(share._had) < 3, "and nothing is kept of those who want nothing"


def test_a_slice_is_cut_only_when_it_was_long_enough(share: Share, clock: Clock) -> None:
    order: list[str] = []
    with share.slices("long") as slices, wanting(share, order, "other", 1):
        clock.now += SLICE / 2
        slices.pause()
        assert order == []
        clock.now += SLICE
        slices.pause()
        assert order == ["other"]


def test_who_is_being_answered_goes_first_and_heavy_work_waits(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "GIVES_WAY", LONG)
    way, begun = Way(clock), Event()
    share = Share(clock=clock, way=way)

    def compute() -> None:
        with share.slices("me"):
            begun.set()

    with way.answering("a reader"):
        thread = Thread(target=compute)
        thread.start()
        while share._computing is None:
            assert thread.is_alive()
        assert not begun.is_set()
    thread.join(LONG)
    assert begun.is_set()


def test_a_session_whose_answers_take_long_waits_its_turn_with_the_next(share: Share) -> None:
    share.answer_begins("light")
    share.answer_ends("light", HEAVY / 2)
    share.answer_begins("heavy")
    assert share._computing is None, "nobody knew"
    share.answer_ends("heavy", 2 * HEAVY)
    share.answer_begins("light")
    share.answer_begins("heavy")
    order: list[str] = []
    with wanting(share, order, "other", 1):
        assert order == []
        with share.slices("heavy"):
            order.append("its own")
        share.answer_ends("heavy", HEAVY / 2)
    assert order == ["its own", "other"]
    share.answer_begins("heavy")
    assert share._computing is None, "it is light again"
    share.answer_ends("heavy", 2 * HEAVY)
    share.answer_begins("heavy")
    share.answer_begins("heavy")
    share.answer_ends("heavy", 0.0)
    assert share._computing is None, "an answer that never came does not keep the others waiting"
    assert not share._costs


def test_it_is_idle_while_nobody_computes(share: Share) -> None:
    seen = [share.idle]
    with share.slices("one"):
        seen.append(share.idle)
    assert [*seen, share.idle] == [True, False, True]
