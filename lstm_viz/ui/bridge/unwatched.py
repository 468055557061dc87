"""Streamlit looks for files to watch though it is told to watch none; here it does not.

After the first run of each session, and again after each return of its browser, it asks of every module that is loaded
where its files are: some thousands, in the loop in which all messages come and go. A class that comes back at once
waits for that longer than for all its pages.
"""

import streamlit as st
from streamlit.watcher import LocalSourcesWatcher


def begin() -> None:
    """Where files are not watched, keep Streamlit from looking for them; elsewhere all stays as it is."""
    if st.get_option("server.fileWatcherType") == "none":
        for name in ("update_watched_modules", "update_watched_pages"):
            # Where Streamlit has no such step any more, there is nothing to keep it from.
            if hasattr(LocalSourcesWatcher, name):
                setattr(LocalSourcesWatcher, name, _nothing)


def _nothing(watcher: LocalSourcesWatcher) -> None:
    pass
