"""The network in the browser gives what torch gives: every shipped model, and made ones of every shape."""

import dataclasses
from typing import Any

import numpy as np
import pytest

import lstm_viz as lv
from benchmarks.parity import difference
from lstm_viz.sources import Source, cells_of, checkpoint_steps, shipped, shown_tasks
from tests.web.in_page import WITHIN, InPage, unpacked

RUN = 'async (asked) => (await import("/tests/web/in_page.js")).ran(asked)'
SHIPPED = [(task, cell) for task in shown_tasks() for cell in cells_of(task)]


def differences(
    in_page: InPage, source: Source, tokens: tuple[str, ...], clamps: tuple[lv.Clamp, ...] = ()
) -> dict[str, float]:
    """How far the browser's values are from torch's, by name: of 1, or of the value where that is larger."""
    asked = {"about": in_page.about(source), "tokens": tokens, "clamps": [dataclasses.asdict(each) for each in clamps]}
    found = in_page.evaluate(RUN, asked)
    trace, model = source.model.trace_tokens(tokens, clamps), source.model
    expected: dict[str, Any] = {"inputs": trace.inputs, "predictions": model.predictions(trace)}
    if source.task.followers:
        expected["followers"] = model.may_follow(trace)
    for k, layer in enumerate(trace.layers):
        expected |= {f"{k} {name}": layer[name] for name in layer.quantities}
    seen = {name: unpacked(array) for name, array in found["arrays"].items()}
    assert {name: array.shape for name, array in seen.items()} == {name: each.shape for name, each in expected.items()}
    assert tuple(found["labels"]) == trace.labels
    if source.task.horizon > 1:
        seen["forecast"], expected["forecast"] = found["forecast"], model.forecast(" ".join(tokens))
    return {name: distance(seen[name], np.asarray(each)) for name, each in expected.items()}


def distance(seen: Any, expected: np.ndarray) -> float:
    """The largest difference, of 1, or of what is expected where that is larger."""
    return float((np.abs(seen - expected) / np.maximum(1, np.abs(expected))).max())


@pytest.mark.parametrize(("task", "cell"), SHIPPED, ids=lambda each: each)
def test_shipped(in_page: InPage, task: str, cell: str) -> None:
    source = shipped(task, cell)
    for example in source.task.examples:
        found = differences(in_page, source, source.read(example.text).tokens)
        assert max(found.values()) < WITHIN, found


@pytest.mark.parametrize(("task", "cell"), [each for each in SHIPPED if checkpoint_steps(*each)], ids=lambda each: each)
def test_through_training(in_page: InPage, task: str, cell: str) -> None:
    """A few texts of the benchmark that compares them all."""
    for step in checkpoint_steps(task, cell)[1::4]:
        assert difference(in_page, shipped(task, cell, "C", step), 9)[0] < WITHIN


def test_degrees(in_page: InPage) -> None:
    source = shipped("temperature", "gru", "F")
    found = differences(in_page, source, source.read("50, 60F, 10 C, 71.5").tokens)
    assert max(found.values()) < WITHIN, found
