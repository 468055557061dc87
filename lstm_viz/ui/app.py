"""The frame of the app: its pages, its look, and what happens once a process."""

import gc
from functools import cache
from importlib import import_module

import streamlit as st
import torch

from lstm_viz.ui.bridge import session
from lstm_viz.ui.bridge.assets import FOLDER, style
from lstm_viz.ui.navigation import HOME, PAGES

# More threads make products this small slower, and wait for each other when the machine is busy.
torch.set_num_threads(1)


def run() -> None:
    """Show the page that the address names, below the navigation."""
    st.set_page_config(page_title="LSTM Viz", page_icon=str(FOLDER / "icon.svg"), layout="wide")
    st.html(f"<style>{style('page.css')}</style>")
    sections = {
        section: [
            st.Page(f"pages/{name}.py", title=title, default=name == HOME, url_path=name) for name, title in pages
        ]
        for section, pages in PAGES.items()
    }
    # The home page's address is the app's own; who writes its name out finds it all the same.
    by_name = st.Page(_home, title=sections["Explore"][0].title, url_path=HOME, visibility="hidden")
    page = st.navigation({**sections, "": [by_name]}, position="top")
    session.begin(page.url_path)
    session.show_ignored()
    page.run()
    _settle()


def _home() -> None:
    import_module("lstm_viz.ui.pages.gates.page").show()


@cache
def _settle() -> None:
    """After the first page is up, spare what it loaded from every later garbage collection."""
    gc.collect()
    gc.freeze()
