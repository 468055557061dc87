"""The head of a page: its title and what it is about."""

import streamlit as st

from lstm_viz.ui.bridge.frame import part
from lstm_viz.ui.widgets import prose


def head(title: str, introduction: str = "") -> None:
    """Show a page's title and its introduction, Markdown, each of which can be folded away."""
    with part("title"):
        st.title(title, anchor=False)
    if introduction:
        with part("introduction"):
            prose.caption(introduction)
