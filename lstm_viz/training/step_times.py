"""``python -m lstm_viz.training.step_times``: how long a training step of each cell takes, by length.

Step by step in a loop, which any cell can do; all steps at once, where a cell allows it; and PyTorch's own layer, where
there is one, whose loop is in compiled code. Processor time on one thread, so that others on the machine do not count.
"""

import argparse
import datetime
import json
import os
import platform
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from lstm_viz.cells import CELLS, GRU, LSTM, RNN, SUCCESSORS
from lstm_viz.engine import run_parallel, run_steps
from lstm_viz.module import CellModule
from lstm_viz.tasks.model import FOLDER
from lstm_viz.tasks.network import RECURRENT
from lstm_viz.tasks.results import STEP_TIMES

CELL_NAMES = (LSTM.name, GRU.name, RNN.name, *SUCCESSORS)
LENGTHS = (32, 64, 128, 256, 512, 1024, 2048)
UNITS, INPUTS, BATCH, REPEATS = 64, 16, 8, 5


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; `arguments` as they would be typed."""
    parser = argparse.ArgumentParser(prog="python -m lstm_viz.training.step_times", description=__doc__)
    parser.add_argument("--lengths", type=int, nargs="+", default=LENGTHS)
    parser.add_argument("--repeats", type=int, default=REPEATS)
    parser.add_argument("--out", type=Path, default=FOLDER)
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    seconds: dict[str, dict[str, list[float]]] = {}
    for name in CELL_NAMES:
        for way, step in steps_of(name).items():
            each = [taken(step, length, options.repeats) for length in options.lengths]
            seconds.setdefault(name, {})[way] = each
            tqdm.write(f"{name} {way}: " + ", ".join(f"{value:.4f}" for value in each))
    content = {
        "lengths": list(options.lengths),
        "seconds": seconds,
        "units": UNITS,
        "inputs": INPUTS,
        "sequences": BATCH,
        "repeats": options.repeats,
        "clock": "processor",
        "threads": torch.get_num_threads(),
        "machine": {"processor": platform.machine(), "cores": os.cpu_count(), "system": platform.system()},
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "versions": {"python": platform.python_version(), "torch": torch.__version__},
    }
    path = options.out / STEP_TIMES
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def steps_of(name: str) -> dict[str, Callable[[Tensor], Tensor]]:
    """Every way to run a cell: inputs (T, B, I) → hidden states of all steps; "loop", and "scan" or "torch"."""
    cell, module = CELLS[name], CellModule(name, INPUTS, UNITS)
    ways: dict[str, Callable[[Tensor], Tensor]] = {
        "loop": lambda inputs: run_steps(cell, module.weights, inputs)["hidden_state"]
    }
    if cell.parallel:
        ways["scan"] = lambda inputs: run_parallel(cell, module.weights, inputs)["hidden_state"]
    if name in RECURRENT:
        own: Any = RECURRENT[name](INPUTS, UNITS)
        ways["torch"] = lambda inputs: own(inputs)[0]
    return ways


def taken(step: Callable[[Tensor], Tensor], length: int, repeats: int) -> float:
    """Processor seconds of running forwards and back, the least of several: the rest is what disturbed it."""
    inputs, found = torch.randn(length, BATCH, INPUTS), []
    for _ in range(repeats + 1):
        started = time.process_time()
        step(inputs).square().mean().backward()
        found.append(time.process_time() - started)
    return float(np.min(found[1:]))


if __name__ == "__main__":
    main()
