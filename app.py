"""LSTM Viz. Streamlit reads this file twice: as a module, for what its server serves; as a script, for each run."""

import streamlit as st

from lstm_viz.ui import app as frame
from lstm_viz.ui.bridge import served

if __name__ == "__main__":
    frame.run()
else:
    routes = served.routes(st.get_option("server.baseUrlPath"))
    app = st.App(__file__, routes=routes, middleware=served.MIDDLEWARE)
