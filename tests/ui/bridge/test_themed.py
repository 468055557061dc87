"""A link that fixes light or dark is followed from the first paint: Streamlit is asked for it in the address."""

from typing import Any

import pytest

from lstm_viz.ui.bridge.themed import Themed, with_theme
from tests.apart import run_apart


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("theme=dark", "theme=dark&embed_options=dark_theme"),
        ("text=a+b&theme=light&embed=true", "text=a+b&theme=light&embed=true&embed_options=light_theme"),
        ("theme=light&embed_options=dark_theme&step=1", "theme=light&step=1&embed_options=light_theme"),
        ("theme=dark&embed_options=show_toolbar", "theme=dark&embed_options=show_toolbar&embed_options=dark_theme"),
        ("theme=dark&embed_options=dark_theme", None),
        ("theme=purple", None),
        ("theme=", None),
        ("step=4", None),
    ],
)
def test_streamlit_is_asked_for_the_theme_once(query: str, other: str | None) -> None:
    assert with_theme(query) == other
    if other is not None:
        assert with_theme(other) is None, "or a browser would be sent round in circles"


def answered(query: bytes, accept: bytes) -> list[dict[str, Any]]:
    """What a browser is told that asks for an address; an empty list where the app answers."""
    sent: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        sent.clear()

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"accept", accept)]
    scope = {"type": "http", "method": "GET", "path": "/app/what_if", "query_string": query, "headers": headers}
    run_apart(Themed(app)(scope, None, send))  # type: ignore[arg-type]
    return sent


def test_a_page_is_led_on_wherever_it_lies_and_nothing_else_is() -> None:
    start = answered(b"theme=dark&step=2", b"text/html,*/*")[0]
    assert start["status"] == 307
    assert dict(start["headers"])[b"location"] == b"?theme=dark&step=2&embed_options=dark_theme"
    assert answered(b"theme=dark", b"application/json") == []
    assert answered(b"step=2", b"text/html") == []
