"""Light or dark as a link fixes it: Streamlit reads that from a parameter of its own, which is put into the address.

It reads it before anything is drawn, and then leaves alone what the browser keeps for other tabs. A host that runs
`app.py` as a script alone has no such step between; there the page loads itself again, see `web/core/theme.js`.
"""

from urllib.parse import parse_qsl, urlencode

from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

OPTIONS = "embed_options"
"""Streamlit's parameter; it may be given several times."""
THEMES = ("light", "dark")


def with_theme(query: str) -> str | None:
    """An address's query with what makes Streamlit follow its ``theme``; None where nothing is missing.

    >>> with_theme("step=4&theme=dark")
    'step=4&theme=dark&embed_options=dark_theme'
    """
    given = parse_qsl(query, keep_blank_values=True)
    wanted = [value for name, value in given if name == "theme"][-1:]
    if not wanted or wanted[0] not in THEMES:
        return None
    option = (OPTIONS, f"{wanted[0]}_theme")
    others = {(OPTIONS, f"{theme}_theme") for theme in THEMES} - {option}
    if option in given and not others.intersection(given):
        return None
    return urlencode([*(each for each in given if each not in (option, *others)), option])


class Themed:
    """Sends a browser that opens a page in a fixed theme to the address that has it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with the other address."""
        query = scope.get("query_string", b"")
        if scope["type"] == "http" and scope["method"] == "GET" and b"theme=" in query and _opens(scope):
            other = with_theme(query.decode("latin-1"))
            if other is not None:
                # Relative, so that it holds behind whatever stands between.
                return await RedirectResponse(f"?{other}", headers={"Cache-Control": "no-store"})(scope, receive, send)
        await self._app(scope, receive, send)


def _opens(scope: Scope) -> bool:
    """Whether a request is for a page, not for something on it."""
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


MIDDLEWARE = (Middleware(Themed),)
