"""What a reader sees in a frame that is too closed for Streamlit to start in.

A frame whose sandbox lacks ``allow-same-origin`` has no origin, and a browser then lets it load none of Streamlit's own
scripts. Nothing would be seen at all, so a page for a frame ends in a line that says so there, and only there.
"""

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAID = (
    "LSTM Viz cannot run in this frame: its sandbox attribute lacks allow-same-origin, so the browser loads "
    "no scripts. Whoever wrote this page can add it. Until then, open the view on a page of its own: "
)
SCRIPT = f"""\
<script>
if (self.origin === "null") {{
  const link = Object.assign(document.createElement("a"), {{ href: location.href, textContent: location.href, target: "_blank" }});
  const said = document.createElement("p");
  said.style.font = "16px/1.5 sans-serif";
  said.append("{SAID}", link);
  document.body.replaceChildren(said);
}}
</script>
""".encode()  # noqa: E501 - of another language
ASKED_FOR_WHOLE = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
"""What a request leaves out, so that the page comes as it is."""


class Sandboxed:
    """Adds the line to pages that a browser asks for as a frame's."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back, longer by a line where that is a page in a frame."""
        if scope["type"] != "http" or (b"sec-fetch-dest", b"iframe") not in scope["headers"]:
            return await self._app(scope, receive, send)
        page = False

        async def longer(message: Message) -> None:
            nonlocal page
            if message["type"] == "http.response.start":
                headers = dict(message["headers"])
                page = headers.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in headers
                if page and b"content-length" in headers:
                    size = int(headers[b"content-length"]) + len(SCRIPT)
                    others = [each for each in message["headers"] if each[0] != b"content-length"]
                    message = {**message, "headers": [*others, (b"content-length", str(size).encode())]}
            elif page and not message.get("more_body", False):
                message = {**message, "body": message.get("body", b"") + SCRIPT}
            await send(message)

        asked = [each for each in scope["headers"] if each[0] not in ASKED_FOR_WHOLE]
        await self._app({**scope, "headers": asked}, receive, longer if scope["method"] == "GET" else send)


MIDDLEWARE = (Middleware(Sandboxed),)
