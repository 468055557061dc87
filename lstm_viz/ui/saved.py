"""A view as a small file: for texts too long for a link, and for keeping."""

import streamlit as st

from lstm_viz.ui import session
from lstm_viz.ui.link import FILE_LIMIT, from_file, to_file

_UPLOAD = "lv_saved_view"


def save_and_open() -> None:
    """Buttons to save the view on show as a file, and to open one that was saved."""
    with st.expander("Save this view as a file, or open one"):
        save, open_one = st.columns(2, vertical_alignment="bottom", gap="large")
        save.download_button(
            "Save this view",
            data=lambda: to_file(session.settings()),
            file_name="lstm-viz-view.json",
            mime="application/json",
            on_click="ignore",
        )
        open_one.file_uploader(
            f"Open a saved view (JSON, up to {FILE_LIMIT // 1_000_000} MB)",
            type="json",
            key=_UPLOAD,
            on_change=_opened,
        )


def _opened() -> None:
    if (file := st.session_state[_UPLOAD]) is not None:
        session.open_view(*from_file(file.getvalue()))
