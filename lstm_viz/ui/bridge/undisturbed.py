"""No dialog over the page while the connection is away: Streamlit's takes the keyboard from whoever is typing.

After three seconds without its server it covers the page, and what is typed from then on is lost. It can be told not
to, among what its front end asks a host about before it connects; the page says by itself that the server is silent.
A host that runs `app.py` as a script alone has no such step between, and keeps the dialog.
"""

import json

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ASKED = "/_stcore/host-config"
TOLD = {"blockErrorDialogs": True}
"""What the front end is told beside what Streamlit says."""


class Undisturbed:
    """Puts it into Streamlit's answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back, with more in it where it is that one."""
        if scope["type"] != "http" or not scope["path"].endswith(ASKED):
            return await self._app(scope, receive, send)
        start: Message = {}
        body = b""

        async def changed(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if message.get("more_body", False):
                return
            if start["status"] == 200:
                body = json.dumps({**json.loads(body), **TOLD}).encode()
                others = [each for each in start["headers"] if each[0] != b"content-length"]
                start["headers"] = [*others, (b"content-length", str(len(body)).encode())]
            await send(start)
            await send({"type": "http.response.body", "body": body})

        # As it is, not compressed.
        asked = [each for each in scope["headers"] if each[0] != b"accept-encoding"]
        await self._app({**scope, "headers": asked}, receive, changed)


MIDDLEWARE = (Middleware(Undisturbed),)
