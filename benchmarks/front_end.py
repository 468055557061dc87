"""A browser tab as Streamlit's server hears it: the messages that its front end sends, without a browser.

What is sent and in which order was read off a real browser's frames (Streamlit 1.67): the first message asks for the
page; what a component says goes out as the state of its widget, and only the fragment that it stands in runs again. A
tab that was cut off asks for the whole page where a run was under way or the last one was of a fragment, and else for
nothing. What is said goes through an outbox like that of `web/live/outbox.js`: one message is under way at a time, what
is said meanwhile goes out after its answer, and what is not answered is said again, less and less often.
"""

import asyncio
import json
from abc import ABC, abstractmethod
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed

from benchmarks.lines import Air, Line

PATIENCE = 60.0
"""Seconds that one answer may take."""
CACHED = 3
"""How many of the last large messages a front end still holds, and says so."""
AGAIN, LONGEST, TRUSTED = 2.0, 30.0, 6
"""As in `outbox.js`: seconds after which what was not answered is said again, the first time and at most, and the tries
for which a server that is at it is waited for."""


@dataclass(frozen=True)
class Said:
    """Something that was said and not answered yet.

    Attributes
    ----------
    number : of its message
    what : as the tab was told to say it
    due : when it was to be said, where that is timed
    """

    number: int
    what: Any
    due: float | None


class Tab(ABC):
    """One tab: open it, let it say something, and read how long each answer took.

    Parameters
    ----------
    url : of a server
    air : what it is connected through
    """

    def __init__(self, url: str, air: Air | None = None):
        self.url, self.line = url, Line(url, air)
        self.messages = self.received = self.number = 0
        self.waits: list[float] = []
        """Seconds from what was to be timed until its answer."""
        self.errors: list[str] = []
        self.resumed = self.anew = 0
        """How often it came back to the session that it had, and to one that knows nothing of it."""
        self.answers = 0
        """How often the component was shown."""
        self.removed = 0
        """How often a run of the whole page ended without the component, upon which a front end takes it down."""
        self.session = ""
        """Streamlit's name of its session."""
        self.query = ""
        """What stands in its address after the question mark."""
        self._waiting: tuple[Any, float | None] | None = None
        self._unanswered: list[Said] = []
        self._held = False
        self._tries = 0
        self._again: asyncio.Task[None] | None = None
        self._cached: list[str] = []
        self._page = self._fragment = self._widget = ""
        self._state: str | None = None
        self._running = self._of_a_fragment = self._returned = self._there = False
        self._idle = asyncio.Event()

    @abstractmethod
    def state(self, unanswered: list[Said]) -> dict[str, Any]:
        """What the component sets as its state, to say the last of what is not answered."""

    @abstractmethod
    def answered(self, component: BidiComponent) -> int:
        """Take in what the server sent, and return the number of the message that it answers."""

    def together(self, before: Any, said: Any) -> Any:
        """Of two things that wait, what is said of both: the last one."""
        return said

    async def open(self, query: str, page: str = "") -> Self:
        """Ask for a page, and return once the script has run to its end."""
        self.query, self._name = query, page
        self._reader = asyncio.create_task(self._read())
        async with asyncio.timeout(PATIENCE):
            await self._idle.wait()
        if not self.opened() or self.errors:
            raise RuntimeError(f"the page did not open: {self.errors or 'nothing to type into'}")
        return self

    def opened(self) -> bool:
        """Whether there is something to say things with."""
        return bool(self._widget)

    async def say(self, said: Any, *, timed: bool) -> None:
        """Say something as soon as nothing is under way; see `together` for several things that wait."""
        due = perf_counter() if timed else None
        self._waiting = (self.together(self._waiting[0], said) if self._waiting else said, due)
        if not self._held:
            await self._flush()

    async def rerun(self, *, part: bool = False) -> None:
        """Ask for a run of the whole page, or of the part that answers."""
        await self._run(self._fragment if part else "")

    def cut(self) -> None:
        """Lose the connection, all at once; the tab has it back by itself, as soon as its air lets it."""
        self.line.lose()

    def forget(self) -> None:
        """Count from here on."""
        self.messages = self.received = 0
        self.waits = []

    async def close(self) -> None:
        """Close the connection; errors are kept."""
        self._calm()
        self._reader.cancel()
        await self.line.close()

    @property
    def came_back(self) -> bool:
        """Whether nothing of a connection that was lost is still open: which session it has now is known."""
        return not self._returned

    @property
    def settled(self) -> bool:
        """Whether everything that was said has been answered."""
        return not self._unanswered and self._waiting is None

    async def answered_all(self) -> None:
        """Return once nothing is under way; note an error where that takes too long."""
        give_up = perf_counter() + PATIENCE
        while not self.settled and not self.errors:
            if perf_counter() > give_up:
                self.errors.append(f"message {self.number} was not answered within {PATIENCE:g} s")
            await asyncio.sleep(0.02)

    async def _flush(self) -> None:
        if self._waiting is None:
            return
        (what, due), self._waiting = self._waiting, None
        self.number += 1
        self._unanswered.append(Said(self.number, what, due))
        await self._post()

    async def _post(self) -> None:
        self._calm()
        self._again = asyncio.create_task(self._go_on(min(LONGEST, AGAIN * 2**self._tries)))
        self._tries, self._held = self._tries + 1, True
        self._state = json.dumps(self.state(self._unanswered))
        await self._run(self._fragment)

    async def _go_on(self, seconds: float) -> None:
        """After an answer was long in coming."""
        while True:
            await asyncio.sleep(seconds)
            if not (self._running and self.line.connected and self._tries <= TRUSTED):
                break
            self._tries, seconds = self._tries + 1, min(LONGEST, 2 * seconds)
        self._again, self._held = None, False
        if self._tries > 1:
            await self._run()
        if self._waiting:
            await self._flush()
        elif self._unanswered:
            await self._post()

    def _calm(self) -> None:
        if self._again:
            self._again.cancel()
        self._again = None

    async def _run(self, fragment: str = "") -> None:
        """Ask for a run of a fragment, or of the whole page."""
        await self._send(self._message(fragment))

    def _message(self, fragment: str = "") -> BackMsg:
        """That question, with what the component says."""
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.page_script_hash, run.fragment_id = self.query, self._page, fragment
        if not self._page:
            run.page_name = self._name
        run.widget_states.SetInParent()
        if self._state is not None:
            widget = run.widget_states.widgets.add()
            widget.id, widget.json_value = self._widget, self._state
        run.cached_message_hashes.extend(self._cached)
        context = run.context_info
        context.timezone, context.locale, context.color_scheme = "UTC", "en-US", "light"
        context.url = f"{self.url}/{self._name}"
        return message

    async def _send(self, message: BackMsg) -> None:
        self._idle.clear()
        if await self.line.send(message.SerializeToString()):
            self.messages += 1

    async def _read(self) -> None:
        """All that comes, over one connection after the other."""
        try:
            line = await self.line.open()
            await self._run()
            while True:
                try:
                    async for frame in line:
                        assert isinstance(frame, bytes)
                        self.received += len(frame)
                        await self._take(ForwardMsg.FromString(frame))
                except ConnectionClosed:
                    pass
                self.line.lost()
                line = await self.line.reopen(self.session)
                self._returned = True
                if self._running or self._of_a_fragment:
                    await self._run()
        except Exception as error:  # whatever happens to one student is an error of the run, not its end
            self.errors.append(repr(error))
        self._idle.set()

    async def _take(self, message: ForwardMsg) -> None:
        if message.metadata.cacheable:
            self._cached = [*self._cached, message.hash][-CACHED:]
        match message.WhichOneof("type"):
            case "new_session":
                self._page = message.new_session.page_script_hash or self._page
                self._running, self._of_a_fragment = True, bool(message.metadata.run.fragment_ids)
                self._there = self._of_a_fragment
                self._meet(message.new_session.initialize.session_id)
            case "navigation":
                self._page = message.navigation.page_script_hash or self._page
            case "script_finished" if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                self._running = False
                if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY and not self._there:
                    self.removed += 1
                self._idle.set()
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                if element.WhichOneof("type") == "exception":
                    self.errors.append(element.exception.message)
                if element.WhichOneof("type") == "bidi_component" and self.is_page(element.bidi_component):
                    self._there = True
                    self.answers += 1
                    self._widget, self._fragment = element.bidi_component.id, message.delta.fragment_id
                    await self._answer(self.answered(element.bidi_component))

    def _meet(self, session: str) -> None:
        """Whether it is the session from before; told with every run, and new only after coming back."""
        if self._returned:
            if session == self.session:
                self.resumed += 1
            else:
                self.anew += 1
        self._returned, self.session = False, session

    def is_page(self, component: BidiComponent) -> bool:
        """Whether it is what is typed into, and not one of those that stand around a page."""
        return True

    async def _answer(self, number: int) -> None:
        """Whatever of it was answered; what waits goes out where nothing is under way any more."""
        done = [each for each in self._unanswered if each.number <= number]
        now = perf_counter()
        self.waits += [now - each.due for each in done if each.due is not None]
        self._unanswered = self._unanswered[len(done) :]
        if done:
            self._tries = 0
        if not self._unanswered:
            self._calm()
            self._held = False
            await self._flush()
