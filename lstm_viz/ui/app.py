"""The frame of the app: its pages, its look, and what happens once a process."""

import gc
import sys
from dataclasses import replace
from functools import cache, partial
from typing import Any

import streamlit as st
import torch

from lstm_viz.live_page.assets import FOLDER, text
from lstm_viz.ui import allocation
from lstm_viz.ui.bridge import delivered, frame, making, own, session
from lstm_viz.ui.jobs import JOBS
from lstm_viz.ui.navigation import HOME, IN_THE_ROW, NAME, PAGES, SHOWS_ANY, titled
from lstm_viz.ui.pages.lessons.strip import strip
from lstm_viz.ui.settings.link import FRAME, address
from lstm_viz.ui.settings.settings import DEFAULTS
from lstm_viz.ui.turns import TURNS
from lstm_viz.ui.way import WAY
from lstm_viz.ui.widgets import prose
from lstm_viz.ui.widgets.presenter import presenter

# More threads make products this small slower, and wait for each other when the machine is busy.
torch.set_num_threads(1)
allocation.keep_little()
# After so many seconds a thread that computes gives Python's own lock to one that waits. An answer of few milliseconds
# gives it away many times, and behind long work would wait each time for Python's default of 5 ms.
sys.setswitchinterval(0.0005)


def run() -> None:
    """Show the page that the address names, below the navigation, when its turn comes."""
    with TURNS.turn():
        _show()
    delivered.wait()
    _settle()


def _show() -> None:
    icon = str(FOLDER / "icon.svg")
    name = f':root {{ --lv-name: "{NAME}"; }}'
    embedded = session.embedded()
    sheets = ["core/frame.css", "core/terms.css", "present/frame.css", *(["core/embedded.css"] if embedded else [])]
    st.html(f"<style>{name}{''.join(map(text, sheets))}</style>")
    sections = {section: [_page(name, title) for name, title in listed] for section, listed in PAGES.items()}
    pages = [page for section in sections.values() for page in section]
    home = next(page for page in pages if page.url_path == "")
    by_name = st.Page(partial(_go_to, home), title=home.title, url_path=HOME, visibility="hidden")
    # What has no section stands by name in the row, before the sections.
    row = [page for section in IN_THE_ROW for page in sections.pop(section)]
    page = st.navigation({"": [*row, by_name], **sections}, position="hidden" if embedded else "top")
    st.set_page_config(page_title=titled(page.title), page_icon=icon, layout="wide")
    st.logo(icon, size="large")  # frame.css writes the name beside it
    prose.begin()
    if session.begin(page.url_path):
        JOBS.gone(session.name())
        making.leave()
    session.show_ignored()
    strip(page.url_path)
    if page.url_path in SHOWS_ANY and (missing := own.missing()):
        # In place of the page: what its view needs, and the way to where it is to be had.
        st.title(page.title, anchor=False)
        own.ask_for(missing)
    else:
        # Whatever computes beside the pages lets this go first.
        with WAY.answering(session.name()):
            page.run()
    frame.show_all()
    if embedded:
        _to_the_whole_page(page.url_path)
    presenter()


def _page(name: str, title: str) -> Any:
    # The home page's address is the app's own. Its name leads there, so Streamlit may not reserve that for it.
    address = "home" if name == HOME else name
    return st.Page(f"pages/{name}.py", title=title, default=name == HOME, url_path=address)


def _to_the_whole_page(page: str) -> None:
    """From a frame of another page to the same view on a page of its own; `web/core/address.js` keeps the link true."""
    now = replace(session.settings(), **{name: DEFAULTS[name] for name in FRAME})
    with st.container(key="lv_whole_page"):
        st.markdown(f"[Open in {NAME}]({page or '.'}?{address(now)})")


def _go_to(page: Any) -> None:
    """Lead on to another page, with all that the address holds."""
    st.switch_page(page, query_params={name: st.query_params.get_all(name) for name in st.query_params})


@cache
def _settle() -> None:
    """After the first page is up, spare what it loaded from every later garbage collection."""
    gc.collect()
    gc.freeze()
