"""What every answer of the server tells the browser to forbid: a content security policy, and what goes with it.

As strict as Streamlit allows; `docs/operating.md` says what it forces. A page with a policy of its own, as that which a
telephone opens for a room, keeps it. An error that nobody caught ends here, so that its answer has the headers too.
"""

import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
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


HASHES = "hashes"
"""Stands for the sources that allow the scripts in the pages themselves."""
POLICY: Mapping[str, Mapping[str, str]] = {
    "default-src": {"'none'": "What is not named here is fetched from nowhere: no frames, no media, no plug-ins."},
    "script-src": {
        "'self'": "Streamlit’s scripts and ours, as files of this server.",
        HASHES: "Two scripts stand in Streamlit’s page itself, one of them ours; each is allowed by its checksum.",
        "blob:": "Streamlit starts every component from a script at an address of this kind. Only a script that runs "
        "already can make one.",
        "'wasm-unsafe-eval'": "The network runs in WebAssembly in the browser, and so does Streamlit’s reader of "
        "messages. Text is never run: there is no `'unsafe-eval'`.",
    },
    "style-src": {
        "'self'": "Style sheets, as files of this server.",
        "'unsafe-inline'": "Streamlit writes its style sheets while it runs, and pictures set colours and sizes on "
        "their elements. Styles fetch nothing but what is allowed below.",
    },
    "img-src": {
        "'self'": "Pictures of this server.",
        "data:": "Icons in style sheets, and the QR code of a room.",
        "blob:": "A figure that is taken away as a picture is drawn from one.",
    },
    "font-src": {"'self'": "Streamlit’s fonts.", "data:": "The fonts of equations, which stand in a style sheet."},
    "connect-src": {"'self'": "What was done, and its words; networks; files that are opened."},
    "worker-src": {"'self'": "A network with much to compute does so beside the page."},
    "base-uri": {"'none'": "Nothing moves the addresses of a page."},
    "form-action": {"'none'": "Nothing sends a form away."},
}
"""Content security policy: directive → source → why it has to be allowed; `python -m benchmarks.policy` tries each."""


def directives() -> dict[str, tuple[str, ...]]:
    """The content security policy of this server: directive → its sources."""
    index = Path(get_static_dir(), "index.html").read_text(encoding="utf-8")
    inline = hashes(index, SCRIPT.decode())
    policy = {
        name: tuple(each for source in sources for each in (inline if source == HASHES else [source]))
        for name, sources in POLICY.items()
    }
    if ancestors := FRAME_ANCESTORS.value():
        policy["frame-ancestors"] = ancestors
    return policy


UNUSED = (
    *("accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope", "hid"),
    *("magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking"),
)
"""What a browser offers to pages and none here asks for."""
OTHERS: Mapping[str, tuple[str, str]] = {
    "X-Content-Type-Options": ("nosniff", "What is served as text is not run as a script."),
    "Referrer-Policy": ("same-origin", "What was typed stands in the address, and is no other site’s business."),
    "Permissions-Policy": (
        ", ".join(f"{feature}=()" for feature in UNUSED),
        "Camera, microphone, place and the like are asked for nowhere. Clipboard and full screen are left open.",
    ),
    "Cross-Origin-Resource-Policy": ("same-origin", "Other sites’ pages cannot load its files; frames are not files."),
}
"""What else is told: header → its value, and why."""
OVER_HTTPS: Mapping[str, tuple[str, str]] = {
    "Cross-Origin-Opener-Policy": (
        "same-origin",
        "A page that opens this one in a tab has no hold of it. Told over https alone: without, browsers ignore it, "
        "and complain.",
    )
}
"""The same where the reader’s connection is encrypted."""


def headers(https: bool = False) -> Mapping[str, str]:
    """All that is told with every answer, where it says nothing of that itself.

    Parameters
    ----------
    https : whether the reader’s connection is encrypted, up to the app or to what stands before it
    """
    policy = "; ".join(" ".join((name, *sources)) for name, sources in directives().items())
    others = {**OTHERS, **(OVER_HTTPS if https else {})}
    return {"Content-Security-Policy": policy, **{name: value for name, (value, _) in others.items()}}


class Guarded:
    """Adds the headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers, self._over_https = headers(), headers(https=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        begun, given = False, Headers(scope=scope)
        https = "https" in (scope.get("scheme"), given.get("x-forwarded-proto"))

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                told = MutableHeaders(scope=message)
                for name, value in (self._over_https if https else self._headers).items():
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
