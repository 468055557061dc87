"""Whole pages and answers are run a few at a time, and none waits for ever."""

from threading import Barrier, Event, Lock, Thread

import pytest

from lstm_viz.ui import turns
from lstm_viz.ui.turns import Turns, in_turn


def test_no_more_than_a_few_at_once_and_all_in_the_end() -> None:
    turns, lock = Turns(at_once=2, longest=60), Lock()
    inside, most, done = 0, 0, []
    both = Barrier(2)

    def run(k: int) -> None:
        nonlocal inside, most
        with turns.turn():
            with lock:
                inside += 1
                most = max(most, inside)
            both.wait(60)
            with lock:
                inside -= 1
                done.append(k)

    threads = [Thread(target=run, args=(k,)) for k in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(done) == list(range(8))
    assert most == 2


def test_one_that_is_stopped_gives_its_turn_back() -> None:
    turns = Turns(at_once=1, longest=60)
    with pytest.raises(KeyError), turns.turn():
        raise KeyError
    with turns.turn():
        pass


def test_one_that_holds_its_turn_for_too_long_holds_up_nobody() -> None:
    turns, ended = Turns(at_once=1, longest=0.01), Event()

    def run() -> None:
        with turns.turn():
            ended.set()

    with turns.turn():
        other = Thread(target=run)
        other.start()
        assert ended.wait(60)
        other.join()
    with turns.turn():
        pass


def test_answers_are_given_a_few_at_a_time_and_a_part_keeps_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "ANSWERS", Turns(at_once=1, longest=60))
    taken, seen = Event(), []

    def live() -> None:
        seen.append(taken.wait(0.01))

    part = in_turn(live)
    assert (part.__module__, part.__qualname__) == (live.__module__, live.__qualname__)  # by which Streamlit knows it
    other = Thread(target=part)
    with turns.ANSWERS.turn():
        other.start()
        assert seen == []
        taken.set()
    other.join(60)
    assert seen == [True]
    part()
    assert len(seen) == 2


def test_a_part_within_another_waits_for_no_turn_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "ANSWERS", Turns(at_once=1, longest=60))
    done = Event()
    inner = Thread(target=in_turn(in_turn(done.set)))
    inner.start()
    assert done.wait(30)
    inner.join(60)
    # The turn was given back, and once.
    again = Thread(target=in_turn(done.clear))
    again.start()
    again.join(30)
    assert not done.is_set()
