"""How a tab is connected: what Streamlit's front end does to open its line, to lose it, and to have it back.

Read off `static/js/index.*.js` of Streamlit 1.67 (`WebsocketConnection`): a line that is lost is tried again after a
quarter to half a second, and after each try that fails after twice as long, up to four seconds; a try asks the server
for its health first. The line that comes back names the session that it was of, third among its subprotocols.
"""

import asyncio
import random
from collections.abc import Iterable
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

FIRST, PING, LONGEST = 0.5, 0.1, 4.0
"""Seconds before the first try, before the second try to hear of the server's health, and before any, at most."""
UNANSWERED = 15.0
"""Seconds after which a try has failed."""
NO_TOKEN = "PLACEHOLDER_AUTH_TOKEN"


class Air:
    """What tabs are connected through: a network that can be away. All tabs of one share its state."""

    def __init__(self) -> None:
        self.there = True


class Line:
    """One tab's connection to the server.

    Parameters
    ----------
    url : of the app
    air : what it goes through, by default a network that is always there
    """

    def __init__(self, url: str, air: Air | None = None):
        self.url, self.air = url, air or Air()
        self.cookies: dict[str, str] = {}
        """What the server, or what stands before it, has the browser keep; such as which replica it was sent to."""
        self._socket: ClientConnection | None = None
        self._chance = random.Random(id(self))

    @property
    def connected(self) -> bool:
        """Whether what is sent now is sent."""
        return self._socket is not None

    async def open(self, session: str = "") -> ClientConnection:
        """Connect, and wait for as long as it takes.

        Parameters
        ----------
        session : which the tab had, to go on with it where it is still there
        """
        failed = 0
        while True:
            try:
                await self._ping()
                self._socket = await self._connect(session)
            except (OSError, EOFError, TimeoutError, WebSocketException):
                failed += 1
                await asyncio.sleep(self._spread(min(LONGEST, PING * 2 ** (failed - 1)), 0.7))
            else:
                return self._socket

    async def reopen(self, session: str) -> ClientConnection:
        """The same after a line was lost."""
        await asyncio.sleep(self._spread(FIRST, 0.5))
        return await self.open(session)

    async def send(self, message: bytes) -> bool:
        """Send, and say whether there was a line to send on: Streamlit drops what it cannot send."""
        if self._socket is None:
            return False
        try:
            await self._socket.send(message)
        except WebSocketException:  # it is going; whoever reads from it sees that too
            return False
        return True

    def lose(self) -> None:
        """Cut the line as a network does that is gone: without a word to the other side's program."""
        if self._socket is not None:
            self._socket.transport.abort()
        self._socket = None

    def lost(self) -> None:
        """Take note that the other side has closed it."""
        self._socket = None

    async def close(self) -> None:
        """Close it."""
        if self._socket is not None:
            await self._socket.close()
        self._socket = None

    def _spread(self, seconds: float, least: float) -> float:
        return seconds * self._chance.uniform(least, 1)

    async def _connect(self, session: str) -> ClientConnection:
        self._there()
        protocols = [Subprotocol(each) for each in ("streamlit", self.cookies.get("_streamlit_xsrf", NO_TOKEN))]
        socket = await connect(
            f"{self.url.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=[*protocols, *([Subprotocol(session)] if session else [])],
            additional_headers=self._headers(),
            compression=None,
            max_size=None,
            ping_interval=None,
            open_timeout=UNANSWERED,
            proxy=None,
        )
        if socket.response is not None:
            self._keep(socket.response.headers.get_all("Set-Cookie"))
        return socket

    async def _ping(self) -> None:
        """Ask the server for its health; raise where it is not well, and keep the cookies that came."""
        self._there()
        at = urlsplit(self.url)
        assert at.hostname is not None
        assert at.port is not None
        async with asyncio.timeout(UNANSWERED):
            reader, writer = await asyncio.open_connection(at.hostname, at.port)
            try:
                lines = [
                    f"GET {at.path}/_stcore/health HTTP/1.1",
                    f"Host: {at.netloc}",
                    "Connection: close",
                    *(f"{name}: {value}" for name, value in self._headers().items()),
                ]
                writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").splitlines()
            finally:
                writer.close()
        if head[0].split()[1] != "200":
            raise OSError(head[0])
        told = (line.partition(":") for line in head[1:])
        self._keep([value.strip() for name, _, value in told if name.lower() == "set-cookie"])

    def _keep(self, cookies: Iterable[str]) -> None:
        for each in cookies:
            self.cookies |= {key: kept.value for key, kept in SimpleCookie(each).items()}

    def _headers(self) -> dict[str, str]:
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": kept} if kept else {}

    def _there(self) -> None:
        if not self.air.there:
            raise OSError("the network is away")
