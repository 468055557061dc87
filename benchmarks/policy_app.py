"""The app, and with every answer a second policy that forbids everything and only reports: see `policy.py`."""

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lstm_viz.ui import app as frame
from lstm_viz.ui.server.headers import POLICY
from tests.driving import ROOT

NOTHING = "; ".join(f"{directive} 'none'" for directive in POLICY if directive != "default-src")


class Reporting:
    """Adds the second policy."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Content-Security-Policy-Report-Only"] = NOTHING
            await send(message)

        await self._app(scope, receive, told if scope["type"] == "http" else send)


if __name__ == "__main__":
    frame.run()
else:
    from app import middleware, routes

    app = st.App(ROOT / "app.py", routes=routes, middleware=[Middleware(Reporting), *middleware])
