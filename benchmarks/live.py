"""A key press until every heatmap is repainted, against a key press until a bare Streamlit app echoes it."""

import time
from itertools import accumulate
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.pages import open_live, press_and_time, replace_text
from benchmarks.report import Line, Section, percentiles
from tests.driving import ROOT, serve

BUDGET = 2.0
STEPS = 60
ROUNDS = 12
KEYS_A_ROUND = 10
PAUSE = 0.2  # seconds between keys, as a steady typist leaves them

WORDS = ("the", "film", "was", "warm", "and", "funny", "but", "long")
TEXT = " ".join(WORDS[step % len(WORDS)] for step in range(STEPS))


def carets() -> list[int]:
    """Return the positions after each word: edits fall all over the text, and add no word to it."""
    return [end - 1 for end in accumulate(len(word) + 1 for word in TEXT.split())]


def measure(browser: Browser) -> Section:
    """Type into the app and into the echo app by turns, in one browser, each at the front while it is typed into."""
    times: dict[str, list[float]] = {"app": [], "echo": []}
    with serve(ROOT / "app.py") as app, serve(Path(__file__).with_name("echo_app.py")) as echo:
        pages = {"app": browser.new_page(), "echo": browser.new_page()}
        for name, url in (("app", app.url), ("echo", echo.url)):
            open_live(pages[name], url)
            replace_text(pages[name], TEXT)
        positions = carets()
        for turn in range(ROUNDS + 1):
            for name, page in pages.items():
                page.bring_to_front()
                for press in range(KEYS_A_ROUND):
                    number = turn * KEYS_A_ROUND + press
                    caret = positions[-1 - number % STEPS]
                    took = press_and_time(page, "abcdefghij"[press], caret)
                    if turn:  # the first round warms both up
                        times[name].append(took)
                    time.sleep(PAUSE)
        for page in pages.values():
            page.close()
    (app_50, app_95), (echo_50, echo_95) = percentiles(times["app"]), percentiles(times["echo"])
    return Section(
        "Key press to repaint",
        f"A key press until all heatmaps are repainted ({STEPS} words), against a key press until a bare Streamlit app with one "
        f"component shows it. {len(times['app'])} keys each, {PAUSE:g} s apart, by turns of {KEYS_A_ROUND} in one headless "
        "browser; timed inside the page, from the keydown event to the frame after the repaint.",
        ("percentile", "app, ms", "echo, ms", "app ÷ echo"),
        [
            Line(("p50", f"{app_50:.0f}", f"{echo_50:.0f}", f"{app_50 / echo_50:.2f}"), app_50 / echo_50, BUDGET),
            Line(("p95", f"{app_95:.0f}", f"{echo_95:.0f}", f"{app_95 / echo_95:.2f}"), app_95 / echo_95, BUDGET),
        ],
    )
