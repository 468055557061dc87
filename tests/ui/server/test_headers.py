"""What every answer tells the browser: a policy without holes; also the answer to an error that nobody caught."""

import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.file_util import get_static_dir

from lstm_viz.ui.bridge import sandboxed
from lstm_viz.ui.server import headers
from lstm_viz.ui.server.options import FRAME_ANCESTORS, LOG
from tests.apart import run_apart

TYPED = "the secret film"


async def _fails(request: Request) -> Response:
    raise KeyError(TYPED)


async def _own(request: Request) -> Response:
    return HTMLResponse("", headers={"Content-Security-Policy": "default-src 'none'"})


def client() -> TestClient:
    """Return what asks a small server with the headers."""
    routes = [Route("/fails", _fails), Route("/own", _own)]
    return TestClient(Starlette(routes=routes, middleware=headers.MIDDLEWARE))


def test_the_policy_runs_no_text_and_nothing_from_elsewhere() -> None:
    policy = headers.directives()
    assert policy["default-src"] == ("'none'",)
    assert {
        each for name in ("script-src", "connect-src") for each in policy[name] if "*" in each or "http" in each
    } == set()
    assert {"'unsafe-inline'", "'unsafe-eval'", "data:"} & set(policy["script-src"]) == set()
    # A checksum for each script that stands in the page, and for no other.
    page = Path(get_static_dir(), "index.html").read_text(encoding="utf-8") + sandboxed.SCRIPT.decode()
    inline = [found for found in re.findall(r"<script\b[^>]*>", page) if "src=" not in found]
    assert len(inline) == sum(each.startswith("'sha256-") for each in policy["script-src"]) == 2


def test_frames_are_allowed_unless_a_setting_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FRAME_ANCESTORS.name, raising=False)
    assert "frame-ancestors" not in headers.headers()["Content-Security-Policy"]
    monkeypatch.setenv(FRAME_ANCESTORS.name, "'self' https://moodle.any.host")
    assert headers.headers()["Content-Security-Policy"].endswith("; frame-ancestors 'self' https://moodle.any.host")


def test_what_browsers_take_over_https_alone_is_told_over_https_alone() -> None:
    name = "Cross-Origin-Opener-Policy"
    assert name not in client().get("/own").headers
    assert client().get("/own", headers={"X-Forwarded-Proto": "https"}).headers[name] == "same-origin"
    assert client().get("https://testserver/own").headers[name] == "same-origin"


def test_a_page_may_have_a_policy_of_its_own() -> None:
    told = client().get("/own").headers
    assert told["Content-Security-Policy"] == "default-src 'none'"
    assert told["X-Content-Type-Options"] == "nosniff"


def test_an_error_that_nobody_caught_is_told_without_a_word_of_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(LOG.name, raising=False)
    answer = client().get(f"/fails?text={TYPED}")
    assert (answer.status_code, answer.text) == (500, "Something went wrong.")
    assert {name: answer.headers[name] for name in headers.headers()} == headers.headers()
    (line,) = capsys.readouterr().err.splitlines()
    assert "level=error event=request error=KeyError at=tests/ui/server/test_headers.py:" in line
    assert "secret" not in line


def test_a_connection_that_is_no_request_passes_untouched() -> None:
    passed = []

    async def app(scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        passed.append((scope, receive, send))

    scope, receive, send = {"type": "websocket"}, object(), object()
    run_apart(headers.Guarded(app)(scope, receive, send))  # type: ignore[arg-type]
    assert passed == [(scope, receive, send)]
