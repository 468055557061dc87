"""LSTM Viz. Streamlit reads this file twice: as a module, for what its server serves; as a script, for each run."""

import streamlit as st

from lstm_viz.ui import app as frame
from lstm_viz.ui.bridge import (
    arrivals,
    heard,
    one_lock,
    rooms,
    sandboxed,
    served,
    themed,
    training_room,
    undisturbed,
    unwatched,
)
from lstm_viz.ui.server import headers, start

if __name__ == "__main__":
    frame.run()
else:
    start.begin()
    unwatched.begin()
    one_lock.begin()
    base = st.get_option("server.baseUrlPath")
    routes = [*served.routes(base), *rooms.routes(base), *training_room.routes(base), *start.routes(base)]
    parts = (headers, arrivals, served, themed, sandboxed, heard, undisturbed)
    middleware = [each for part in parts for each in part.MIDDLEWARE]
    app = st.App(__file__, routes=routes, middleware=middleware)
