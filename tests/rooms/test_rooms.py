"""The rules of a room, over a store in memory and one in Redis, which two processes may ask at the same time."""

import hmac
import json
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from lstm_viz.rooms import (
    Memory,
    NoRoom,
    NotTheLecturer,
    NotYet,
    Now,
    Rooms,
    Store,
    TooLate,
    TooMany,
    Unreachable,
    Wrong,
    here,
)
from lstm_viz.rooms import rooms as rules
from lstm_viz.rooms.codes import EXAMPLE, LENGTH, LETTERS, NOT, new_code, read_code
from lstm_viz.rooms.here import VARIABLE
from lstm_viz.rooms.pace import Pace
from lstm_viz.rooms.picture import squares
from lstm_viz.rooms.predictions import LARGEST, LONGEST, why_not
from lstm_viz.rooms.shared import PREFIX, Shared
from lstm_viz.ui.bridge import rooms as bridge
from tests.rooms.questions import CHOOSE, CLICK, DRAW, KINDS, NEVER, NUMBER, RIGHT, TRUTH

NewStore = Callable[[], Store]


def browser(k: int) -> str:
    return f"browser-number-{k:05}"


def test_a_room_from_its_opening_to_its_end(new_store: NewStore) -> None:
    lecturer, phones = Rooms(new_store()), Rooms(new_store())
    opened = lecturer.open(CHOOSE, 2)
    code = opened.code
    assert phones.now(code) == Now(1, 0, False)
    assert phones.question(code) == (Now(1, 0, False), {"asked": CHOOSE})
    assert phones.store.count() == 1
    phones.answer(code, 1, browser(1), 0)
    phones.answer(code, 1, browser(2), 1)
    phones.answer(code, 1, browser(1), 2)
    assert phones.now(code) == lecturer.now(code) == Now(1, 2, False)
    assert (phones.own(code, browser(1)), phones.own(code, browser(3))) == (2, None)
    with pytest.raises(NotYet):
        lecturer.results(code, opened.secret)
    lecturer.reveal(code, opened.secret, 1)
    assert phones.question(code) == (Now(1, 2, True), {"asked": CHOOSE, "truth": 2})
    assert sorted(lecturer.results(code, opened.secret)) == [1, 2]
    for given in (browser(1), browser(9)):
        with pytest.raises(TooLate, match="came too late"):
            phones.answer(code, 1, given, 0)

    lecturer.ask(code, opened.secret, NUMBER, 0.91)
    assert phones.question(code) == (Now(2, 0, False), {"asked": NUMBER})
    assert phones.own(code, browser(1)) is None
    with pytest.raises(TooLate, match="another question"):
        phones.answer(code, 1, browser(1), 0)
    with pytest.raises(TooLate, match="another question"):
        lecturer.reveal(code, opened.secret, 1)
    phones.answer(code, 2, browser(1), 0.25)

    lecturer.close(code, opened.secret)
    for act in (phones.now, phones.question, lambda code: phones.answer(code, 2, browser(1), 0.5)):
        with pytest.raises(NoRoom, match=code):
            act(code)
    assert phones.store.count() == 0
    assert phones.own(code, browser(1)) is None


def test_only_the_lecturer_reveals_closes_asks_and_sees(new_store: NewStore, monkeypatch: pytest.MonkeyPatch) -> None:
    rooms = Rooms(new_store())
    opened, other = rooms.open(CHOOSE, 2), rooms.open(NUMBER, 0.5)
    compared: list[tuple[bytes, bytes]] = []

    def compare(a: bytes, b: bytes) -> bool:
        compared.append((a, b))
        return hmac.compare_digest(a, b)

    monkeypatch.setattr(rules, "compare_digest", compare)
    for wrong in ("", other.secret, opened.secret[:-1], opened.secret + "a", opened.code, "\udcff"):
        for act in (
            lambda secret: rooms.reveal(opened.code, secret, 1),
            lambda secret: rooms.close(opened.code, secret),
            lambda secret: rooms.results(opened.code, secret),
            lambda secret: rooms.ask(opened.code, secret, NUMBER, 0.5),
        ):
            with pytest.raises(NotTheLecturer):
                act(wrong)
    assert len(compared) == 6 * 4
    assert all(len(a) == len(b) == 32 for a, b in compared), "digests, of one length whatever was sent"
    assert rooms.now(opened.code) == Now(1, 0, False)
    code = next(made for made in iter(new_code, "") if made not in (opened.code, other.code))
    with pytest.raises(NoRoom):
        rooms.close(code, opened.secret)
    assert len(compared) == 6 * 4 + 1, "a room that is not there takes the same time"
    assert opened.secret != other.secret
    assert len(opened.secret) >= 32


@pytest.mark.parametrize(("asked", "right"), RIGHT, ids=lambda value: value["kind"] if isinstance(value, dict) else "")
def test_answers_are_those_of_the_question(asked: dict[str, Any], right: list[Any], new_store: NewStore) -> None:
    rooms = Rooms(new_store())
    opened = rooms.open(asked, TRUTH[asked["kind"]])
    for given in right:
        rooms.answer(opened.code, 1, browser(1), given)
        assert rooms.own(opened.code, browser(1)) == given
    for given in NEVER:
        with pytest.raises(Wrong, match=r"no answer to this question|curve is empty"):
            rooms.answer(opened.code, 1, browser(2), given)
    for wrong in ("", "short", "a" * 65, "with spaces in between", "<script>alert(1)</script>", None, 3):
        with pytest.raises(Wrong, match="which it is"):
            rooms.answer(opened.code, 1, wrong, right[0])  # type: ignore[arg-type]
    assert rooms.now(opened.code).answers == 1


def test_what_no_room_asks(new_store: NewStore) -> None:
    rooms = Rooms(new_store())
    assert [why_not(asked) for asked in KINDS] == [""] * len(KINDS)
    many = [str(k) for k in range(LONGEST + 1)]
    for asked, why in (
        ({"kind": "find", "prompt": "Where?", "what": "step"}, "looked for"),
        (DRAW | {"labels": many}, "201"),
        (CLICK | {"units": list(range(LONGEST + 1))}, "201"),
        (CHOOSE | {"prompt": "é" * LARGEST}, "32,768 bytes"),
    ):
        with pytest.raises(Wrong, match=why):
            rooms.open(asked, 0)


def test_a_room_takes_so_many_answers_and_a_store_so_many_rooms(new_store: NewStore) -> None:
    rooms = Rooms(new_store(), most_answers=2, most_rooms=2)
    opened = rooms.open(CHOOSE, 2)
    rooms.answer(opened.code, 1, browser(1), 0)
    rooms.answer(opened.code, 1, browser(2), 0)
    with pytest.raises(TooMany, match="2 answers"):
        rooms.answer(opened.code, 1, browser(3), 0)
    rooms.answer(opened.code, 1, browser(2), 1)
    rooms.reveal(opened.code, opened.secret, 1)
    assert rooms.results(opened.code, opened.secret) == [0, 1]
    rooms.open(CHOOSE, 2)
    with pytest.raises(TooMany, match="2 rooms"):
        rooms.open(CHOOSE, 2)
    rooms.close(opened.code, opened.secret)
    rooms.open(CHOOSE, 2)


def test_answers_and_the_reveal_race_for_the_last_places(new_store: NewStore) -> None:
    """Of 40 that answer at once through two processes, as many are in as there is room for; none after the reveal."""
    halves = [Rooms(new_store(), most_answers=25) for _ in range(2)]
    opened = halves[0].open(CHOOSE, 2)
    ready = threading.Barrier(8)

    def answer(some: range) -> list[bool]:
        ready.wait()
        done = []
        for k in some:
            try:
                halves[k % 2].answer(opened.code, 1, browser(k), k % 3)
                done.append(True)
            except (TooMany, TooLate):
                done.append(False)
        return done

    with ThreadPoolExecutor(8) as pool:
        counted = sum(sum(done) for done in pool.map(answer, [range(k, k + 5) for k in range(0, 40, 5)]))
    assert counted == halves[1].now(opened.code).answers == 25

    rooms = Rooms(new_store())
    opened = rooms.open(CHOOSE, 2)
    ready, first = threading.Barrier(8), threading.Event()

    def reveal() -> list[bool]:
        ready.wait()
        first.wait()
        rooms.reveal(opened.code, opened.secret, 1)
        seen.append(rooms.results(opened.code, opened.secret))
        return []

    def answer_on(some: range) -> list[bool]:
        ready.wait()
        done = []
        for k in some:
            try:
                halves[k % 2].answer(opened.code, 1, browser(k), k % 3)
                done.append(True)
                first.set()
            except TooLate:
                done.append(False)
        return done

    seen: list[list[Any]] = []
    with ThreadPoolExecutor(8) as pool:
        revealing = pool.submit(reveal)
        kept = sum(sum(done) for done in pool.map(answer_on, [range(k, k + 3) for k in range(0, 21, 3)]))
        revealing.result()
    assert len(seen[0]) == kept == len(rooms.results(opened.code, opened.secret)), (
        "what was told kept is in, nothing else"
    )


def test_a_room_ends_by_itself_and_nothing_of_it_stays(redis_url: str) -> None:
    now = 0.0
    rooms = Rooms(Memory(lambda: now), most_rooms=1)
    opened = rooms.open(CHOOSE, 2)
    rooms.answer(opened.code, 1, browser(1), 0)
    now = rules.LIFE - 1
    assert rooms.now(opened.code).answers == 1
    now = rules.LIFE
    with pytest.raises(NoRoom):
        rooms.now(opened.code)
    rooms.open(CHOOSE, 2)

    prefix = "test:ends"
    with Redis.from_url(redis_url) as redis:
        rooms = Rooms(Shared(redis_url, prefix), most_rooms=1)
        opened = rooms.open(CHOOSE, 2)
        rooms.answer(opened.code, 1, browser(1), 0)
        keys = list(redis.scan_iter(f"{prefix}*"))
        assert len(keys) == 3
        ends = [redis.pttl(key) for key in keys]
        assert all(1000 * rules.LIFE - 600_000 < end <= 1000 * rules.LIFE for end in ends), ends
        rooms.ask(opened.code, opened.secret, NUMBER, 0.5)
        rooms.answer(opened.code, 2, browser(1), 0.5)
        assert all(redis.pttl(key) <= end for key, end in zip(keys, ends, strict=True)), "a question prolongs nothing"
        rooms.close(opened.code, opened.secret)
        assert list(redis.scan_iter(f"{prefix}*")) == []

        rooms = Rooms(Shared(redis_url, prefix), life=0.2, most_rooms=1)
        opened = rooms.open(CHOOSE, 2)
        give_up = time.monotonic() + 60
        while list(redis.scan_iter(f"{prefix}*")) and time.monotonic() < give_up:
            time.sleep(0.02)
        with pytest.raises(NoRoom):
            rooms.now(opened.code)
        rooms.open(CHOOSE, 2)


def test_a_browser_goes_by_another_name_in_every_room(redis_url: str) -> None:
    rooms = Rooms(Shared(redis_url, "test:names"))
    first, second = rooms.open(CHOOSE, 2), rooms.open(CHOOSE, 2)
    with Redis.from_url(redis_url) as redis:
        for opened in (first, second):
            rooms.answer(opened.code, 1, browser(1), 1)
        names = [redis.hkeys(f"test:names:{opened.code}:answers")[0] for opened in (first, second)]
        kept = json.dumps([redis.hgetall(key).__repr__() for key in redis.scan_iter("test:names:*")])
    assert names[0] != names[1]
    assert browser(1) not in kept
    assert first.secret not in kept


def test_a_redis_that_does_not_answer_is_told_of_in_a_sentence(tmp_path: Any) -> None:
    store = Shared(f"unix://{tmp_path}/none.sock")
    rooms = Rooms(store)
    for act in (
        store.reach,
        lambda: rooms.open(CHOOSE, 2),
        lambda: rooms.now("KTRM"),
        lambda: rooms.close("KTRM", "x"),
    ):
        with pytest.raises(Unreachable, match="does not answer"):
            act()
    with pytest.raises(Unreachable, match=r"expected an address such as redis://host"):
        Shared("localhost")


def test_codes_can_be_read_typed_and_shown() -> None:
    codes = {new_code() for _ in range(3000)}
    assert len(codes) > 2500
    assert all(len(set(code)) == LENGTH and set(code) <= set(LETTERS) and not NOT.search(code) for code in codes)
    assert not set(LETTERS) & set("AEIOUYLQVG0123456789")
    assert all(read_code(code) == code for code in codes)
    assert [read_code(typed) for typed in ("ktrm", " KT-rm ", "K T R M")] == [EXAMPLE] * 3
    assert not any(
        map(read_code, ("", "KTR", "KTRMM", "KTRA", "KTR1", "../..", "кtrm", "K" * 99, None, 4, "KTR\u0130"))
    )


def test_the_picture_of_an_address() -> None:
    rows = squares("https://any.host:8501/lstm/room/KTRM")
    assert len(rows) == len(rows[0]) >= 21
    assert set("".join(rows)) == {"0", "1"}
    assert [row[:7] for row in rows[:3]] == ["1111111", "1000001", "1011101"], "the eye in its corner"
    for wrong in (
        "",
        "room/KTRM",
        "javascript:alert(1)//room/KTRM",
        "https://any.host/room/ktrm",
        "https://[/room/KTRM",
    ):
        with pytest.raises(Wrong, match="not the address of a room"):
            squares(wrong)
    for wrong in (f"https://any.host/{'a' * 300}/room/KTRM", "https://änÿ.host/room/KTRM"):
        with pytest.raises(Wrong, match="too long"):
            squares(wrong)


def test_a_pace_is_so_many_at_once_and_so_many_a_second() -> None:
    now = 0.0
    pace = Pace(3, 2, lambda: now)
    assert [pace.take("a") for _ in range(4)] == [True, True, True, False]
    assert pace.take("b")
    now = 1.0
    assert [pace.take("a") for _ in range(3)] == [True, True, False]
    now = 100.0
    assert [pace.take("a") for _ in range(4)] == [True, True, True, False]


def test_the_bounds_are_those_that_the_documents_name() -> None:
    text = (Path(__file__).parents[2] / "docs" / "rooms.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| (.+?) \| (.+?) \|$", text, re.MULTILINE))
    assert told["answers in a room"] == str(rules.MOST_ANSWERS)
    assert told["rooms at a time"] == str(rules.MOST_ROOMS)
    assert told["life of a room"] == f"{rules.LIFE / 3600:g} hours from its opening"
    assert told["a question"] == f"{LONGEST} places or points, {LARGEST / 1024:g} kB"
    assert told["what a telephone may send at a time"] == f"{bridge.LARGEST / 1024:g} kB"
    assert told["requests from one address"] == f"{bridge.AT_ONCE:,} at once, {bridge.A_SECOND} a second"
    assert f"`{PREFIX}`" in text
    assert f"{VARIABLE}=redis://" in text


def test_a_server_has_its_rooms_where_the_variable_says(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def server(url: str) -> Rooms:
        """What a process that is started so has."""
        monkeypatch.setenv(VARIABLE, url)
        monkeypatch.setattr(here, "_unreachable", (0.0, ""))
        here.rooms.cache_clear()
        return here.rooms()

    try:
        one, other = server(redis_url), server(redis_url)
        opened = one.open(CHOOSE, 2)
        assert one is not other
        assert other.now(opened.code) == Now(1, 0, False)
        assert here.why_none() == ""
        one.close(opened.code, opened.secret)
        with pytest.raises(NoRoom):
            server("").now(opened.code)
        assert here.why_none() == ""
        server("redis://127.0.0.1:1/0")
        assert "does not answer" in here.why_none()
        with pytest.raises(Unreachable, match="names no Redis"):
            server("any.host")
        assert "names no Redis" in here.why_none()
    finally:
        here.rooms.cache_clear()
