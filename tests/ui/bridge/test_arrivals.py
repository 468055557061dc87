"""Who is being answered, as it is seen before Streamlit: from the arrival of a message to the end of its run."""

import asyncio
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from lstm_viz.ui.bridge import arrivals
from lstm_viz.ui.bridge.arrivals import Arrivals, ends_a_run
from lstm_viz.ui.way import Way
from tests.apart import run_apart


@pytest.fixture
def way(monkeypatch: pytest.MonkeyPatch) -> Way:
    made = Way(lambda: 0.0)  # no answer grows old
    monkeypatch.setattr(arrivals, "WAY", made)
    return made


def through(app: Any, scope: Scope, received: list[dict[str, Any]], sent: list[Any]) -> None:
    async def receive() -> dict[str, Any]:
        return received.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    run_apart(Arrivals(app)(scope, receive, send))


def test_an_answer_lasts_from_its_message_to_the_end_of_its_run(way: Way) -> None:
    finished, early, other = ForwardMsg(), ForwardMsg(), ForwardMsg()
    finished.script_finished = ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
    early.script_finished = ForwardMsg.FINISHED_EARLY_FOR_RERUN
    other.session_status_changed.script_is_running = False
    seen = []

    async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
        for _ in range(2):
            assert (await receive())["type"]
            seen.append(way.clear)
        for part in (other, early, finished):
            await send({"type": "websocket.send", "bytes": part.SerializeToString()})
            seen.append(way.clear)
        await receive()
        seen.append(way.clear)

    message = {"type": "websocket.receive", "bytes": b"..."}
    scope = {"type": "websocket", "path": "/below/_stcore/stream"}
    sent: list[Any] = []
    through(streamlit, scope, [{"type": "websocket.connect"}, dict(message), dict(message)], sent)
    assert seen == [True, False, False, False, True, False]
    assert len(sent) == 3
    assert way.clear, "a connection that ends waits for nothing"
    assert not ends_a_run(b"")
    assert not ends_a_run(finished.SerializeToString() + bytes(arrivals.SMALL))


@pytest.mark.parametrize(("path", "waits"), [("/_stcore/upload_file/a/b", True), ("/static/a.js", False)])
def test_the_parts_of_a_file_wait_for_who_is_being_answered(
    way: Way, monkeypatch: pytest.MonkeyPatch, path: str, waits: bool
) -> None:
    monkeypatch.setattr(arrivals, "GIVES_WAY", 60.0)
    way.begin("a reader")
    slept = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        way.end("a reader")

    monkeypatch.setattr(asyncio, "sleep", sleep)

    async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
        assert (await receive())["body"] == b"part"

    through(streamlit, {"type": "http", "path": path}, [{"type": "http.request", "body": b"part"}], [])
    assert bool(slept) is waits
