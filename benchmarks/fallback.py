"""Where the browser cannot run the network: a key until all is repainted, against a bare Streamlit app's echo of it."""

import re
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from benchmarks.live import STEPS, TEXT, carets
from benchmarks.pages import open_live, press_and_time, replace_text
from benchmarks.report import Line, Section, percentiles
from lstm_viz.tasks import load_model
from tests.driving import ROOT, serve

BUDGET = 2.0
TURNS = 12
KEYS_A_TURN = 10
PAUSE = 0.2  # seconds between keys, as a steady typist leaves them

WEIGHTS = re.compile(r"\.safetensors$")


def measure(browser: Browser) -> Section:
    """Type into the app and into both echoes by turns, in one browser, each at the front while it is typed into."""
    echo_app = Path(__file__).with_name("echo_app.py")
    with (
        TemporaryDirectory() as nothing,
        serve(ROOT / "app.py") as app,
        serve(echo_app, settings=Path(nothing)) as bare,
        serve(echo_app) as tuned,
    ):
        pages = {"app": browser.new_page(), "bare": browser.new_page(), "tuned": browser.new_page()}
        pages["app"].route(WEIGHTS, lambda route: route.abort())
        for page, server in zip(pages.values(), (app, bare, tuned), strict=True):
            open_live(page, server.url)
            replace_text(page, TEXT)
        times = type_by_turns(pages)
        for page in pages.values():
            page.close()
    centiles = {name: percentiles(values) for name, values in times.items()}
    lines = []
    for name, floor in (("bare", "an app with Streamlit's own settings"), ("tuned", "an app with this app's settings")):
        for place, percentile in enumerate(("p50", "p95")):
            mine, other = centiles["app"][place], centiles[name][place]
            cells = (f"{percentile}, against {floor}", f"{mine:.0f}", f"{other:.0f}", f"{mine / other:.2f}")
            lines.append(Line(cells, mine / other, BUDGET))
    layer = load_model("sentiment").trace(TEXT).layers[0]
    shown = f"{STEPS} steps × {layer.units} units × {len(layer.quantities)} quantities"
    return Section(
        "Key press to repaint where the server counts",
        f"In a browser that the weights do not reach, a key press until all heatmaps are repainted ({shown}), against "
        f"one until a bare Streamlit app with one component echoes the text. {len(times['app'])} keys each, {PAUSE:g} "
        f"s apart, by turns of {KEYS_A_TURN} in one headless browser; timed inside the page, from the keydown event to "
        "the frame after the repaint. The echo is measured twice: with the settings that Streamlit comes with, and "
        "with this app's (no full garbage collection after every run, no file watcher), so that only the app's own "
        "work is compared.",
        ("percentile", "app, ms", "echo, ms", "app ÷ echo"),
        lines,
    )


def type_by_turns(pages: dict[str, Page]) -> dict[str, list[float]]:
    """Return the milliseconds of every key, page by page."""
    times: dict[str, list[float]] = {name: [] for name in pages}
    positions = carets()
    for turn in range(TURNS + 1):
        for name, page in pages.items():
            page.bring_to_front()
            for press in range(KEYS_A_TURN):
                caret = positions[-1 - (turn * KEYS_A_TURN + press) % STEPS]
                took = press_and_time(page, "abcdefghij"[press], caret)
                if turn:  # the first turn warms all up
                    times[name].append(took)
                time.sleep(PAUSE)
    return times
