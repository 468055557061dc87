"""A table from the browser's files that says how often its page was made, and a button that makes it again.

ANOTHER_VERSION is what the files of another version of it have in them.
"""

import os

import streamlit as st

from lstm_viz.live_page import assets
from lstm_viz.ui.bridge import served
from lstm_viz.ui.widgets.records import show_records

if __name__ == "__main__":
    count = st.session_state["count"] = st.session_state.get("count", 0) + 1
    st.button("Again")
    if st.checkbox("With a table", value=True):
        show_records("table", [["what", "how often"], ["made", str(count)]], "How often")
    st.write(f"Made {count} times.")
else:
    version = os.environ.get("ANOTHER_VERSION", "")
    setattr(served, "text", lambda path: f"{assets.text(path)}// {version}")  # noqa: B010 -- what stands there is imported
    routes = served.routes(st.get_option("server.baseUrlPath"))
    app = st.App(__file__, routes=routes, middleware=served.MIDDLEWARE)
