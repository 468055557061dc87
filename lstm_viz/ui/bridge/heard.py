"""What a client sends to Streamlit, without what would be a traceback of its own, keep it busy, or blank its page.

No page sends such things, so nothing of its own is lost; what is left is for the pages to hold to their shape.
"""

import json
from contextlib import suppress

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from lstm_viz.ui.server import log

KINDS = frozenset({"rerun_script", "stop_script", "file_urls_request", "load_git_info", "app_heartbeat"})
"""What is passed on: all that pages say. Streamlit can be told more, by anyone, such as to empty the caches of all."""
JSON = "json_value"
"""The kind of state that is written so, that of a component."""
LONGEST_QUERY = 2 * 2**20
"""Characters of an address's query that are read: as many as any browser's address has."""
SMALL = 2**16
"""Bytes within which a message to a client is looked into: the one that tells of the pages is a few thousand long."""
NO_MESSAGE = 1002
"""How a connection is ended on which something else than a message came: a protocol error."""


def is_json(text: str) -> bool:
    """Whether Streamlit can read what a component is said to have sent."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):  # also numbers of thousands of digits, and lists in lists without end
        return False
    return True


def bounded(query: str) -> str:
    """A query as it is read; of one that no browser's address can hold nothing is, for that would take seconds."""
    if len(query) <= LONGEST_QUERY:
        return query
    log.fact("query_too_long", "warning", letters=len(query), most=LONGEST_QUERY)
    return ""


def legible(sent: bytes) -> bytes:
    """A message to Streamlit without the states of components that are no JSON, and without a query past all bounds.

    Of a kind that no page sends nothing is left.

    Raises
    ------
    DecodeError
        where it is no message
    """
    message = BackMsg.FromString(sent)
    kind = message.WhichOneof("type")
    if kind not in KINDS:
        log.fact("not_heard", "warning", kind=str(kind))
        return b""
    asked = message.rerun_script
    widgets, query = asked.widget_states.widgets, bounded(asked.query_string)
    kept = [each for each in widgets if each.WhichOneof("value") != JSON or is_json(each.json_value)]
    if len(kept) == len(widgets) and query == asked.query_string:
        return sent
    asked.query_string = query
    copies = [type(each).FromString(each.SerializeToString()) for each in kept]
    del widgets[:]
    widgets.extend(copies)
    return message.SerializeToString()


class Place:
    """Where the reader at the other end of a connection is, and which pages were left.

    What a part of a page says after the reader has asked for another, Streamlit would do once that is shown, and answer
    with what its own page in the browser breaks on.
    """

    def __init__(self) -> None:
        self._here, self._left, self._asked = "", set[str](), b""

    def heard(self, sent: bytes) -> bytes:
        """What is passed on of a client's message: of a page that was left, that another was asked for.

        Streamlit's page waits for an answer to everything that it says while a page is run.
        """
        asked = BackMsg.FromString(sent).rerun_script
        page = asked.page_script_hash
        if asked.fragment_id:
            return self._asked if page in self._left else sent
        if page and page != self._here:
            self._left = (self._left | {self._here}) - {"", page}
            self._here, self._asked = page, sent
        return sent

    def answered(self, sent: bytes) -> None:
        """Hear what the client is sent: the server may lead it to another page, and back."""
        message = ForwardMsg.FromString(sent)
        if message.WhichOneof("type") == "navigation":
            self._here = message.navigation.page_script_hash
            self._left.discard(self._here)


class Heard:
    """Passes on what can be read, and is of the page that the reader is on."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and what a client says on a connection that stays open, until it says what is nothing."""
        if scope["type"] != "websocket":
            return await self._app(scope, receive, send)
        ended, place = False, Place()

        async def heard() -> Message:
            nonlocal ended
            while (message := await receive())["type"] == "websocket.receive":
                sent = message.get("bytes")
                try:
                    if sent is None:
                        raise DecodeError("a text")
                    if left := legible(sent):
                        return {**message, "bytes": place.heard(left)}
                except DecodeError:
                    # Streamlit would end it too, with a traceback in the log.
                    log.fact("no_message", "warning", bytes=len(sent or message.get("text") or ""))
                    ended = True
                    await send({"type": "websocket.close", "code": NO_MESSAGE})
                    return {"type": "websocket.disconnect", "code": NO_MESSAGE}
            return message

        async def answered(message: Message) -> None:
            # What was under way when it ended.
            if ended:
                return
            if message["type"] == "websocket.send" and len(message.get("bytes") or b"") < SMALL:
                place.answered(message["bytes"])
            # Who has gone is told of next by what is heard; told of here, Starlette takes the connection for one that
            # was never accepted, Streamlit that for a text, and the log has a traceback of every reader who leaves so.
            with suppress(OSError):
                await send(message)

        await self._app(scope, heard, answered)


MIDDLEWARE = (Middleware(Heard),)
