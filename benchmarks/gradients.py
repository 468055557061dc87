"""Exact gradients of every state of three cells against torch's own forward and backward pass of the same modules."""

import torch
from torch import nn

from benchmarks.capture import interleaved
from benchmarks.report import Line, Section
from lstm_viz.analysis.gradients import gradients

STEPS, INPUTS = 1000, 8
SIZES = (16, 32, 64)
BUDGET = 3.0


def measure_one(units: int) -> Line:
    """Measure the three cells of one size together."""
    torch.manual_seed(0)
    modules: list[nn.RNNBase] = [kind(INPUTS, units) for kind in (nn.LSTM, nn.GRU, nn.RNN)]
    inputs = torch.randn(STEPS, INPUTS)
    array = inputs.numpy()

    def torchs() -> None:
        for module in modules:
            module(inputs)[0][-1].sum().backward()

    def ours() -> None:
        for module in modules:
            gradients(module, array)

    took = interleaved({"torch": torchs, "gradients": ours})
    ratio = took["gradients"] / took["torch"]
    cells = (f"{STEPS} × {units}", *(f"{1000 * took[name]:.0f}" for name in ("torch", "gradients")), f"{ratio:.2f}")
    return Line(cells, ratio, BUDGET)


def measure() -> Section:
    """Measure every size on one thread."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        lines = [measure_one(units) for units in SIZES]
    finally:
        torch.set_num_threads(threads)
    return Section(
        "Gradients",
        "The gradient of the end with respect to every state, LSTM, GRU and RNN together, in float64, against torch's "
        "forward and backward pass of the same modules in float32; medians of interleaved repetitions on one thread.",
        ("steps × units", "forward and backward, ms", "gradients, ms", "ratio"),
        lines,
    )
