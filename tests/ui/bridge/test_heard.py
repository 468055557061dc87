"""What a client sends that is no JSON, no message, longer than any address, or too late, does not come to Streamlit."""

from typing import Any

import pytest
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from lstm_viz.ui.bridge.heard import LONGEST_QUERY, Heard, Place, legible
from tests.apart import run_apart

NO_JSON = ["", "{", '{"message": ', "nan-", "[" * 100_000, '{"number": ' + "9" * 5000 + "}", "\x00"]

ANSWER = ForwardMsg(hash="an answer").SerializeToString()


def message(*states: str) -> BackMsg:
    sent = BackMsg()
    sent.rerun_script.query_string = "step=3"
    for k, state in enumerate(states):
        widget = sent.rerun_script.widget_states.widgets.add()
        widget.id, widget.json_value = f"w{k}", state
    return sent


@pytest.mark.parametrize("state", NO_JSON, ids=lambda state: state[:12])
def test_a_state_that_is_no_json_is_left_out_and_all_else_stays(state: str) -> None:
    sent = message('{"message": 1}', state, "[2]")
    sent.rerun_script.widget_states.widgets.add().string_value = state
    heard = BackMsg.FromString(legible(sent.SerializeToString()))
    assert heard.rerun_script.query_string == "step=3"
    states = heard.rerun_script.widget_states.widgets
    assert [each.json_value for each in states] == ['{"message": 1}', "[2]", ""]
    assert states[2].string_value == state


@pytest.mark.parametrize("sent", [message('{"a": 1}'), BackMsg(stop_script=True), BackMsg(app_heartbeat=True)])
def test_what_can_be_read_goes_on_as_it_is(sent: BackMsg) -> None:
    assert legible(sent.SerializeToString()) == sent.SerializeToString()


def to_make_a_file() -> BackMsg:
    sent = BackMsg()
    sent.backend_operation_request.deferred_file.file_id = "secret"
    return sent


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        (to_make_a_file(), "backend_operation_request"),
        (BackMsg(clear_cache=True), "clear_cache"),
        (BackMsg(set_run_on_save=True), "set_run_on_save"),
        (BackMsg(), "None"),
    ],
)
def test_what_no_page_says_is_not_heard_and_the_connection_goes_on(
    sent: BackMsg, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    after = message("[1]").SerializeToString()
    seen, _ = connected({"bytes": sent.SerializeToString()}, {"bytes": after})
    assert [each.get("bytes") for each in seen] == [None, after, None]
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith(f"level=warning event=not_heard kind={kind}")


def asked(query: str) -> str:
    """The query with which Streamlit is asked for a page."""
    sent = message('{"a": 1}')
    sent.rerun_script.query_string = query
    heard = BackMsg.FromString(legible(sent.SerializeToString())).rerun_script
    assert [each.json_value for each in heard.widget_states.widgets] == ['{"a": 1}']
    return str(heard.query_string)


def test_a_query_that_no_address_can_hold_is_not_read_and_the_log_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    longest = "step=3&text=" + "secret " * (LONGEST_QUERY // 7)
    longest = longest[:LONGEST_QUERY]
    assert asked(longest) == longest
    assert not capsys.readouterr().err
    assert asked(longest + "x") == ""
    (line,) = capsys.readouterr().err.splitlines()
    assert f"level=warning event=query_too_long letters={LONGEST_QUERY + 1} most={LONGEST_QUERY}" in line
    assert "secret" not in line


def connected(*sent: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """What Streamlit gets of what a client sends, and what the client is sent."""
    waiting = [{"type": "websocket.connect"}, *({"type": "websocket.receive", **each} for each in sent)]
    waiting.append({"type": "websocket.disconnect", "code": 1001})
    seen: list[Any] = []
    answers: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        while not seen or seen[-1]["type"] != "websocket.disconnect":
            seen.append(await receive())
            await send({"type": "websocket.send", "bytes": ANSWER})

    async def receive() -> Any:
        return waiting.pop(0)

    async def send(message: Any) -> None:
        answers.append(message)

    run_apart(Heard(app)({"type": "websocket"}, receive, send))
    return seen, answers


def test_a_connection_is_listened_to() -> None:
    seen, answers = connected({"bytes": message("{").SerializeToString()})
    assert [each["type"] for each in seen] == ["websocket.connect", "websocket.receive", "websocket.disconnect"]
    assert not BackMsg.FromString(seen[1]["bytes"]).rerun_script.widget_states.widgets
    assert seen[-1]["code"] == 1001
    assert {each["type"] for each in answers} == {"websocket.send"}


@pytest.mark.parametrize(
    ("sent", "size"),
    [({"bytes": b"\xff\xff secret"}, 9), ({"text": "secret", "bytes": None}, 6), ({"text": "secret"}, 6)],
)
def test_what_is_no_message_ends_the_connection_with_one_line_in_the_log(
    sent: dict[str, Any], size: int, capsys: pytest.CaptureFixture[str]
) -> None:
    seen, answers = connected(sent, {"bytes": message("[1]").SerializeToString()})
    assert [each["type"] for each in seen] == ["websocket.connect", "websocket.disconnect"]
    assert seen[1]["code"] == 1002
    # Nothing can be sent on a connection that has ended.
    assert answers == [{"type": "websocket.send", "bytes": ANSWER}, {"type": "websocket.close", "code": 1002}]
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith(f"level=warning event=no_message bytes={size}")


def test_a_client_who_goes_while_it_is_answered_has_gone_and_sent_no_text() -> None:
    waiting = [{"type": "websocket.connect"}, {"type": "websocket.disconnect", "code": 1001}]
    came: list[BaseException] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        line = WebSocket(scope, receive, send)
        await line.accept()
        # As Streamlit does, one beside the other.
        for wait in (lambda: line.send_bytes(ANSWER), line.receive_bytes):
            try:
                await wait()
            except Exception as error:
                came.append(error)

    async def receive() -> Any:
        return waiting.pop(0)

    async def send(message: Any) -> None:
        if message["type"] == "websocket.send":
            raise OSError("the client has gone")

    run_apart(Heard(app)({"type": "websocket"}, receive, send))
    assert [type(each) for each in came] == [WebSocketDisconnect]


def asks(page: str, part: str = "") -> bytes:
    """What a page sends: all of it is asked for, or a part of it has something to say."""
    sent = BackMsg()
    sent.rerun_script.page_script_hash, sent.rerun_script.fragment_id = page, part
    return sent.SerializeToString()


def leads_to(page: str) -> bytes:
    """What the server sends of the pages that there are, and which of them is on show."""
    sent = ForwardMsg()
    sent.navigation.page_script_hash = page
    return sent.SerializeToString()


def test_what_a_page_says_after_another_was_asked_for_asks_for_that_again() -> None:
    first, second, third, part = asks("gates"), asks("ledger"), asks("watch"), asks("gates", "part")
    seen, _ = connected(*({"bytes": each} for each in (first, part, second, part, third, part)))
    assert [each["bytes"] for each in seen[1:-1]] == [first, part, second, second, third, third]


def test_a_reader_who_comes_back_to_a_page_is_heard_there_however_that_came() -> None:
    place = Place()
    here, there = asks("gates", "part"), asks("ledger", "other part")
    place.answered(leads_to("gates"))
    assert place.heard(here) == here
    for back in (lambda: place.heard(asks("gates")), lambda: place.answered(leads_to("gates"))):
        place.heard(asks("ledger"))
        assert place.heard(here) == asks("ledger")
        assert place.heard(there) == there
        back()
        assert place.heard(here) == here
    # A server that leads to a third page leaves nobody unheard there.
    place.answered(leads_to("watch"))
    assert place.heard(asks("watch", "part")) == asks("watch", "part")


def test_a_browser_that_does_not_say_where_it_is_is_heard() -> None:
    place = Place()
    nowhere = asks("", "part")
    assert place.heard(nowhere) == nowhere
    place.heard(asks("gates"))
    place.heard(asks("ledger"))
    assert place.heard(nowhere) == nowhere
