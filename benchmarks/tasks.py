"""Every task: how long its models take to load, and a key press in its longest text until all is repainted."""

import time
from statistics import median
from time import perf_counter

from playwright.sync_api import Browser

from benchmarks.pages import open_live, press_and_time, replace_text
from benchmarks.report import Line, Section, percentiles
from lstm_viz.tasks import TASKS, Task
from lstm_viz.tasks.model import FOLDER, read_model
from lstm_viz.ui.chosen import cells_of, shown_tasks
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
        read_model(TASKS[task], FOLDER / f"{task}-{cell}.safetensors")
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


def longest_text(task: Task) -> str:
    """Return a text of as many tokens as a task accepts, made from its examples; the last is a number of two digits."""
    tokens = [token for example in task.examples for token in task.tokenize(example.text)]
    many = (tokens * (task.limit // len(tokens) + 1))[: task.limit]
    if task.editor == "numbers":
        many[-1] = "0.5"
    return ("" if task.editor == "characters" else " ").join(many)


def edits(task: Task) -> str:
    """Return keys of which each, put in place of the last one, leaves a text that the task can read."""
    if task.editor == "numbers":
        return "123456789"
    return "".join(task.followers) or "abcdefghij"


def measure(browser: Browser) -> Section:
    """Replace the last character again and again, in the longest text of every task."""
    lines = []
    with serve(ROOT / "app.py") as server:
        for name in shown_tasks():
            task, page = TASKS[name], browser.new_page()
            open_live(page, f"{server.url}/?task={name}&step=0&unit=0")
            text = longest_text(task)[:-1]
            keys, times = edits(task), []
            for press in range(KEYS + 1):
                replace_text(page, text)
                time.sleep(PAUSE)
                took = press_and_time(page, keys[press % len(keys)], len(text))
                if press:  # the first warms up
                    times.append(took)
            p50, p95 = percentiles(times)
            steps = f"{task.limit:,} {task.reader.noun}"
            lines.append(Line((name, steps, f"{p50:.0f}", f"{p95:.0f}")))
            page.close()
    return Section(
        "Key press to repaint, longest texts",
        f"A key press at the end of the longest text that a task accepts, until all is repainted; {KEYS} keys each.",
        ("task", "length", "p50, ms", "p95, ms"),
        lines,
    )
