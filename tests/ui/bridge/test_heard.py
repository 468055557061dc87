"""What a client sends that is no JSON does not come to Streamlit, which would answer it with a traceback."""

from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from lstm_viz.ui.bridge.heard import Heard, legible
from tests.apart import run_apart

NO_JSON = ["", "{", '{"message": ', "nan-", "[" * 100_000, '{"number": ' + "9" * 5000 + "}", "\x00"]


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


@pytest.mark.parametrize("sent", [message('{"a": 1}').SerializeToString(), b"\xff\xff no message", b""])
def test_what_can_be_read_and_what_is_no_message_go_on_as_they_are(sent: bytes) -> None:
    assert legible(sent) == sent


def test_a_connection_is_listened_to() -> None:
    seen: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.extend([await receive() for _ in range(3)])

    waiting = [{"type": "websocket.connect"}, {"type": "websocket.receive", "bytes": message("{").SerializeToString()}]
    waiting.append({"type": "websocket.receive", "bytes": None, "text": "a"})

    async def receive() -> Any:
        return waiting.pop(0)

    async def send(message: Any) -> None:
        raise AssertionError(message)

    run_apart(Heard(app)({"type": "websocket"}, receive, send))
    assert [each["type"] for each in seen] == ["websocket.connect", "websocket.receive", "websocket.receive"]
    assert not BackMsg.FromString(seen[1]["bytes"]).rerun_script.widget_states.widgets
    assert seen[2]["text"] == "a"
