"""`lstm_viz.trace` against the module's own fused pass, and against a loop of `nn.LSTMCell`."""

from collections.abc import Callable
from statistics import median
from time import perf_counter

import torch
from torch import Tensor, nn

import lstm_viz as lv
from benchmarks.report import Line, Section

INPUTS = 64
SIZES = ((20, 16), (60, 64), (200, 64), (1000, 128), (5000, 128))
BUDGETS = {(60, 64): 2.5, (200, 64): 2.5, (1000, 128): 1.5}
SECONDS = 4.0
MOST_ROUNDS = 300


def cell_with_weights_of(lstm: nn.LSTM) -> nn.LSTMCell:
    """Return a cell that computes what the first layer of a module does."""
    cell = nn.LSTMCell(lstm.input_size, lstm.hidden_size)
    cell.load_state_dict({name.removesuffix("_l0"): value for name, value in lstm.state_dict().items()})
    return cell


def loop(cell: nn.LSTMCell, inputs: Tensor) -> Tensor:
    """Run a cell over a sequence, step by step; return every hidden state."""
    hidden = memory = inputs.new_zeros(cell.hidden_size)
    states = []
    for row in inputs:
        hidden, memory = cell(row, (hidden, memory))
        states.append(hidden)
    return torch.stack(states)


def interleaved(calls: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Call each in turn, round after round; return the median time of each, in seconds."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        call()
    started = perf_counter()
    while perf_counter() - started < SECONDS and len(next(iter(times.values()))) < MOST_ROUNDS:
        for name, call in calls.items():
            before = perf_counter()
            call()
            times[name].append(perf_counter() - before)
    return {name: median(values) for name, values in times.items()}


def measure_one(steps: int, units: int) -> Line:
    """Measure one size, after checking that all three compute the same."""
    torch.manual_seed(0)
    lstm, inputs = nn.LSTM(INPUTS, units), torch.randn(steps, INPUTS)
    cell = cell_with_weights_of(lstm)
    traced = torch.tensor(lv.trace(lstm, inputs).layers[0]["hidden_state"])
    for states in (traced, loop(cell, inputs)):
        torch.testing.assert_close(states, lstm(inputs)[0], atol=1e-5, rtol=0)
    took = interleaved(
        {
            "forward": lambda: lstm(inputs),
            "trace": lambda: lv.trace(lstm, inputs),
            "loop": lambda: loop(cell, inputs),
        }
    )
    ratio = took["trace"] / took["forward"]
    cells = (
        f"{steps} × {units}",
        *(f"{1000 * took[name]:.2f}" for name in ("forward", "trace", "loop")),
        f"{took['loop'] / took['trace']:.1f}",
        f"{ratio:.2f}",
    )
    return Line(cells, ratio, BUDGETS.get((steps, units)))


def measure() -> Section:
    """Measure every size on one thread."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with torch.inference_mode():
            lines = [measure_one(steps, units) for steps, units in SIZES]
    finally:
        torch.set_num_threads(threads)
    return Section(
        "Capture",
        f"`lstm_viz.trace` of an `nn.LSTM({INPUTS}, units)` against the same module's own forward pass and against a "
        "loop of `nn.LSTMCell`; medians of interleaved repetitions on one thread, under `torch.inference_mode`.",
        ("steps × units", "forward, ms", "trace, ms", "loop, ms", "loop ÷ trace", "trace ÷ forward"),
        lines,
    )
