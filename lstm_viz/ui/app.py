"""The frame of the app: its pages, its look, and what happens once a process."""

import gc
from functools import cache

import streamlit as st
import torch

from lstm_viz.ui.bridge import session
from lstm_viz.ui.bridge.assets import FOLDER, style

# More threads make products this small slower, and wait for each other when the machine is busy.
torch.set_num_threads(1)

PAGES = {
    "Explore": [
        ("gates_over_time", "Gates over time"),
        ("inside_the_cell", "Inside the cell"),
        ("memory_ledger", "Memory ledger"),
    ],
    "Experiment": [
        ("what_if", "What if?"),
        ("rnn_lstm_gru", "RNN, LSTM, GRU"),
        ("vanishing_gradient", "Vanishing gradient"),
        ("variant_lab", "Variant lab"),
    ],
    "Learn": [("notes_checked", "Notes, checked")],
}
"""Section → pages, as (file name in pages/, title); the first is the home page."""


def run() -> None:
    """Show the page that the address names, below the navigation."""
    st.set_page_config(page_title="LSTM Viz", page_icon=str(FOLDER / "icon.svg"), layout="wide")
    st.html(f"<style>{style('core/frame.css')}</style>")
    sections = {
        section: [
            st.Page(f"pages/{name}.py", title=title, default=name == _home(), url_path=name) for name, title in pages
        ]
        for section, pages in PAGES.items()
    }
    page = st.navigation(sections, position="top")
    session.begin(page.url_path)
    session.show_ignored()
    page.run()
    _settle()


def _home() -> str:
    return next(iter(PAGES.values()))[0][0]


@cache
def _settle() -> None:
    """After the first page is up, spare what it loaded from every later garbage collection."""
    gc.collect()
    gc.freeze()
