"""How far the network in the browser is from PyTorch's: every network that ships, and its states through training."""

import random

import numpy as np
from playwright.sync_api import Browser

from benchmarks.report import Line, Section
from lstm_viz import capture
from lstm_viz.sources import Source, cells_of, checkpoint_steps, shipped, shown_tasks
from tests.web.in_page import InPage, opened, unpacked

TEXTS, LAST, BUDGET = 200, 5, 1e-5
SAMPLED = 'async (asked) => (await import("/tests/web/parity.js")).sampled(asked)'


def texts(source: Source, count: int, seed: int = 1) -> list[tuple[str, ...]]:
    """The task's examples, and what may be typed: symbols, now and then an unknown one, or numbers of its range."""
    chance = random.Random(seed)
    found = [source.read(example.text).tokens for example in source.task.examples][:count]
    known = [*source.model.vocabulary[1:], "zxqwy"]
    while len(found) < count:
        length = chance.randint(1, chance.choice([12, 40, 150]))
        if source.model.vocabulary:
            found.append(tuple(chance.choices(known, k=length)))
        else:
            low, high = source.model.training_range
            found.append(tuple(f"{chance.uniform(low, high):.2f}" for _ in range(length)))
    return found


def difference(page: InPage, source: Source, count: int) -> tuple[float, float]:
    """The largest over texts, of 1 or of the value where that is larger; and that of PyTorch's own float32."""
    chosen = texts(source, count)
    asked = {"about": page.about(source), "texts": chosen, "last": LAST}
    seen = {name: unpacked(array) for name, array in page.evaluate(SAMPLED, asked).items()}
    expected: dict[str, list[np.ndarray]] = {name: [] for name in seen}
    rounded: dict[str, list[np.ndarray]] = {name: [] for name in seen}
    for tokens in chosen:
        exact = source.model.trace_tokens(tokens)
        single = capture.trace(source.model.network.recurrent, exact.inputs)
        for trace, rows in ((exact, expected), (single, rounded)):
            rows["predictions"].append(source.model.predictions(trace))
            for k, layer in enumerate(trace.layers):
                for name in layer.quantities:
                    rows[f"{k} {name}"].append(layer[name][-LAST:])
    apart, own = 0.0, 0.0
    for name, parts in expected.items():
        wanted = np.concatenate(parts)
        size = np.maximum(1, np.abs(wanted))
        apart = max(apart, float((np.abs(seen[name] - wanted) / size).max()))
        own = max(own, float((np.abs(np.concatenate(rounded[name]) - wanted) / size).max()))
    return apart, own


def line(page: InPage, task: str, cell: str) -> Line:
    """One network, and its checkpoints where it has any."""
    apart, own = difference(page, shipped(task, cell), TEXTS)
    steps = checkpoint_steps(task, cell)
    through = [difference(page, shipped(task, cell, "C", step), TEXTS)[0] for step in steps]
    cells = (f"{task}, {cell}", f"{apart:.1e}", f"{max(through):.1e}" if through else "–", f"{own:.1e}")
    return Line(cells, max([apart, *through]), BUDGET)


def measure(browser: Browser) -> Section:
    """Compare every network that ships, with each of its cells and checkpoints."""
    with opened(browser) as page:
        lines = [line(page, task, cell) for task in shown_tasks() for cell in cells_of(task)]
    worst = max(each.measured or 0 for each in lines)
    return Section(
        "Agreement of the browser with PyTorch",
        f"{TEXTS} texts a network, its examples and random ones of up to 150 symbols: the largest difference of any "
        f"prediction, and of any quantity in the last {LAST} steps, where rounding has had the longest to grow; of 1, "
        "or of the value where that is larger. Both compute in float64. The last column is how far PyTorch in float32 "
        f"is from itself in float64: some networks make much of a rounding. Largest of all: {worst:.1e}.",
        ("network", "trained", "through training", "PyTorch’s own rounding"),
        lines,
    )
