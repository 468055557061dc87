"""What the cells of 2024 gave up and gained, from the files that training and timing wrote. No Streamlit here."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from lstm_viz.analysis.learning import spread
from lstm_viz.cells import CELLS, GRU, LSTM, RNN, SUCCESSORS
from lstm_viz.figures.cells_by_length import cells_by_length_charts
from lstm_viz.figures.chart import Chart
from lstm_viz.figures.times_by_length import times_by_length_chart
from lstm_viz.tasks.results import TASKS_TRIED, Result, result, results, step_times
from lstm_viz.ui.pages.variants.lab import FAR, LONG
from lstm_viz.ui.pages.variants.links import pages_of
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.words.successors import (
    describe_counting,
    describe_errors,
    describe_gain,
    describe_parallel,
    describe_parity,
    describe_theory,
)

CELLS_SHOWN = (LSTM.name, GRU.name, RNN.name, *SUCCESSORS)
"""In the order of the panels and of the table."""
LINKED = ("Gates over time", "Inside the cell", "What if?")
"""The pages to which a row of the table leads."""
SCORE = {
    "parity": "Share of strings whose last answer is right",
    "counting": "Share of seeds that judge every aⁿbⁿ up to n right",
    "adding": "Mean squared error",
}
WAYS = {
    "LSTM, step by step": (LSTM.name, "loop", LSTM.name, "solid"),
    "LSTM, PyTorch’s own": (LSTM.name, "torch", LSTM.name, "dash"),
    "sLSTM, step by step": ("slstm", "loop", "muted", "solid"),
    "minGRU, step by step": ("min_gru", "loop", "variant", "dot"),
    "minLSTM, all at once": ("min_lstm", "scan", "variant", "dash"),
    "minGRU, all at once": ("min_gru", "scan", "variant", "solid"),
}
"""What is timed → cell, way, and the colour and dash of its line."""
BASE = "minGRU, all at once"


def tasks() -> tuple[str, ...]:
    """The tasks, the one that separates the cells first."""
    return tuple(sorted(TASKS_TRIED, key=lambda task: task != "parity"))


def chosen(task: str) -> Mapping[str, Result]:
    """Cell → what came of it."""
    return {name: result(task, name) for name in CELLS_SHOWN}


def by_length(task: str) -> list[Chart]:
    """A chart a cell: the score at every length."""
    found = chosen(task)
    lengths = [length for length in found[LSTM.name].by_length if task != "counting" or length <= 2 * FAR[task]]
    values = {name: np.array([each.by_length[length] for length in lengths]) for name, each in found.items()}
    if task == "counting":
        # Seeds that are right or not: what counts is how many are.
        values = {name: each.mean(axis=1, keepdims=True) for name, each in values.items()}
    trained = found[LSTM.name].trained_length
    charts = cells_by_length_charts(
        np.array(lengths),
        values,
        trained=trained,
        lower_is_better=task == "adding",
        x_label=LONG[task],
    )
    captions = [
        f"{' and '.join(f'{np.median(each[lengths.index(at)]):.3g} at {at}' for at in (trained, FAR[task]))}."
        for each in values.values()
    ]
    return [replace(chart, caption=caption) for chart, caption in zip(charts, captions, strict=True)]


def table(settings: Settings, task: str) -> list[list[Any]]:
    """Head and rows; the last of a row are the pages that its network opens on, as (title, address)."""
    trained = chosen(task)[LSTM.name].trained_length
    rows = []
    for name, each in chosen(task).items():
        pages = pages_of(settings, task, name)
        scores = [_at(task, each, length) for length in (trained, FAR[task])]
        parallel = "yes" if each.cell.parallel else "no"
        links = [(title, pages[title]) for title in LINKED if title in pages]
        rows.append([each.cell.title, f"{each.content['parameters']:,}", *scores, parallel, links])
    head = ["Cell", "Parameters", *(f"{HEADS[task]} {length}" for length in (trained, FAR[task]))]
    return [[*head, "All steps at once", "Its network on"], *rows]


HEADS = {"parity": "Right after", "counting": "Seeds right up to n =", "adding": "Error on"}


def _at(task: str, each: Result, length: int) -> str:
    values = each.by_length[length]
    return f"{values.sum():.0f} of {len(values)}" if task == "counting" else spread(values)


def verdict(task: str) -> str:
    """What came out on a task, in a sentence or two made from the results."""
    found = chosen(task)
    titles = {CELLS[name].title: each for name, each in found.items()}
    trained = found[LSTM.name].trained_length
    if task == "adding":
        at = {title: (each.by_length[trained], each.by_length[FAR[task]]) for title, each in titles.items()}
        return describe_errors(at, (trained, FAR[task]))
    if task == "counting":
        longest = {title: np.array(each.content["scores"]["longest n"]) for title, each in titles.items()}
        return describe_counting(longest, trained, found[LSTM.name].content["study"]["tried"])
    return describe_parity({title: each.by_length[FAR[task]] for title, each in titles.items()}, FAR[task])


def theory() -> str:
    """What is proven of parity, and what was found beside it, one layer and two."""
    linear = [name for name in CELLS_SHOWN if CELLS[name].parallel]
    one = {CELLS[name].title: result("parity", name) for name in linear}
    two = {each.cell.title: each for each in results("parity", layers=2)}
    study = next(iter(one.values())).content["study"]
    shortest = min(next(iter(one.values())).by_length)
    return describe_theory(
        {title: each.by_length for title, each in one.items()},
        {title: each.by_length for title, each in two.items()},
        (shortest, study["length"], FAR["parity"]),
        study["updates"],
    )


def parallel() -> str:
    """Which cells can be trained on all steps at once, and why."""
    return describe_parallel({CELLS[name].title: CELLS[name].parallel for name in CELLS_SHOWN})


def times() -> Chart:
    """How long a training step takes, as a multiple of the quickest way that can be parallel."""
    measured = step_times()
    seconds = {label: measured.seconds(cell, way) for label, (cell, way, *_) in WAYS.items()}
    looks = {label: (colour, dash) for label, (_, _, colour, dash) in WAYS.items()}
    return times_by_length_chart(np.array(measured.lengths, dtype=float), seconds, base=BASE, looks=looks)


def times_table() -> list[list[str]]:
    """Head and rows: the multiple at every length that was measured."""
    measured = step_times()
    rows = []
    for name in CELLS_SHOWN:
        for way, said in (("loop", "step by step"), ("torch", "PyTorch’s own"), ("scan", "all at once")):
            if way in measured.content["seconds"][name]:
                ratios = measured.ratio((name, way), ("min_gru", "scan"))
                rows.append([f"{CELLS[name].title}, {said}", *(f"{ratio:.2g}" for ratio in ratios)])
    return [["Cell", *(f"{length:,} steps" for length in measured.lengths)], *rows]


def measured_on() -> str:
    """With what the times were taken."""
    facts = step_times().content
    machine, one = facts["machine"], facts["threads"] == 1
    return (
        f"One training step: forwards and back through {facts['sequences']} sequences, {facts['units']} units, "
        f"{facts['inputs']} inputs; the quickest of {facts['repeats']}, processor time on {facts['threads']} "
        f"{'thread' if one else 'threads'} of a {machine['processor']} machine with {machine['cores']} cores, "
        f"PyTorch {facts['versions']['torch']}, {facts['date']}. On a graphics card, which does many sums at once, "
        "the multiples are others; they were not measured."
    )


def gained() -> str:
    """What was given up and what was gained, in one paragraph."""
    measured = step_times()
    last = measured.lengths[-1]
    study = result("adding", LSTM.name)
    return describe_gain(
        {CELLS[name].title: result("parity", name).by_length[FAR["parity"]] for name in CELLS_SHOWN},
        {CELLS[name].title: np.array(result("counting", name).content["scores"]["longest n"]) for name in CELLS_SHOWN},
        {CELLS[name].title: result("adding", name).by_length[study.trained_length] for name in CELLS_SHOWN},
        parameters={CELLS[name].title: result("parity", name).content["recurrent_parameters"] for name in CELLS_SHOWN},
        steps=last,
        over_own_loop=float(measured.ratio(("min_gru", "loop"), ("min_gru", "scan"))[-1]),
        over_lstm=float(measured.ratio((LSTM.name, "loop"), ("min_gru", "scan"))[-1]),
        over_torch=float(measured.ratio((LSTM.name, "torch"), ("min_gru", "scan"))[-1]),
    )
