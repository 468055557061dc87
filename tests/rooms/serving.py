"""The addresses of rooms without the rest of the app, for the tests."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socket import socket

import uvicorn
from starlette.applications import Starlette

from lstm_viz.ui.bridge import rooms as bridge
from lstm_viz.ui.bridge import served
from tests.driving import free_port


class Told(uvicorn.Server):
    """One that says when it has begun."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.began = threading.Event()

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Begin."""
        await super().startup(sockets)
        self.began.set()


@contextmanager
def serving(base: str = "") -> Iterator[str]:
    """Serve the addresses of rooms and of the browser's files alone, in a thread, and give the address of that."""
    port = free_port()
    app = Starlette(routes=[*bridge.routes(base), *served.routes(base)])
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", log_config=None)
    server = Told(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        assert server.began.wait(60)
        yield f"http://127.0.0.1:{port}{base}"
    finally:
        server.should_exit = True
        thread.join(60)
