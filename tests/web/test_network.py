"""The network in the browser gives what torch gives: every shipped model, and made ones of every shape."""

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import lstm_viz as lv
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


STATES = """async ({ about, steps, tokens }) => {
  const { load, sourceOf } = await import("/lstm_viz/web/network/loaded.js");
  await load({ it: about }, { states: true });
  return steps.map((step) => {
    const source = sourceOf(about, step);
    const trace = source.run(tokens);
    const { hidden_state: hidden } = trace.layers[0].values;
    return [hidden, source.predictions(trace)].map(({ values }) => [...values]);
  });
}"""


@pytest.mark.parametrize(("task", "cell"), [each for each in SHIPPED if checkpoint_steps(*each)], ids=lambda each: each)
def test_through_training(in_page: InPage, task: str, cell: str) -> None:
    """States out of the one file that holds them all."""
    end = shipped(task, cell)
    assert end.states is not None
    assert isinstance(end.states.file, Path)
    file = in_page.serve(end.states.file.read_bytes(), ".safetensors")
    about = in_page.about(end) | {"states": {"file": file, "steps": list(end.states.steps)}}
    tokens = end.read(end.task.examples[0].text).tokens
    # Between two states stands the nearer one.
    steps = [0, *end.states.steps[5::20], end.states.steps[-2] + 1, end.states.steps[-1]]
    found = in_page.evaluate(STATES, {"about": about, "steps": steps, "tokens": tokens})
    for step, (hidden, predictions) in zip(steps, found, strict=True):
        model = end.states.at(end.states.nearest(step)).model
        trace = model.trace_tokens(tokens)
        assert distance(np.array(hidden), trace.layers[0].hidden_state.ravel()) < WITHIN, step
        assert distance(np.array(predictions), model.predictions(trace).ravel()) < WITHIN, step


def test_degrees(in_page: InPage) -> None:
    source = shipped("temperature", "gru", "F")
    found = differences(in_page, source, source.read("50, 60F, 10 C, 71.5").tokens)
    assert max(found.values()) < WITHIN, found
