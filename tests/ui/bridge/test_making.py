"""What is taken away is made beside the pages: told how far it is, queued, stopped, given once, and nobody else's."""

import gc
import weakref
from collections.abc import Iterator, Mapping
from threading import Event
from typing import Any, cast

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lstm_viz.ui.bridge import components, making, served
from lstm_viz.ui.jobs import Jobs, Stopped, Tell
from lstm_viz.ui.share import AT_ONCE, Share
from lstm_viz.ui.taking.taken import Taken
from lstm_viz.ui.taking.taking import Taking
from lstm_viz.ui.views import chosen

LONG = 30.0  # seconds after which a test gives up; none of them waits for time to pass


class Numbers:
    """Numbers whose file is made only as far as a test lets it."""

    def __init__(self, content: bytes = b"x\n", *, held: bool = False) -> None:
        self.content, self.times = content, 0
        self.begun, self.let, self.over = Event(), Event(), Event()
        self.stopped = False
        if not held:
            self.let.set()

    def to_csv(self, tell: Tell) -> tuple[bytes, str]:
        tell(0.25)
        self.times += 1
        try:
            self.begun.set()
            assert self.let.wait(LONG)
            tell(0.75)
        except Stopped:
            self.stopped = True
            raise
        finally:
            self.over.set()
        return self.content, ""

    def taking(self) -> Taking:
        return Taking("view", lambda: cast("Taken", self), lambda theme: f"{theme}\n")


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Jobs]:
    made = Jobs(share=Share(longest=0))
    monkeypatch.setattr(making, "JOBS", made)
    monkeypatch.setattr(making, "SOON", -1.0)
    yield made
    made.close(0)


@pytest.fixture
def be(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Go on as another session, which has its own state."""
    states: dict[str, dict[str, Any]] = {}

    def as_(name: str) -> dict[str, Any]:
        state = states.setdefault(name, {"lv_session": name})
        monkeypatch.setattr(streamlit, "session_state", state)
        return state

    as_("one")
    return as_


def csv(number: str = "1") -> dict[str, str]:
    return {"id": number, "kind": "csv", "theme": "light"}


def ask(numbers: Numbers, asked: Mapping[str, Any]) -> tuple[Any, bytes]:
    given, file = making.answer(numbers.taking(), asked)
    return given, file


def made(numbers: Numbers, asked: Mapping[str, Any], jobs: Jobs) -> tuple[Any, bytes]:
    """Ask, and again once it is made."""
    ask(numbers, asked)
    about = streamlit.session_state["lv_session"], asked["id"]
    assert jobs._jobs["take", about].ended.wait(LONG)
    return ask(numbers, asked)


def test_a_file_that_is_soon_made_comes_with_the_first_answer_and_twice_it_is_the_same(
    jobs: Jobs, be: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "SOON", LONG)
    numbers = Numbers(b"a file")
    given, file = ask(numbers, csv())
    assert (given["id"], given["name"], given["made"], file) == ("1", "view.csv", True, b"a file")
    assert ask(numbers, csv()) == (given, file)
    assert not jobs._jobs, "nothing is kept of it"


def test_what_was_made_is_kept_until_the_browser_has_it(jobs: Jobs, be: Any) -> None:
    numbers = Numbers(b"a file")
    given, file = made(numbers, csv(), jobs)
    assert (given["id"], given["name"], given["made"], file) == ("1", "view.csv", True, b"a file")
    assert ask(numbers, csv()) == (given, file)
    assert numbers.times == 1
    assert ask(numbers, {}) == (None, b"")
    assert ask(numbers, csv()) == (given, file), "another message does not say that the browser has it"
    assert ask(numbers, {"id": "1", "leave": True}) == (None, b"")
    assert not jobs._jobs, "and this one does"


def test_the_browser_is_told_how_far_it_is_and_the_view_may_change_meanwhile(jobs: Jobs, be: Any) -> None:
    numbers, later = Numbers(b"as it was", held=True), Numbers(b"as it is now")
    ask(numbers, csv())
    assert numbers.begun.wait(LONG)
    given, file = ask(later, csv())
    assert (given["made"], given["share"], given["turn"], given["name"], file) == (False, 0.25, "", "", b"")
    assert ask(later, {}) == (None, b""), "what is typed meanwhile does not stop it"
    numbers.let.set()
    assert made(later, csv(), jobs)[1] == b"as it was"


def test_it_is_stopped_and_nothing_of_it_is_kept(jobs: Jobs, be: Any) -> None:
    numbers = Numbers(held=True)
    ask(numbers, csv())
    assert numbers.begun.wait(LONG)
    assert ask(numbers, {"id": "another", "leave": True}) == (None, b"")
    assert jobs._jobs, "that was of another one"
    ask(numbers, {"id": "1", "leave": True})
    assert not jobs._jobs
    numbers.let.set()
    assert numbers.over.wait(LONG)
    assert numbers.stopped


def test_it_waits_for_its_turn_and_says_how_many_come_first(jobs: Jobs, be: Any) -> None:
    others = [Numbers(held=True) for _ in range(AT_ONCE + 1)]
    for k, each in enumerate(others):
        be(f"other {k}")
        ask(each, csv())
    be("one")
    numbers = Numbers()
    given, _ = ask(numbers, csv())
    assert (given["made"], given["turn"]) == (False, "1 other comes first.")
    for each in others:
        each.let.set()
    assert made(numbers, csv(), jobs)[1] == b"x\n"


def test_a_failure_is_said_in_a_sentence(jobs: Jobs, be: Any, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Numbers):
        def to_csv(self, tell: Tell) -> tuple[bytes, str]:
            raise RuntimeError("within")

    given, file = made(Broken(), csv(), jobs)
    assert (given["made"], given["name"], file) == (True, "", b"")
    assert given["note"] == "This did not work: making Numbers, CSV. The server's log says why."
    assert made(Numbers(), csv("2"), jobs)[1] == b"x\n", "asked for anew it is tried anew"


def test_no_session_has_another_s_file_whatever_it_asks_for(jobs: Jobs, be: Any) -> None:
    be("one")
    assert made(Numbers(b"mine"), csv(), jobs)[1] == b"mine"
    be("two")
    given, file = ask(Numbers(b"theirs", held=True), csv())
    assert (given["made"], file) == (False, b"")
    ask(Numbers(), {"id": "1", "leave": True})
    be("one")
    assert ask(Numbers(b"changed"), csv())[1] == b"mine"


def test_of_a_session_there_is_the_last_file_and_none_after_its_end(jobs: Jobs, be: Any) -> None:
    first = Numbers(held=True)
    ask(first, csv())
    assert first.begun.wait(LONG)
    ask(Numbers(), csv("2"))
    assert [job.work.about for job in jobs._jobs.values()] == [("one", "2")]
    first.let.set()
    assert first.over.wait(LONG)
    assert first.stopped
    assert made(Numbers(), csv("2"), jobs)[1] == b"x\n"
    numbers = Numbers()
    was = weakref.ref(numbers)
    made(numbers, csv("3"), jobs)
    del numbers
    be("one").clear()
    gc.collect()
    assert (was(), len(jobs._jobs)) == (None, 0)


def test_what_is_short_is_made_at_once(jobs: Jobs, be: Any) -> None:
    given, file = ask(Numbers(), {"id": "1", "kind": "py", "theme": "dark"})
    assert (given["made"], given["name"], file) == (True, "view.py", b"dark\n")
    assert not jobs._jobs


def test_beside_its_session_it_has_the_networks_that_are_its_reader_s_own(
    jobs: Jobs, be: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    own: list[Any] = ["an upload"]
    monkeypatch.setattr(chosen, "_own", {"yours": lambda: streamlit.session_state["own"]})
    be("one")["own"] = own
    found = list[Any]()

    class Asking(Numbers):
        def to_csv(self, tell: Tell) -> tuple[bytes, str]:
            tell(0.0)
            found.extend(chosen.own_sources())
            return b"x\n", ""

    asking = Asking()
    ask(asking, csv())
    be("nobody")["own"] = []
    be("one")
    made(asking, csv(), jobs)
    assert found == own


def test_a_large_file_is_fetched_by_itself_until_the_browser_has_it(
    jobs: Jobs, be: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(components, "from_files", lambda: True)
    content = b"9" * making.LARGE
    given, file = made(Numbers(content), csv(), jobs)
    address = given["address"]
    assert (given["made"], given["name"], file) == (True, "view.csv", b"")
    assert ask(Numbers(), csv()) == (given, b""), "given twice, it is at the same place"
    client = TestClient(Starlette(routes=served.routes("")))
    found = client.get(f"/{address}")
    assert found.content == content
    assert (found.headers["cache-control"], found.headers["content-type"]) == (
        "private, no-store",
        "application/octet-stream",
    )
    inline, file = ask(Numbers(), {**csv(), "inline": True})
    assert (inline["address"], file) == ("", content), "it comes along where the browser could not fetch it"
    ask(Numbers(), {"id": "1", "leave": True})
    gc.collect()
    assert client.get(f"/{address}").status_code == 404
    small, file = made(Numbers(b"small"), csv("2"), jobs)
    assert (small["address"], file) == ("", b"small")


def test_a_server_that_serves_no_files_puts_it_into_the_answer(jobs: Jobs, be: Any) -> None:
    content = b"9" * making.LARGE
    given, file = made(Numbers(content), csv(), jobs)
    assert (given["address"], file) == ("", content)


def test_nothing_is_tried_at_once_that_would_have_to_wait(jobs: Jobs, be: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    share = Share()
    monkeypatch.setattr(making, "SOON", LONG)
    monkeypatch.setattr(making, "SHARE", share)
    numbers = Numbers(held=True)
    with share.slices("another"):
        given, _ = ask(numbers, csv())
    assert not given["made"]
    assert [job.work.about for job in jobs._jobs.values()] == [("one", "1")]
    numbers.let.set()
    assert made(numbers, csv(), jobs)[1] == b"x\n"
