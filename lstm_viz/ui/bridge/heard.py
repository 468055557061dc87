"""What a client sends to Streamlit, without what is no JSON: that would be a traceback of Streamlit's own.

No browser sends such things, so nothing of a page's own is lost; what is left is for the pages to hold to their shape.
"""

import json

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

JSON = "json_value"
"""The kind of state that is written so, that of a component."""


def is_json(text: str) -> bool:
    """Whether Streamlit can read what a component is said to have sent."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):  # also numbers of thousands of digits, and lists in lists without end
        return False
    return True


def legible(sent: bytes) -> bytes:
    """A message to Streamlit without the states of components that are no JSON; what is no message stays as it is."""
    try:
        message = BackMsg.FromString(sent)
    except DecodeError:
        return sent
    widgets = message.rerun_script.widget_states.widgets
    kept = [each for each in widgets if each.WhichOneof("value") != JSON or is_json(each.json_value)]
    if len(kept) == len(widgets):
        return sent
    copies = [type(each).FromString(each.SerializeToString()) for each in kept]
    del widgets[:]
    widgets.extend(copies)
    return message.SerializeToString()


class Heard:
    """Passes on what can be read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and what a client says on a connection that stays open."""
        if scope["type"] != "websocket":
            return await self._app(scope, receive, send)

        async def heard() -> Message:
            message = await receive()
            sent = message.get("bytes")
            return {**message, "bytes": legible(sent)} if sent else message

        await self._app(scope, heard, send)


MIDDLEWARE = (Middleware(Heard),)
