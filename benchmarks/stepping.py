"""Inside the cell: a key press until the next time step is painted, against a page that does next to nothing."""

import time
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page

from benchmarks.report import Line, Section, percentiles
from lstm_viz.tasks import load_model
from lstm_viz.ui.bridge.payload import pack
from lstm_viz.ui.pages.inside.view import inside_message
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from tests.driving import ROOT, serve

FRAME = 1000 / 60  # milliseconds
STEPS = 200
TURNS = 6
KEYS_A_TURN = 20
PAUSE = 0.05  # seconds between keys, as a key that is held down repeats
PATIENCE = 60_000
WORDS = ("the", "film", "was", "warm", "and", "funny", "but", "long")
TEXT = " ".join(WORDS[step % len(WORDS)] for step in range(STEPS))

# What any page needs: one text changes, one attribute is set, and the browser paints.
FLOOR = """<!doctype html><p data-step="0">0</p><script>
  const p = document.querySelector("p");
  document.addEventListener("keydown", () => { p.dataset.step = p.textContent = Number(p.dataset.step) + 1; });
</script>"""

# Resolves with the milliseconds from the next key press until the frame in which its step was drawn is on its way.
TIME_NEXT_STEP = """root => {
  window.timed = new Promise((resolve, reject) => {
    let pressed;
    window.addEventListener("keydown", () => { pressed = performance.now(); }, { capture: true, once: true });
    const observer = new MutationObserver(() => {
      observer.disconnect();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - pressed);
        port2.postMessage(0);
      });
    });
    observer.observe(root, { attributes: true, attributeFilter: ["data-step"] });
    setTimeout(() => reject(new Error("no step within 20 s of the key")), 20000);
  });
}"""


def measure(browser: Browser) -> Section:
    """Step through the sentence on the page and count on the bare page, by turns in one browser."""
    with serve(ROOT / "app.py") as app:
        cell, bare = browser.new_page(), browser.new_page()
        cell.goto(f"{app.url}/inside_the_cell?{urlencode({'text': TEXT, 'step': 0, 'unit': 0})}")
        cell.locator(".lv-inside[data-step]").wait_for(timeout=PATIENCE)
        bare.set_content(FLOOR)
        times = step_by_turns({"cell": (cell, ".lv-inside"), "bare": (bare, "p")})
        for page in (cell, bare):
            page.close()
    layer = load_model("sentiment").trace(TEXT).layers[0]
    size = len(pack(*inside_message(View.of(Settings(text=TEXT)))))
    lines = []
    for name, mine, floor in zip(("p50", "p95"), percentiles(times["cell"]), percentiles(times["bare"]), strict=True):
        frames = (mine - floor) / FRAME
        lines.append(Line((name, f"{mine:.1f}", f"{floor:.1f}", f"{frames:.2f}"), frames, 1.0))
    return Section(
        "Stepping inside the cell",
        f"→ pressed until the next time step is painted, with {len(layer)} steps × {layer.units} units and all their "
        f"numbers in the browser ({size / 1e6:.1f} MB), against a page on which a key changes one number. "
        f"{len(times['cell'])} keys each, {PAUSE:g} s apart, by turns of {KEYS_A_TURN} in one headless browser; timed "
        "inside the page, from the keydown event until the frame with the new step has been handed over.",
        ("percentile", "page, ms", "bare page, ms", "difference, frames of 60 Hz"),
        lines,
    )


def step_by_turns(pages: dict[str, tuple[Page, str]]) -> dict[str, list[float]]:
    """Return the milliseconds of every key, page by page."""
    times: dict[str, list[float]] = {name: [] for name in pages}
    for turn in range(TURNS + 1):
        for name, (page, root) in pages.items():
            page.bring_to_front()
            for _ in range(KEYS_A_TURN):
                page.locator(root).first.evaluate(TIME_NEXT_STEP)
                page.keyboard.press("ArrowRight")
                took = float(page.evaluate("window.timed"))
                if turn:  # the first turn warms all up
                    times[name].append(took)
                time.sleep(PAUSE)
    return times
