"""Training beside the pages: turns, places, limits, and that nobody's page waits. No browser, and time stands still."""

import gc
from threading import Event, Thread

import pytest

from lstm_viz.ui import trainings
from lstm_viz.ui.courses import Training
from lstm_viz.ui.share import Share
from lstm_viz.ui.trainings import MOST_SECONDS, PATIENCE, TURN, Trainings
from lstm_viz.ui.way import LONGEST, Way
from tests.ui.toy_course import Clock, Toy


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def room(clock: Clock) -> Trainings:
    return Trainings(clock=clock, share=Share(clock=clock, way=Way(clock)), threaded=False)


def turns(room: Trainings, count: int, *seen: Training) -> None:
    for _ in range(count):
        for each in seen:
            room.look(each)
        assert room.turn()


def test_two_are_trained_at_a_time_and_others_see_their_place(room: Trainings, clock: Clock) -> None:
    first, second, _, fourth = all_four = [room.begin([Toy(clock)]) for _ in range(4)]
    assert [each.state for each in all_four] == ["running", "running", "waiting", "waiting"]
    assert [room.before(each) for each in all_four] == [0, 0, 0, 1]
    turns(room, 10, *all_four)
    assert [each.courses[0].update for each in all_four] == [5, 5, 0, 0], "each in its turn"
    room.pause(first)
    assert [each.state for each in all_four] == ["paused", "running", "running", "waiting"]
    turns(room, 4, *all_four)
    assert [each.courses[0].update for each in all_four] == [5, 7, 2, 0]
    room.go_on(first)
    assert (first.state, room.before(first), room.before(fourth)) == ("waiting", 1, 0)
    room.stop(second)
    assert [each.state for each in all_four] == ["waiting", "stopped", "running", "running"]
    assert second.news[0].update == 7
    assert second.news[0].weights["w"][0] == 7


def test_a_race_goes_from_update_to_update_together_and_needs_both_places(room: Trainings, clock: Clock) -> None:
    alone, race = room.begin([Toy(clock)]), room.begin([Toy(clock, "a"), Toy(clock, "b")])
    late = room.begin([Toy(clock)])
    assert [alone.state, race.state, late.state] == ["running", "waiting", "waiting"], "nobody passes a race"
    room.stop(alone)
    assert [race.state, late.state] == ["running", "waiting"]
    for _ in range(7):
        turns(room, 1, race, late)
        assert abs(race.courses[0].update - race.courses[1].update) <= 1
    assert race.plans == ("a", "b")


def test_one_lane_of_a_race_may_end_before_the_other(room: Trainings, clock: Clock) -> None:
    race = room.begin([Toy(clock, updates=2), Toy(clock, updates=5)])
    turns(room, 7, race)
    assert (race.state, [each.update for each in race.news]) == ("finished", [2, 5])
    assert not room.turn(), "there is nothing left to train"
    room.go_on(race)
    assert race.state == "finished"


def test_nobody_who_looks_is_nobody_to_train_for_and_looking_goes_on(room: Trainings, clock: Clock) -> None:
    left, seen = room.begin([Toy(clock)]), room.begin([Toy(clock)])
    turns(room, 4, left, seen)
    clock.now += PATIENCE - 0.1
    turns(room, 6, seen)
    assert (left.state, left.courses[0].update < 5, seen.state) == ("resting", True, "running")
    room.look(left)
    assert left.state == "running"
    turns(room, 2, left, seen)
    assert left.courses[0].update >= 3


def test_others_have_their_turn_and_nobody_trains_without_end(room: Trainings, clock: Clock) -> None:
    many = [room.begin([Toy(clock, updates=100_000)]) for _ in range(3)]
    assert room.expected(many[2]) is None, "nothing was measured yet"
    turns(room, int(2 * TURN / 0.1) + 4, *many)
    waits = next(each for each in many if each.state == "waiting")
    assert room.expected(waits) == pytest.approx(2 * TURN / 2, rel=0.1), "two take turns of the same thread"
    assert all(each.courses[0].update for each in many), "the third did not wait for the others' end"
    room.stop(many[1])
    room.stop(many[2])
    while many[0].state == "running":
        turns(room, 1, many[0])
    assert many[0].seconds == pytest.approx(MOST_SECONDS, abs=0.2)
    assert many[0].state == "paused"
    assert "5 minutes" in many[0].said
    room.go_on(many[0])
    assert (many[0].state, many[0].said) == ("running", "")


def test_back_through_its_own_time_line_and_on_from_there(room: Trainings, clock: Clock) -> None:
    training = room.begin([Toy(clock)])
    turns(room, 35, training)
    number = training.number
    room.rewind(training, 18)
    assert (training.state, training.courses[0].update, training.news[0].update) == ("paused", 20, 20)
    assert training.news[0].kept == (0, 10, 20)
    assert training.number > number
    room.set_rate(training, 0.5)
    with pytest.raises(ValueError, match="is not above 0"):
        room.set_rate(training, -1)
    room.go_on(training)
    turns(room, 5, training)
    assert (training.courses[0].update, training.courses[0].rate) == (25, 0.5)


def test_news_are_as_many_as_an_eye_sees_and_gradients_fewer(room: Trainings, clock: Clock) -> None:
    training = room.begin([Toy(clock)])
    turns(room, 30, training)
    assert 25 <= training.number <= 30, "a tenth of a second each"
    assert training.news[0].gradients[0] >= 20, "one a second"
    assert training.news[0].gradients[0] < training.news[0].update


def test_what_breaks_is_said_and_leaves_the_others_alone(room: Trainings, clock: Clock) -> None:
    broken, whole = room.begin([Toy(clock, breaks_at=2)]), room.begin([Toy(clock)])
    turns(room, 8, broken, whole)
    assert broken.state == "failed"
    assert "log" in broken.said
    assert broken.news[0].update == 2
    assert (whole.state, whole.courses[0].update) == ("running", 5)


def test_a_secret_finds_one_training_and_the_session_takes_it_along(room: Trainings, clock: Clock) -> None:
    training = room.begin([Toy(clock)], paused=True)
    assert training.state == "paused"
    assert room.find(training.secret) is training
    assert room.find(training.secret[:-1]) is None
    assert len(training.secret) > 40
    secret = training.secret
    del training
    gc.collect()
    assert room.find(secret) is None, "nothing but the session keeps it"


def test_there_is_an_end_to_memory_and_to_the_queue(
    room: Trainings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainings, "TOTAL", 100)
    kept = room.begin([Toy(clock)])
    with pytest.raises(ValueError, match="no room for another training"):
        [room.begin([Toy(clock)], paused=True) for _ in range(3)]
    monkeypatch.setattr(trainings, "TOTAL", 10_000)
    monkeypatch.setattr(trainings, "MOST_WAITING", 1)
    more = [room.begin([Toy(clock)]) for _ in range(2)]
    with pytest.raises(ValueError, match="1 trainings wait for their turn already"):
        room.begin([Toy(clock)])
    assert [each.state for each in (kept, *more)] == ["running", "running", "waiting"]


def test_training_lets_whoever_is_answered_go_first_but_not_for_ever(clock: Clock) -> None:
    way = Way(clock)
    found = [way.clear]
    way.begin("a")
    with way.answering("b"):
        found.append(way.clear)
    found.append(way.clear)
    clock.now += LONGEST + 0.1
    found.append(way.clear)
    assert found == [True, False, False, True], "an answer that never ends counts for a while"
    passed = Event()
    with way.answering("c"):

        def wait() -> None:
            way.wait(60)
            passed.set()

        waits = Thread(target=wait)
        waits.start()
        assert not passed.is_set()
    waits.join(60)
    assert passed.is_set()


def test_a_thread_trains_and_ends() -> None:
    clock = Clock()
    room = Trainings(clock=clock, share=Share(clock=clock, way=Way(clock)))
    training = room.begin([Toy(clock, updates=20)])
    ended = Event()

    def look() -> None:
        while training.state == "running":
            room.look(training)
        ended.set()

    Thread(target=look, daemon=True).start()
    assert ended.wait(60)
    assert training.state == "finished"
    room.close()
    assert room.begin([Toy(clock)]).state == "running"
    assert training.courses[0].update == 20
