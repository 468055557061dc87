"""From starting the server to the first heatmap, against starting one that only imports torch and Streamlit."""

from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.sync_api import Browser

from benchmarks.pages import open_live
from benchmarks.report import Line, Section
from tests.driving import ROOT, serve

BUDGET = 1.5
ROUNDS = 5


def start(browser: Browser, script: Path) -> float:
    """Start a server, open its page in a context without a cache, and return the seconds until its view is painted."""
    with browser.new_context() as context:
        page = context.new_page()
        before = perf_counter()
        with serve(script) as server:
            open_live(page, server.url)
            return perf_counter() - before


def measure(browser: Browser) -> Section:
    """Start each by turns; the first round, which reads files into the system's cache, does not count."""
    scripts = {"app": ROOT / "app.py", "floor": Path(__file__).with_name("empty_app.py")}
    times: dict[str, list[float]] = {name: [] for name in scripts}
    for turn in range(ROUNDS + 1):
        for name, script in scripts.items():
            took = start(browser, script)
            if turn:
                times[name].append(took)
    app, floor = median(times["app"]), median(times["floor"])
    return Section(
        "Cold start",
        "From starting the server to the first painted heatmap, against a page that imports torch and Streamlit and "
        f"shows one line. Medians of {ROUNDS} starts each, by turns, files in the system's cache, the browser running "
        "but its cache empty.",
        ("what", "app, s", "floor, s", "app ÷ floor"),
        [Line(("first heatmap", f"{app:.2f}", f"{floor:.2f}", f"{app / floor:.2f}"), app / floor, BUDGET)],
    )
