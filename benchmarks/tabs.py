"""A browser tab as Streamlit's server hears it: the messages that its front end sends, without a browser.

What is sent and in which order was read off a real browser's frames (Streamlit 1.67): the first message asks for the
page; what a component says goes out as the state of its widget, and only the fragment that it stands in runs again.
Only one message is under way at a time, as in `web/core/outbox.js`; what is said meanwhile goes out after its answer.
"""

import asyncio
import json
from abc import ABC, abstractmethod
from time import perf_counter
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from lstm_viz.ui.bridge.payload import unpack

PATIENCE = 60.0
"""Seconds that one answer may take."""
CACHED = 3
"""How many of the last large messages a front end still holds, and says so."""


class Tab(ABC):
    """One tab: open it, let it say something, and read how long each answer took.

    Parameters
    ----------
    url : of a server on this machine
    """

    def __init__(self, url: str):
        self.url = url
        self.messages = self.received = self.number = 0
        self.waits: list[float] = []
        """Seconds from what was to be timed until its answer."""
        self.errors: list[str] = []
        self._waiting: tuple[Any, float | None] | None = None
        self._under_way: list[float] = []
        self._busy = False
        self._cached: list[str] = []
        self._page = self._fragment = self._widget = ""
        self._idle = asyncio.Event()

    @abstractmethod
    def state(self, said: Any) -> dict[str, Any]:
        """What the component sets as its state, to say something in message `number`."""

    @abstractmethod
    def answered(self, component: BidiComponent) -> int:
        """Take in what the server sent, and return the number of the message that it answers."""

    async def open(self, query: str) -> Self:
        """Ask for the page, and return once the script has run to its end."""
        address = f"{self.url.replace('http', 'ws', 1)}/_stcore/stream"
        self._line: ClientConnection = await connect(
            address,
            subprotocols=[Subprotocol("streamlit")],
            compression=None,
            max_size=None,
            ping_interval=None,
            proxy=None,
        )
        self._query = query
        self._reader = asyncio.create_task(self._read())
        await self._send(self._message())
        async with asyncio.timeout(PATIENCE):
            await self._idle.wait()
        if not self._widget or self.errors:
            raise RuntimeError(f"the page did not open: {self.errors or 'nothing to type into'}")
        return self

    async def say(self, said: Any, *, timed: bool) -> None:
        """Say something as soon as nothing is under way; of several things that wait, the last is said."""
        due = perf_counter()
        self._waiting = (said, due if timed else None)
        if not self._busy:
            await self._flush()

    def forget(self) -> None:
        """Count from here on."""
        self.messages = self.received = 0
        self.waits = []

    async def close(self) -> None:
        """Close the connection; errors are kept."""
        self._reader.cancel()
        await self._line.close()

    async def answered_all(self) -> None:
        """Return once nothing is under way; note an error where that takes too long."""
        give_up = perf_counter() + PATIENCE
        while self._busy and not self.errors:
            if perf_counter() > give_up:
                self.errors.append(f"message {self.number} was not answered within {PATIENCE:g} s")
            await asyncio.sleep(0.02)

    async def _flush(self) -> None:
        if self._waiting is None:
            return
        (said, due), self._waiting = self._waiting, None
        self._busy, self.number = True, self.number + 1
        self._under_way = [due] if due is not None else []
        message = self._message()
        widget = message.rerun_script.widget_states.widgets.add()
        widget.id, widget.json_value = self._widget, json.dumps(self.state(said))
        message.rerun_script.fragment_id = self._fragment
        await self._send(message)

    def _message(self) -> BackMsg:
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.page_script_hash = self._query, self._page
        run.widget_states.SetInParent()
        run.cached_message_hashes.extend(self._cached)
        context = run.context_info
        context.timezone, context.locale, context.url, context.color_scheme = "UTC", "en-US", f"{self.url}/", "light"
        return message

    async def _send(self, message: BackMsg) -> None:
        self._idle.clear()
        self.messages += 1
        await self._line.send(message.SerializeToString())

    async def _read(self) -> None:
        try:
            async for frame in self._line:
                assert isinstance(frame, bytes)
                self.received += len(frame)
                await self._take(ForwardMsg.FromString(frame))
        except Exception as error:  # whatever happens to one student is an error of the run, not its end
            self.errors.append(repr(error))
        else:
            self.errors.append("the server closed the connection")
        self._idle.set()

    async def _take(self, message: ForwardMsg) -> None:
        if message.metadata.cacheable:
            self._cached = [*self._cached, message.hash][-CACHED:]
        match message.WhichOneof("type"):
            case "new_session":
                self._page = message.new_session.page_script_hash or self._page
            case "navigation":
                self._page = message.navigation.page_script_hash or self._page
            case "script_finished":
                self._idle.set()
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                if element.WhichOneof("type") == "exception":
                    self.errors.append(element.exception.message)
                if element.WhichOneof("type") == "bidi_component" and self.is_page(element.bidi_component):
                    self._widget, self._fragment = element.bidi_component.id, message.delta.fragment_id
                    await self._answer(self.answered(element.bidi_component))

    def is_page(self, component: BidiComponent) -> bool:
        """Whether it is what is typed into, and not one of those that stand around a page."""
        return True

    async def _answer(self, number: int) -> None:
        if number < self.number or not self._busy:
            return
        self.waits += [perf_counter() - due for due in self._under_way]
        self._busy = False
        await self._flush()


class EchoTab(Tab):
    """A tab of `echo_app.py`; what is said is a text."""

    def state(self, said: str) -> dict[str, Any]:
        """The text and its number."""
        return {"typed": {"edit": self.number, "text": said}}

    def answered(self, component: BidiComponent) -> int:
        """The number that came back with the text."""
        return int(json.loads(component.mixed.json or component.json)["edit"])


class AppTab(Tab):
    """A tab of a live page of the app; what is said is the text as it stands.

    Parameters
    ----------
    runs : whether the page runs the network itself, so that the server need send words only
    """

    def __init__(self, url: str, *, runs: bool):
        super().__init__(url)
        self.runs = runs
        self.has: dict[str, Any] = {}

    def state(self, said: str) -> dict[str, Any]:
        """A message as `web/core/outbox.js` makes it."""
        message = {"sender": id(self), "number": self.number, "edits": self.number, "before": [], "has": self.has}
        return {"message": {**message, "actions": [["type", said]]}}

    def is_page(self, component: BidiComponent) -> bool:
        """Whether it answers messages."""
        return bool(component.bytes) and "received" in unpack(component.bytes)[0]

    def answered(self, component: BidiComponent) -> int:
        """Keep what the page would keep, and tell which message was answered."""
        header, _ = unpack(component.bytes)
        self.has = {**header["parts"], "past": header["history"]["name"]}
        if self.runs:
            self.has["runs"] = header["parts"]["networks"]
        return int(header["received"])
