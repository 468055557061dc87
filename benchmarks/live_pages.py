"""Every page with an editor: a key press until all of the page is repainted, against its echo."""

from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser

from benchmarks.live import BUDGET, STEPS
from benchmarks.pages import open_live
from benchmarks.report import Line, Section, percentiles
from benchmarks.tasks import KEYS, press_by_turns
from lstm_viz.tasks import TASKS
from tests.driving import ROOT, serve

PAGES = {
    "gates_over_time": "",
    "inside_the_cell": "",
    "memory_ledger": "",
    "what_if": "&clamps=" + quote("forget_gate 1 t3-8"),
    "rnn_lstm_gru": "",
}
"""Page → what its address holds besides the chosen cell; What if? recomputes what a held gate changes."""


def measure(browser: Browser) -> Section:
    """Type into the editor of every page, by turns with the echo."""
    task, lines = TASKS["sentiment"], []
    with serve(ROOT / "app.py") as server, serve(Path(__file__).with_name("echo_app.py")) as echo:
        bare = browser.new_page()
        open_live(bare, echo.url)
        for name, more in PAGES.items():
            page = browser.new_page()
            open_live(page, f"{server.url}/{name}?step=0&unit=0{more}")
            mine, floor = (percentiles(times) for times in press_by_turns([page, bare], task, STEPS))
            shown = (f"{mine[0]:.0f}", f"{mine[1]:.0f}", f"{floor[0]:.0f}", f"{mine[0] / floor[0]:.2f}")
            lines.append(Line((name, *shown), mine[0] / floor[0], BUDGET))
            page.close()
        bare.close()
    return Section(
        "Key press to repaint, every page with an editor",
        f"A key press at the end of a review of {STEPS} words until all is repainted, against the echo of the same "
        f"key by a bare app with this app's settings. {KEYS} keys each, by turns. On What if?, a gate is held, and "
        "the run is worked out again with it.",
        ("page", "p50, ms", "p95, ms", "echo, ms", "app ÷ echo"),
        lines,
    )
