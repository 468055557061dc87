"""The app's own server with one room open, whose code and secret it tells to who asks."""

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from lstm_viz.rooms.here import rooms
from lstm_viz.ui.bridge import rooms as bridge
from lstm_viz.ui.bridge import served
from tests.rooms.questions import DRAW, TRUTH


async def opened(request: Request) -> JSONResponse:
    room = rooms().open(DRAW, TRUTH["draw"])
    return JSONResponse({"code": room.code, "secret": room.secret})


if __name__ == "__main__":
    st.write("A room is open.")
else:
    routes = [Route("/opened", opened), *served.routes(""), *bridge.routes("")]
    app = st.App(__file__, routes=routes, middleware=served.MIDDLEWARE)
