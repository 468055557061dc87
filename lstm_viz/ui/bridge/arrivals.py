"""When a reader's message arrives, and when all of its answer has gone: whoever waits meanwhile is let go first.

Between the arrival and the first line of a page lies Streamlit's own part, which may be the longer one; so this stands
before Streamlit. Where a host runs `app.py` as a script alone there is no such place, and `talk` tells what it can.
"""

import asyncio
import time

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from lstm_viz.ui.way import WAY

STREAM = "/_stcore/stream"
"""How the address ends at which Streamlit and its browsers talk."""
SMALL = 256
"""Bytes that the message which says that a run has ended takes at most; larger ones are not looked into."""
UPLOAD = "/_stcore/upload_file/"
"""What is in the address at which Streamlit takes files."""
GIVES_WAY, STEP = 0.1, 0.005
"""Seconds that a part of a file waits at most for who is being answered, and between two looks."""


class Arrivals:
    """Listens to what passes, and changes nothing of it; a file's parts let those go first who are being answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a connection on."""
        if scope["type"] == "http" and UPLOAD in scope["path"]:
            return await self._app(scope, lambda: _in_turn(receive), send)
        if scope["type"] != "websocket" or not scope["path"].endswith(STREAM):
            return await self._app(scope, receive, send)
        who = object()  # the connection: what its session is called is not known yet

        async def arriving() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and message.get("bytes"):
                WAY.begin(who)
            return message

        async def leaving(message: Message) -> None:
            await send(message)
            if message["type"] == "websocket.send" and ends_a_run(message.get("bytes") or b""):
                WAY.end(who)

        try:
            await self._app(scope, arriving, leaving)
        finally:
            WAY.end(who)


async def _in_turn(receive: Receive) -> Message:
    """The next part of a file: Streamlit takes them apart in the loop in which all messages come and go."""
    message, give_up = await receive(), time.monotonic() + GIVES_WAY
    while not WAY.clear and time.monotonic() < give_up:
        await asyncio.sleep(STEP)
    return message


def ends_a_run(message: bytes) -> bool:
    """Whether this is what Streamlit sends last after a run that no other takes the place of."""
    if not 0 < len(message) <= SMALL:
        return False
    read = ForwardMsg.FromString(message)
    ended = read.WhichOneof("type") == "script_finished"
    return ended and read.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN


MIDDLEWARE = (Middleware(Arrivals),)
