"""A key press until all is repainted with the server stopped, on every page with an editor."""

import re
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate, cycle, islice, pairwise
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Page, Route

from benchmarks.pages import PATIENCE, open_running, press_and_time, replace_text
from benchmarks.pages import ROOT as PAGE
from benchmarks.report import Line, Section, percentiles
from lstm_viz.sources import shipped
from lstm_viz.tasks import TASKS
from tests.driving import ROOT, Server, serve

FRAME = 1000 / 60  # milliseconds
ALLOWANCE = 1.5
LONG_FRAMES = 3
STEPS = 60
KEYS = 40
LONG_KEYS = 15
PAUSE = 0.12  # seconds between keys: typing that does not rest

WORDS = ("the", "film", "was", "warm", "and", "funny", "but", "long")
TEXT = " ".join(WORDS[step % len(WORDS)] for step in range(STEPS))

PAGES = {
    "gates_over_time": "",
    "inside_the_cell": "",
    "memory_ledger": "",
    "what_if": "&clamps=" + quote("forget_gate 1 t3-8"),
    "rnn_lstm_gru": "",
}
"""Page → what its address holds besides the chosen cell; What if? recomputes what a held gate changes."""

LENGTHS = (
    ("60 words", "sentiment", STEPS),
    ("1,000 words", "sentiment", 1000),
    ("2,000 characters", "python", 2000),
)
STATES = 40
"""Moves along the time-line, by key and by pointer."""

# Resolves with the milliseconds from the next event of a kind to the frame after all was painted anew.
TIME_NEXT_STATE = """([root, kind]) => {
  window.timed = new Promise((resolve, reject) => {
    let began;
    window.addEventListener(kind, () => { began = performance.now(); }, { capture: true, once: true });
    const observer = new MutationObserver(() => {
      if (began === undefined) return;
      observer.disconnect();
      requestAnimationFrame(() => resolve(performance.now() - began));
    });
    observer.observe(root, { attributes: true, attributeFilter: ["data-painted"] });
    setTimeout(() => reject(new Error("nothing was painted within 20 s")), 20000);
  });
}"""
CALCULATOR = re.compile(r"/network/calculator\.js$")


def carets(text: str = TEXT) -> list[int]:
    """Return the positions after each word: edits fall all over the text, and add no word to it."""
    return [end - 1 for end in accumulate(len(word) + 1 for word in text.split(" "))]


def text_of(task: str, length: int) -> str:
    """Return a text of so many tokens; for characters, one short of the most, so that a key still finds room."""
    if task == "sentiment":
        return " ".join(WORDS[step % len(WORDS)] for step in range(length))
    examples = "".join(example.text for example in TASKS[task].examples)
    return (examples * (length // len(examples) + 1))[: length - 1]


def places(text: str, keys: int) -> list[tuple[str, int]]:
    """Return keys and where they are pressed: all over a text, no two alike."""
    ends = carets(text)
    return [("abcdefghij"[k % 10], ends[(k + 1) * len(ends) // (keys + 1)]) for k in range(keys)]


def keep_what_is_made(page: Page) -> None:
    """Put `ready_made.js` between the page and its engine."""
    script = Path(__file__).with_name("ready_made.js").read_text(encoding="utf-8")

    def serve_it(route: Route) -> None:
        route.fulfill(body=script, content_type="text/javascript")

    page.route(CALCULATOR, serve_it)


def type_into(page: Page, pressed: Sequence[tuple[str, int]]) -> list[float]:
    """Press key after key, each taken back before the next; return the milliseconds of each."""
    times = []
    for key, caret in pressed:
        times.append(press_and_time(page, key, caret))
        time.sleep(PAUSE)
        page.keyboard.press("Backspace")
        time.sleep(PAUSE)
    return times


def measure_page(browser: Browser, server: Server, address: str, text: str, keys: int) -> dict[str, list[float]]:
    """Return the milliseconds of every key, with the engine and with what it made before; the server is stopped."""
    page = browser.new_page()
    keep_what_is_made(page)
    open_running(page, f"{server.url}/{address}")
    replace_text(page, text)
    page.wait_for_timeout(1000)
    pressed = places(text, keys)
    times = {}
    with server.held_up():
        type_into(page, places(text[: len(text) // 2], 5))  # warms up
        for name, ready in (("engine", "false"), ("ready-made", "true")):
            page.evaluate(f"window.readyMade = {ready}; window.worked = 0")
            times[name] = type_into(page, pressed)
            worked = page.evaluate("window.worked")
            # Only the first key and its return come from another text than before.
            if (ready == "true") == (worked > 2):
                raise RuntimeError(f"the engine worked {worked} times for {keys} keys, {name}")
        page.close()
    return times


def measure(browser: Browser) -> Section:
    """Type into the editor of every page, texts of several lengths."""
    lines = []
    with serve(ROOT / "app.py") as server:
        for shown, task, length in LENGTHS:
            text, keys = text_of(task, length), KEYS if length == STEPS else LONG_KEYS
            for name, more in PAGES.items():
                times = measure_page(browser, server, f"{name}?task={task}&step=0&unit=0{more}", text, keys)
                (p50, p95), (_, floor) = percentiles(times["engine"]), percentiles(times["ready-made"])
                budget = max(FRAME, ALLOWANCE * floor) if length == STEPS else LONG_FRAMES * FRAME
                cells = (f"{name}, {shown}", f"{p50:.1f}", f"{p95:.1f}", f"{floor:.1f}", f"{p95 / floor:.2f}")
                lines.append(Line(cells, p95, round(budget, 1)))
    return Section(
        "Key press to repaint, server stopped",
        f"A key press in the middle of a text until the frame after all is repainted, the server held up by a signal "
        f"once the page was there; against the same keys where the engine gives at once what it made before. {KEYS} "
        f"keys ({LONG_KEYS} in the long texts), {PAUSE:g} s apart, each taken back. The budget at {STEPS} words is one "
        f"frame of 60 Hz, or {ALLOWANCE:g} × ready-made; at the long texts {LONG_FRAMES} frames. On What if?, a gate "
        "is held.",
        ("page and text", "p50, ms", "p95, ms", "ready-made p95, ms", "÷ ready-made"),
        lines,
    )


def time_state(page: Page, kind: str, move: Callable[[], None]) -> float:
    """Move along the time-line; return the milliseconds from the event until the state was painted."""
    page.evaluate(TIME_NEXT_STATE, [page.locator(PAGE).first.element_handle(), kind])
    move()
    return float(page.evaluate("window.timed"))


def move_through_training(page: Page, count: int) -> dict[str, list[float]]:
    """Go through the states by key, then by dragging the mark, one state at a time; return the milliseconds of each."""
    line = page.get_by_role("slider", name="Training steps")
    steps = int(line.get_attribute("aria-valuemax") or 0)
    times: dict[str, list[float]] = {"key": [], "drag": []}
    line.press("Home")
    page.wait_for_timeout(300)
    for k in range(count):
        back = k // steps % 2
        times["key"].append(time_state(page, "keydown", partial(line.press, "ArrowLeft" if back else "ArrowRight")))
        time.sleep(PAUSE)
    box = line.bounding_box()
    assert box is not None
    y = box["y"] + 40
    points = line.locator("polyline").first.get_attribute("points") or ""
    xs = [box["x"] + float(point.partition(",")[0]) for point in points.split()]
    # Of states that lie within a few pixels, those that a pointer can tell apart; there and back.
    first, *apart = [x for x, after in pairwise(xs) if after - x > 4]
    page.mouse.move(xs[-1], y)
    page.mouse.down()
    page.mouse.move(first, y)
    page.wait_for_timeout(300)
    for x in islice(cycle([*apart, *apart[-2::-1], first]), count):
        times["drag"].append(time_state(page, "pointermove", partial(page.mouse.move, x, y)))
        time.sleep(PAUSE)
    page.mouse.up()
    return times


def through_training(browser: Browser) -> Section:
    """Go along the time-line of a network's training with a text of 60 words, the server held up."""
    source, lines = shipped("sentiment"), []
    with serve(ROOT / "app.py") as server:
        page = browser.new_page()
        page.goto(f"{server.url}/gates_over_time?timeline=1&step=0&unit=0&text={quote(TEXT)}")
        page.locator(f"{PAGE}[data-states]").first.wait_for(timeout=PATIENCE)
        page.wait_for_timeout(1000)
        with server.held_up():
            move_through_training(page, 5)  # warms up
            times = move_through_training(page, STATES)
        page.close()
    for name, each in times.items():
        p50, p95 = percentiles(each)
        lines.append(Line((name, str(len(each)), f"{p50:.1f}", f"{p95:.1f}"), p95, round(LONG_FRAMES * FRAME, 1)))
    return Section(
        "Through training, server stopped",
        f"From a key or a pointer’s move on the time-line of Gates over time until the frame after all is repainted, "
        f"{STEPS} words × {source.units} units, another state each time, {PAUSE:g} s apart. The budget is "
        f"{LONG_FRAMES} frames of 60 Hz.",
        ("moved by", "states", "p50, ms", "p95, ms"),
        lines,
    )
