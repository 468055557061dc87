"""A view as a small file: for texts too long for a link, and for keeping."""

import streamlit as st

from lstm_viz.ui import session
from lstm_viz.ui.link import FILE_LIMIT, from_file, to_file

_OPENED = "lv_opened_files"


def save_and_open() -> None:
    """Buttons to save the view on show as a file, and to open one that was saved; within the view's fragment."""
    # A new key after every file, so that the next one finds the place empty.
    key = f"lv_saved_view_{st.session_state.setdefault(_OPENED, 0)}"
    with st.expander("Save this view as a file, or open one"):
        save, open_one = st.columns(2, vertical_alignment="bottom", gap="large")
        save.download_button(
            "Save this view",
            # Made now: a deferred file would be made where there is no session to read.
            data=to_file(session.settings()),
            file_name="lstm-viz-view.json",
            mime="application/json",
            on_click="ignore",
        )
        open_one.file_uploader(
            f"Open a saved view (JSON, up to {FILE_LIMIT // 1_000_000} MB)",
            type="json",
            key=key,
            on_change=_opened,
            args=(key,),
        )
        session.show_ignored()


def _opened(key: str) -> None:
    if (file := st.session_state[key]) is not None:
        st.session_state[_OPENED] += 1
        view, ignored = from_file(file.getvalue())
        session.open_view(view or session.settings(), ignored)
