"""A lesson's question alone: the lecturer's part of a room, as the page Lessons shows it, and what follows a reveal."""

import streamlit as st

from lstm_viz.ui.bridge import rooms, served
from lstm_viz.ui.widgets.show_of_hands import heard, show_of_hands
from tests.rooms.questions import CHOOSE, DRAW, TRUTH


@st.fragment
def question(name: str) -> None:
    """One question, and the next on a click."""
    asked = {"first": CHOOSE, "second": DRAW}[name]
    standing = heard(name, asked, lambda prediction: {"truth": TRUTH[asked["kind"]]})
    show_of_hands(name, asked, standing)
    if standing == "revealed":
        st.write(f"The real view of the {name} question")


if __name__ == "__main__":
    st.set_page_config(layout="wide")
    question(st.radio("Step", ["first", "second"], horizontal=True))
else:
    routes = [*served.routes(""), *rooms.routes("")]
    app = st.App(__file__, routes=routes, middleware=served.MIDDLEWARE)
