"""A table of results that fits any width: side by side where there is room, a card for each row where there is not."""

from collections.abc import Sequence

import streamlit as st

from lstm_viz.ui.bridge.assets import page_script, page_style

_component = st.components.v2.component("lstm_viz_records", js=page_script("records"), css=page_style("records"))


def show_records(key: str, rows: Sequence[Sequence[str]], caption: str) -> None:
    """Draw a table; the first row is its head, the first cell of each row names it."""
    _component(key=key, data={"rows": [list(row) for row in rows], "caption": caption})
