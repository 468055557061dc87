"""What every answer of the server tells the browser to forbid: a content security policy, and what goes with it.

As strict as Streamlit allows; `docs/operating.md` says what it forces. A page with a policy of its own, as that which a
telephone opens for a room, keeps it. An error that nobody caught ends here, so that its answer has the headers too.
"""

import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir

from lstm_viz.ui.bridge.sandboxed import SCRIPT
from lstm_viz.ui.server import log
from lstm_viz.ui.server.options import FRAME_ANCESTORS

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
"""A script that stands in a page."""


def hashes(*pages: str) -> list[str]:
    """The sources that allow the scripts within these pages, and no other."""
    scripts = [script for page in pages for script in INLINE.findall(page)]
    return [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts]


def directives() -> dict[str, tuple[str, ...]]:
    """The content security policy: directive → its sources."""
    index = Path(get_static_dir(), "index.html").read_text(encoding="utf-8")
    policy: dict[str, tuple[str, ...]] = {
        "default-src": ("'none'",),
        # Streamlit makes a module of a component's script at a blob's address; the network runs in WebAssembly.
        "script-src": ("'self'", "blob:", "'wasm-unsafe-eval'", *hashes(index, SCRIPT.decode())),
        # Streamlit writes its style sheets while it runs, and pictures set colours and sizes on their elements.
        "style-src": ("'self'", "'unsafe-inline'"),
        "img-src": ("'self'", "data:", "blob:"),
        "font-src": ("'self'", "data:"),
        "connect-src": ("'self'",),
        "worker-src": ("'self'",),
        "base-uri": ("'none'",),
        "form-action": ("'none'",),
    }
    if ancestors := FRAME_ANCESTORS.value():
        policy["frame-ancestors"] = ancestors
    return policy


def headers() -> Mapping[str, str]:
    """All that is told with every answer, where it says nothing of that itself."""
    return {
        "Content-Security-Policy": "; ".join(" ".join((name, *sources)) for name, sources in directives().items()),
        "X-Content-Type-Options": "nosniff",
        # What was typed stands in the address, and is no other site's business.
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


UNUSED = (
    *("accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope", "hid"),
    *("magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking"),
)
"""What a browser offers to pages and none here asks for."""


class Guarded:
    """Adds the headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = headers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                told = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    told.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, guarded)
        except Exception as error:
            log.failure("request", error)
            if begun:
                raise
            await PlainTextResponse("Something went wrong.", 500)(scope, receive, guarded)


MIDDLEWARE = (Middleware(Guarded),)
