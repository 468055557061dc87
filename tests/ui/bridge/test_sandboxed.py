"""A frame in which Streamlit cannot start says so; every other answer comes as it is."""

from typing import Any

from lstm_viz.ui.bridge.sandboxed import SCRIPT, Sandboxed
from tests.apart import run_apart

HTML = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", b"6")]


def answered(headers: list[tuple[bytes, bytes]], asked: list[tuple[bytes, bytes]]) -> tuple[dict[bytes, bytes], bytes]:
    """The headers and the body that a browser gets, of an app that answers in two pieces."""
    sent: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if (b"sec-fetch-dest", b"iframe") in scope["headers"]:
            assert b"accept-encoding" not in dict(scope["headers"])
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"<p>", "more_body": True})
        await send({"type": "http.response.body", "body": b"one"})

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [*asked, (b"accept-encoding", b"gzip")]}
    run_apart(Sandboxed(app)(scope, None, send))  # type: ignore[arg-type]
    return dict(sent[0]["headers"]), b"".join(each["body"] for each in sent[1:])


def test_a_page_in_a_frame_ends_in_the_line_and_says_its_length() -> None:
    headers, body = answered(HTML, [(b"sec-fetch-dest", b"iframe")])
    assert body == b"<p>one" + SCRIPT
    assert headers[b"content-length"] == str(len(body)).encode()


def test_nothing_else_is_touched() -> None:
    assert answered(HTML, [(b"sec-fetch-dest", b"document")]) == (dict(HTML), b"<p>one")
    script = [(b"content-type", b"text/javascript"), (b"content-length", b"6")]
    assert answered(script, [(b"sec-fetch-dest", b"iframe")]) == (dict(script), b"<p>one")
    packed = [*HTML, (b"content-encoding", b"gzip")]
    assert answered(packed, [(b"sec-fetch-dest", b"iframe")])[1] == b"<p>one"
