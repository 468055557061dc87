"""Requests straight to an ASGI app: no server, no port, and any header or path that a hostile client may send."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


class Asker:
    """Asks one app, in one event loop that stays, in a thread of its own: that of the tests may have a loop."""

    def __init__(self, app: Any) -> None:
        self._app, self._loop = app, asyncio.new_event_loop()
        self._thread = ThreadPoolExecutor(1)

    def close(self) -> None:
        """Give the loop back."""
        self._thread.shutdown()
        self._loop.close()

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        query: bytes = b"",
        headers: Sequence[tuple[str, str]] = (),
        body: bytes = b"",
        cut: bool = False,
    ) -> Answer:
        """The answer; `cut`: whether the client goes away in the middle of what it sends."""
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(errors="replace"),
            "root_path": "",
            "query_string": query,
            "headers": [(name.lower().encode("latin-1", "replace"), _bytes(value)) for name, value in headers],
            "client": ("10.0.0.7", 1),
            "server": ("any.host", 80),
            "scheme": "http",
            "http_version": "1.1",
        }
        waiting: list[dict[str, Any]] = [{"type": "http.request", "body": body, "more_body": cut}]
        parts: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return waiting.pop(0) if waiting else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            parts.append(message)

        self._thread.submit(self._loop.run_until_complete, self._app(scope, receive, send)).result()
        named = {name.decode("latin-1"): value.decode("latin-1") for name, value in parts[0]["headers"]}
        return Answer(parts[0]["status"], named, b"".join(part.get("body", b"") for part in parts[1:]))


def _bytes(value: str) -> bytes:
    return value.encode("utf-8", "replace")
