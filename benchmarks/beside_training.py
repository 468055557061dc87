"""What two trainings on the server cost whoever types on another page, and how often their own gates are redrawn."""

from contextlib import ExitStack

from playwright.sync_api import Browser, Page

from benchmarks.live import PAUSE, TEXT, places
from benchmarks.pages import PATIENCE, open_live, open_running, press_and_time, replace_text
from benchmarks.report import Line, Section, percentiles
from lstm_viz.learning import Plan
from tests.driving import ROOT, serve

KEYS = 30
RESTS = 15
SECONDS = 5.0
TRAININGS = (
    Plan(units=16, length=60, updates=5000, curriculum=False),
    Plan(task="counting", cell="gru", units=16, updates=5000),
)
"""Two that last longer than all that is measured."""

# Resolves with the milliseconds from the message that tells of a rest to its words.
TIME_NEXT_REST = """root => {
  window.rested = new Promise((resolve, reject) => {
    const before = Number(root.dataset.sent ?? 0);
    let sent;
    const observer = new MutationObserver(() => {
      if (sent === undefined && Number(root.dataset.sent) > before) sent = performance.now();
      if (sent === undefined || root.dataset.received !== root.dataset.sent) return;
      observer.disconnect();
      resolve(performance.now() - sent);
    });
    observer.observe(root, { attributes: true, attributeFilter: ["data-sent", "data-received"] });
    setTimeout(() => reject(new Error("no words within 20 s")), 20000);
  });
}"""
ROOT_OF = ".lv-page[data-painted]"


def measure(browser: Browser) -> Section:
    """Type on Gates over time with no training, with one, and with two."""
    lines = []
    with serve(ROOT / "app.py") as server, ExitStack() as open_pages:
        page = browser.new_page()
        open_running(page, server.url)
        replace_text(page, TEXT)
        page.wait_for_timeout(1500)
        typed(page, 10, 5)  # warms up
        for many in range(len(TRAININGS) + 1):
            watched = None
            if many:
                context = browser.new_context()
                open_pages.callback(context.close)
                watched = context.new_page()
                open_live(watched, f"{server.url}/watch_it_learn?watch={TRAININGS[many - 1].written}")
                watched.locator(".lv-watch .main").click()
                watched.locator(".lv-watch[data-state=running]").wait_for(timeout=PATIENCE)
            frames, updates = drawn(watched) if watched else (0.0, 0.0)
            keys, rests = typed(page, KEYS, RESTS)
            (k50, k95), (r50, r95) = percentiles(keys), percentiles(rests)
            shown = (f"{frames:.1f}", f"{updates:.0f}") if watched else ("–", "–")
            cells = (str(many), f"{k50:.1f}", f"{k95:.1f}", f"{r50:.0f}", f"{r95:.0f}", *shown)
            lines.append(Line(cells))
        print(server.tracebacks(), end="")
    return Section(
        "Beside two trainings",
        f"Another session types on Gates over time, 60 words: {KEYS} keys until the repaint, and {RESTS} rests from "
        "the message that tells of one until its words are there; with no training on the server, with one and with "
        f"two. Frames and updates a second are of the training begun last, over {SECONDS:g} s, in another tab of the "
        "same browser on the same machine.",
        (
            "trainings",
            "key p50, ms",
            "key p95, ms",
            "rest p50, ms",
            "rest p95, ms",
            "frames a second",
            "updates a second",
        ),
        lines,
    )


def typed(page: Page, keys: int, rests: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each key, and of each rest."""
    page.bring_to_front()
    pressed = places(TEXT, keys)
    painted = []
    for key, caret in pressed:
        painted.append(press_and_time(page, key, caret))
        page.wait_for_timeout(1000 * PAUSE)
        page.keyboard.press("Backspace")
        page.wait_for_timeout(1000 * PAUSE)
    page.wait_for_timeout(1000)
    told = []
    for key, caret in places(TEXT, rests):
        page.locator(ROOT_OF).first.evaluate(TIME_NEXT_REST)
        press_and_time(page, key, caret)
        told.append(float(page.evaluate("window.rested")))
        page.locator(ROOT_OF).first.evaluate(TIME_NEXT_REST)
        page.keyboard.press("Backspace")
        page.evaluate("window.rested")
    return painted, told


def drawn(page: Page) -> tuple[float, float]:
    """How often a second a training's gates are redrawn, and how many updates it does."""
    root = page.locator(ROOT_OF).first
    counted = "root => [Number(root.dataset.lives), Number(root.dataset.update), performance.now()]"
    page.wait_for_timeout(2000)
    frames, updates, began = root.evaluate(counted)
    page.wait_for_timeout(1000 * SECONDS)
    frames_then, updates_then, ended = root.evaluate(counted)
    seconds = (ended - began) / 1000
    return (frames_then - frames) / seconds, (updates_then - updates) / seconds
