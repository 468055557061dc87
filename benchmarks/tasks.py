"""Every task: how long its models take to load, and a key press in its longest text until all is repainted."""

import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.sync_api import Browser, Page

from benchmarks.fallback import BUDGET
from benchmarks.live import STEPS
from benchmarks.pages import open_live, press_and_time, replace_text
from benchmarks.report import Line, Section, percentiles
from lstm_viz.sources import cells_of, shown_tasks
from lstm_viz.tasks import TASKS, Task
from lstm_viz.tasks.model import FOLDER, model_of
from tests.driving import ROOT, serve

LOAD_BUDGET = 0.2  # seconds
LOADS = 5
KEYS = 15
PAUSE = 0.3


def load_seconds(task: str, cell: str) -> float:
    """Return how long a model takes to load: the median of several times, none of them from a cache."""
    times = []
    for _ in range(LOADS):
        before = perf_counter()
        model_of(TASKS[task], FOLDER / f"{task}-{cell}.safetensors")
        times.append(perf_counter() - before)
    return median(times)


def loading() -> Section:
    """Load every model that ships."""
    lines = []
    for task in shown_tasks():
        for cell in cells_of(task):
            took = load_seconds(task, cell)
            size = (FOLDER / f"{task}-{cell}.safetensors").stat().st_size / 1e3
            lines.append(Line((task, cell, f"{size:,.0f}", f"{took:.3f}"), took, LOAD_BUDGET))
    return Section(
        "Loading a model",
        f"Weights, card and vocabulary from files that the system has in its cache; medians of {LOADS}.",
        ("task", "cell", "kB", "s"),
        lines,
    )


def text_of(task: Task, length: int) -> str:
    """Return a text of so many tokens, made from a task's examples; its last one is a number where it is of numbers."""
    tokens = [token for example in task.examples for token in task.tokenize(example.text)]
    many = (tokens * (length // len(tokens) + 1))[:length]
    if task.editor == "numbers":
        many[-1] = "0.5"
    return ("" if task.editor == "characters" else " ").join(many)


def longest_text(task: Task) -> str:
    """Return a text of as many tokens as a task accepts."""
    return text_of(task, task.limit)


def edits(task: Task) -> str:
    """Return keys of which each, put in place of the last one, leaves a text that the task can read."""
    if task.editor == "numbers":
        return "123456789"
    return "".join(task.followers) or "abcdefghij"


def press_by_turns(pages: Sequence[Page], task: Task, length: int) -> list[list[float]]:
    """Replace a text's last character again and again, page by page; return each page's milliseconds."""
    text, keys = text_of(task, length)[:-1], edits(task)
    times: list[list[float]] = [[] for _ in pages]
    for press in range(KEYS + 1):
        for page, mine in zip(pages, times, strict=True):
            page.bring_to_front()
            replace_text(page, text)
            time.sleep(PAUSE)
            took = press_and_time(page, keys[press % len(keys)], len(text))
            if press:  # the first warms up
                mine.append(took)
    return times


def measure(browser: Browser) -> Section:
    """Type into the editor of every task: 60 steps, against the echo of the same text, and the longest text."""
    lines = []
    with serve(ROOT / "app.py") as server, serve(Path(__file__).with_name("echo_app.py")) as echo:
        bare = browser.new_page()
        open_live(bare, echo.url)
        for name in shown_tasks():
            task, page = TASKS[name], browser.new_page()
            open_live(page, f"{server.url}/?task={name}&step=0&unit=0")
            (mine, floor), (longest,) = (
                press_by_turns([page, bare], task, STEPS),
                press_by_turns([page], task, task.limit),
            )
            p50, echoed = percentiles(mine)[0], percentiles(floor)[0]
            shown = (f"{p50:.0f}", f"{echoed:.0f}", f"{p50 / echoed:.2f}")
            long = (f"{task.limit:,} {task.reader.noun}", *(f"{each:.0f}" for each in percentiles(longest)))
            lines.append(Line((name, *shown, *long), p50 / echoed, BUDGET))
            page.close()
        bare.close()
    return Section(
        "Key press to repaint, every task",
        f"A key press at the end of a text of {STEPS} steps until all is repainted, against the echo of the same key "
        f"by a bare app with this app's settings; and at the end of the longest text that the task accepts. {KEYS} "
        "keys each, by turns; medians, and for the longest text the 95th percentile too.",
        ("task", f"{STEPS} steps, ms", "echo, ms", "app ÷ echo", "longest", "p50, ms", "p95, ms"),
        lines,
    )
