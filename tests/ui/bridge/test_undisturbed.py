"""The front end is told to open no dialog over the page; every other answer comes as it is."""

import json
from pathlib import Path
from typing import Any

import pytest
import streamlit

from lstm_viz.ui.bridge.undisturbed import TOLD, Undisturbed
from tests.apart import run_apart


def answered(path: str, status: int, *body: bytes) -> tuple[dict[bytes, bytes], bytes]:
    """The headers and the body that a browser gets, of an app that answers in so many pieces."""
    sent: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        size = str(sum(map(len, body))).encode()
        headers = [(b"content-length", size), (b"asked", str(len(scope["headers"])).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        for k, part in enumerate(body):
            await send({"type": "http.response.body", "body": part, "more_body": k < len(body) - 1})

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"accept-encoding", b"gzip")]}
    run_apart(Undisturbed(app)(scope, None, send))  # type: ignore[arg-type]
    return dict(sent[0]["headers"]), b"".join(each["body"] for each in sent[1:])


@pytest.mark.parametrize("base", ["", "/lstm"])
def test_what_a_host_wants_is_told_with_one_thing_more(base: str) -> None:
    headers, body = answered(
        f"{base}/_stcore/host-config", 200, b'{"allowedOrigins": [], ', b'"blockErrorDialogs": false}'
    )
    assert json.loads(body) == {"allowedOrigins": []} | TOLD
    assert headers == {b"content-length": str(len(body)).encode(), b"asked": b"0"}


@pytest.mark.parametrize(("path", "status"), [("/_stcore/health", 200), ("/_stcore/host-config", 404)])
def test_everything_else_is_passed_on(path: str, status: int) -> None:
    assert answered(path, status, b"o", b"k") == (
        {b"content-length": b"2", b"asked": b"1" if "health" in path else b"0"},
        b"ok",
    )


def test_streamlit_still_asks_a_host_whether_dialogs_are_wanted() -> None:
    """Of a version that asks no longer, this would change nothing, and typing would be lost again."""
    scripts = Path(streamlit.__file__).parent.glob("static/static/js/index.*.js")
    read = "".join(each.read_text(encoding="utf-8") for each in scripts)
    for name in (*TOLD, "data-test-connection-state", "data-test-script-state"):
        assert name in read
