"""What an uploaded model costs: read, run and shown on every page, at the size that the app still has to bear."""

import resource
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import torch
from safetensors.torch import save
from torch import nn

from benchmarks.report import Line, Section
from lstm_viz.files import read_file
from lstm_viz.sources import Source
from lstm_viz.sources.uploaded import uploaded
from lstm_viz.tasks.readers import Held
from lstm_viz.tasks.uploaded import Choices
from lstm_viz.ui.bridge.payload import pack
from lstm_viz.ui.pages.gates.view import gates_message
from lstm_viz.ui.pages.inside.view import inside_message
from lstm_viz.ui.pages.ledger.view import ledger_message
from lstm_viz.ui.pages.what_if.view import what_if_message
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View

UNITS, STEPS, FEATURES, LABELS = 1024, 5000, 16, 4
SMALL = (64, 60)
"""Units and steps that a message is held against."""
BUDGET = 4.0
DRAWN = 2.0
"""Seconds from a file to its gates, for a model of two layers, both directions, 256 units."""
PAGES: dict[str, Callable[[View], tuple[dict[str, Any], dict[str, Any]]]] = {
    "Gates over time": gates_message,
    "Inside the cell": inside_message,
    "Memory ledger": ledger_message,
    "What if?": what_if_message,
}


def file_of(module: nn.Module) -> bytes:
    """A module and an output layer for it, as a file."""
    shapes: Any = module
    width = shapes.hidden_size * (1 + shapes.bidirectional)
    parts = {"rnn": module, "head": nn.Linear(width, LABELS)}
    return save({f"{at}.{name}": part for at, each in parts.items() for name, part in each.state_dict().items()})


def opened(content: bytes, steps: int) -> Source:
    """A file as a source that reads so many rows of numbers."""
    file = read_file("model.safetensors", content)
    rows = np.random.default_rng(0).normal(size=(steps, FEATURES)).astype(np.float32)
    labels = tuple(f"class {k}" for k in range(LABELS))
    return uploaded(file, Choices(head=0, labels=labels, held=Held("run.npy", rows)))


def timed(do: Callable[[], Any]) -> tuple[Any, float]:
    """What a function returns, and how many seconds it took."""
    start = time.perf_counter()
    found = do()
    return found, time.perf_counter() - start


def peak() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def sent(source: Source, page: str, settings: Settings) -> int:
    """Bytes of a page's whole message."""
    return len(pack(*PAGES[page](View(source, settings))))


def measure() -> Section:
    """Open a large model, and each page on it; then a middling one, up to its gates."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    settings = Settings(task="yours", step=7, unit=3)
    small = opened(file_of(nn.LSTM(FEATURES, SMALL[0])), SMALL[1])
    reference = {page: sent(small, page, settings) for page in PAGES}
    content = file_of(nn.LSTM(FEATURES, UNITS))
    before = peak()
    lines = []

    def add(what: str, seconds: float, size: int | None = None, of: float | None = None) -> None:
        cells = (what, f"{seconds:.1f}", f"{peak():,.0f}", "–" if size is None else f"{size / 1e3:,.0f}")
        lines.append(Line((*cells, "–" if of is None else f"{of:.1f}"), of, None if of is None else BUDGET))

    source, seconds = timed(lambda: opened(content, STEPS))
    add(f"read the file, {len(content) / 1e6:.0f} MB", seconds)
    # Reading runs it, to know whether its numbers can be shown.
    reading, seconds = timed(lambda: source.read(source.task.examples[0].text))
    add(f"run {len(reading.tokens):,} steps", seconds)
    for page in PAGES:
        size, seconds = timed(partial(sent, source, page, settings))
        add(page, seconds, size, size / reference[page])
    middling, _ = timed(lambda: file_of(nn.LSTM(FEATURES, 256, 2, bidirectional=True)))
    size, seconds = timed(lambda: sent(opened(middling, 60), "Gates over time", settings))
    cells = ("2 layers, both directions, 256 units: file to gates", f"{seconds:.1f}", f"{peak():,.0f}")
    lines.append(Line((*cells, f"{size / 1e3:,.0f}", "–"), seconds, DRAWN))
    return Section(
        "An uploaded model",
        f"An LSTM of {UNITS:,} units, {FEATURES} numbers a step, {STEPS:,} steps of a file, one thread as in the app; "
        f"{before:,.0f} MB before it. "
        f"A page’s message is held against that of {SMALL[0]} units and {SMALL[1]} steps; the budget of the last line "
        f"is in seconds. The peak is of the process so far.",
        ("what", "s", "peak MB", "kB", f"÷ {SMALL[1]} × {SMALL[0]}"),
        lines,
    )
