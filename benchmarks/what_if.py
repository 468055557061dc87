"""The ledger against a capture, and the ranking of all units against one step-by-step run."""

from collections.abc import Callable
from typing import Any

import torch
from torch import nn

import lstm_viz as lv
from benchmarks.capture import interleaved
from benchmarks.report import Line, Section
from lstm_viz.analysis.change.each_unit import hold_each_unit
from lstm_viz.capture import cell_of, layers_of
from lstm_viz.engine import run_steps

MODULES: dict[str, Callable[[int, int], Any]] = {"LSTM": nn.LSTM, "GRU": nn.GRU}
UNITS = 64
LEDGER_STEPS, LEDGER_BUDGET = 200, 10.0
RANKING_STEPS, RANKING_BUDGET = 60, 4.0


def compared(what: str, calls: dict[str, Callable[[], object]], budget: float | None) -> Line:
    """Time the first call against the second."""
    (took, against) = interleaved(calls).values()
    cells = (what, f"{1000 * took:.2f}", f"{1000 * against:.2f}", f"{took / against:.1f}")
    return Line(cells, took / against, budget)


def lines_of(title: str) -> list[Line]:
    """Measure one kind of module."""
    torch.manual_seed(0)
    module = MODULES[title](UNITS, UNITS)
    cell, weights = cell_of(module), layers_of(module)[0].weights
    long, short = torch.randn(LEDGER_STEPS, UNITS), torch.randn(RANKING_STEPS, UNITS)
    layer, gate = lv.trace(module, long).layers[0], cell.gates[0].name

    def one_run() -> object:
        with torch.inference_mode():
            return run_steps(cell, weights, short)

    return [
        compared(
            f"{title}: ledger, {LEDGER_STEPS} × {UNITS}, to a capture",
            {"ledger": lambda: lv.memory_ledger(layer), "capture": lambda: lv.trace(module, long)},
            LEDGER_BUDGET,
        ),
        compared(
            f"{title}: a gate of each unit shut, {RANKING_STEPS} × {UNITS}, to one step-by-step run",
            {"ranking": lambda: hold_each_unit(module, short.numpy(), gate), "run": one_run},
            RANKING_BUDGET,
        ),
        compared(
            f"{title}: trace with a clamp, {RANKING_STEPS} × {UNITS}, to one without",
            {
                "clamped": lambda: lv.trace(module, short, clamp=lv.Clamp(gate, 0.0, steps=3)),
                "free": lambda: lv.trace(module, short),
            },
            None,
        ),
    ]


def measure() -> Section:
    """Measure both kinds of module on one thread, as the app runs."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    lines = [line for title in MODULES for line in lines_of(title)]
    torch.set_num_threads(threads)
    return Section(
        "Memory ledger and What if?",
        "Medians of interleaved calls, on one thread. The budgets are ratios.",
        ("what", "ms", "against, ms", "ratio"),
        lines,
    )
