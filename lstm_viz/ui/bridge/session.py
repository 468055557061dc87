"""The current settings of a session: read from the address once, changed by what the user does, kept between runs."""

from dataclasses import asdict
from typing import Any

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from lstm_viz.ui.settings.link import from_query
from lstm_viz.ui.settings.settings import Settings, nearest_settings
from lstm_viz.ui.views.view import at_telling_cell

_SETTINGS, _PAGE, _IGNORED = "lv_settings", "lv_page", "lv_ignored"


def begin(page: str) -> None:
    """Read the address when a session starts, or when a link inside the app leads to another page with settings.

    The front end rewrites the address after every change, so in between the session is what counts.
    """
    moved = st.session_state.get(_PAGE) != page
    if _SETTINGS not in st.session_state or (moved and st.query_params):
        given = {name: st.query_params.get_all(name) for name in st.query_params}
        view, ignored = from_query(given)
        # A link written by hand may name a task or a text and no place in it.
        open_view(view if {"step", "unit"} & given.keys() else at_telling_cell(view), ignored)
    st.session_state[_PAGE] = page


def settings() -> Settings:
    """The settings as they stand."""
    if _PAGE not in st.session_state:
        _run_by_the_frame()
    return Settings(**st.session_state[_SETTINGS])


def _run_by_the_frame() -> None:
    """Start again with app.py: until it has run once, Streamlit takes pages/ for pages of its own older kind.

    So the first visitor of a server who follows a link to another page than the first would get that page bare.
    """
    PagesManager.uses_pages_directory = False
    st.rerun()


def nearest(**values: Any) -> Settings:
    """The settings with some of them changed; what is not valid falls back to the nearest that is."""
    return nearest_settings(asdict(settings()) | values)[0]


def change(**values: Any) -> None:
    """Change some settings; see `nearest`."""
    open_view(nearest(**values))


def open_view(new: Settings, ignored: tuple[str, ...] = ()) -> None:
    """Show a view that came from a link or a file, and say what was ignored in it."""
    # Plain values only: a class reloaded during development would no longer equal itself.
    st.session_state[_SETTINGS] = asdict(new)
    if ignored:
        st.session_state[_IGNORED] = ignored


def show_ignored() -> None:
    """Say once, where a page begins, what its link held that this version could not use."""
    if said := _ignored():
        st.warning(said)


def announce_ignored() -> None:
    """Say once, over whatever is on show, what a file held that this version could not use."""
    if said := _ignored():
        st.toast(said, duration="infinite")


def _ignored() -> str:
    sentences = st.session_state.pop(_IGNORED, ())
    listed = "".join(f"\n- {_plain(sentence)}" for sentence in sentences)
    return f"Not all of what was opened could be used:{listed}" if listed else ""


def _plain(text: str) -> str:
    """Text in which Markdown finds no markup."""
    return "".join("\\" + c if c in r"\`*_{}[]()<>#+-.!|$~:" else c for c in text)
