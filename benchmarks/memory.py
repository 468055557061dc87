"""Resident memory of the server: with every model loaded, per session, and over many edits."""

import subprocess
import time
from collections.abc import Sequence
from string import ascii_lowercase
from typing import Protocol

import numpy as np
from playwright.sync_api import Browser, Page

from benchmarks.live import TEXT, carets
from benchmarks.models import load_every_model
from benchmarks.pages import open_live, press_and_time, replace_text
from benchmarks.report import Line, Section
from tests.driving import ROOT, serve

RESIDENT_BUDGET = 700.0
SESSION_BUDGET = 5.0
SESSIONS = 20
EDITS = 1000
SETTLE = 1.0  # seconds, for what a session's start still allocates


class Processes(Protocol):
    """A server, of one process or more."""

    @property
    def pids(self) -> Sequence[int]:
        """Their numbers."""


def resident(server: Processes) -> float:
    """Return the server's resident memory in MB (10⁶ bytes), of all its processes together."""
    command = ["ps", "-o", "rss=", "-p", ",".join(map(str, server.pids))]
    sizes = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return sum(map(int, sizes)) * 1024 / 1e6


def slope(values: list[float]) -> float:
    """Return the rise per step of the straight line that fits best."""
    return float(np.polynomial.Polynomial.fit(range(len(values)), values, 1).convert().coef[1])


def session(browser: Browser, url: str) -> Page:
    """Open a session and use it: a text of 60 words and three edits."""
    page = browser.new_page()
    open_live(page, url)
    replace_text(page, TEXT)
    for caret in carets()[-3:]:
        press_and_time(page, "s", caret)
    return page


def measure(browser: Browser) -> Section:
    """Open sessions one after another without closing any, then edit in the last of them."""
    models = len(load_every_model())
    with serve(ROOT / "app.py", command=("-m", "benchmarks.preloaded", "run")) as server:
        pages = [session(browser, server.url)]
        time.sleep(SETTLE)
        memory = [resident(server)]
        for _ in range(SESSIONS):
            pages.append(session(browser, server.url))
            time.sleep(SETTLE)
            memory.append(resident(server))
        editing = [resident(server)]
        positions = carets()
        for edit in range(EDITS):
            turn, place = divmod(edit, len(positions))
            if place == 0:  # the text starts afresh, so that it does not grow, and takes a letter not yet tried
                replace_text(pages[-1], TEXT if turn % 2 else TEXT.upper())
            press_and_time(pages[-1], ascii_lowercase[turn % 26], positions[-1 - place])
            if edit % 50 == 0:
                editing.append(resident(server))
        for page in pages:
            page.close()
    # The first sessions also fill what all sessions share: thread pools, caches with a limit.
    a_session = slope(memory[-(SESSIONS - SESSIONS // 4) :])
    # The first half of the edits fills the caches that have a limit.
    an_edit = slope(editing[len(editing) // 2 :]) / 50
    return Section(
        "Memory",
        f"Resident memory of the server process, {models} models loaded, one session open; then {SESSIONS} further "
        f"sessions, each with a text of 60 words and three edits (rise of the straight line through the last "
        f"{SESSIONS - SESSIONS // 4}); then {EDITS} edits in one of them (rise over the second half).",
        ("what", "MB"),
        [
            Line(("all models loaded, one session", f"{memory[0]:.0f}"), memory[0], RESIDENT_BUDGET),
            Line(("each further session", f"{a_session:.1f}"), a_session, SESSION_BUDGET),
            Line((f"with {SESSIONS + 1} sessions open", f"{memory[-1]:.0f}")),
            Line(("each further 1,000 edits", f"{1000 * an_edit:.1f}")),
        ],
    )
