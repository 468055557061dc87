"""Whatever a figure is given, it is drawn, or says in a sentence what was given and what was expected, soon."""

import inspect
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

import lstm_viz
from lstm_viz import figures
from lstm_viz.analysis.gradients import gradients
from lstm_viz.analysis.memory.split import split_output
from lstm_viz.arguments import given
from lstm_viz.figures.powers import powers_chart
from tests.analysis.examples import random_trace

PACKAGE = Path(lstm_viz.__file__).parent
SECONDS = 10  # nothing here takes one on an idle machine


def wrong_values() -> list[Any]:
    """Of every kind that an argument could be given by mistake."""
    return [
        *(None, True, 0, -1, 1.5, 99, 10**9, 10**5000, 1j, float("nan"), float("inf"), -float("inf")),
        *("frog", "", "0", b"bytes", [], {}, set(), (), [1.5], [0, 0], [None], ["x"], {"x": 1}, {1: [1.0]}, {"x": "y"}),
        *(object(), len, range(10**9), slice(3), np.zeros(3), np.zeros((2, 0)), np.full((4, 4), np.nan)),
        *(np.array(["a"]), np.array(3), torch.zeros(3), torch.zeros(2, 2, requires_grad=True), torch.nn.LSTM(3, 8)),
        *(random_trace(), random_trace("rnn").layers[0], iter([1]), lambda: 1, np.float32(0.5), np.array([object()])),
    ]


def rightly_called() -> dict[str, dict[str, Any]]:
    """Every figure with arguments that it draws: name → argument → value."""
    trace = random_trace()
    values, labels = np.linspace(0, 1, len(trace)), list(trace.labels)
    shares = np.stack([values, 1 - values], axis=1)
    flow = gradients(torch.nn.LSTM(3, 8), torch.randn(12, 3))
    return {
        "answers_over_time": {"answers": {"lstm": values}, "right": values},
        "cell_diagram": {"trace": trace},
        "cells_compared": {"traces": {"lstm": trace}, "answers": {"lstm": values}},
        "clipped_gradients": {"flows": {"lstm": flow}},
        "edit_effect": {"edit": trace, "after": random_trace(seed=1)},
        "error_by_length": {"lengths": [10, 100], "errors": {"lstm": np.array([0.1, 0.2])}},
        "forecast": {"given": values, "guesses": values, "labels": labels},
        "gate_heatmaps": {"trace": trace},
        "gradient_paths": {"flow": flow},
        "gradients_by_distance": {"flows": {"lstm": flow}},
        "cells_by_length": {"lengths": [30, 60], "scores": {"lstm": np.ones((2, 3))}},
        "times_by_length": {"lengths": [30, 60], "times": {"lstm": np.ones(2)}, "base": "lstm"},
        "learning_curves": {"updates": np.arange(3), "scores": {"lstm": np.ones((3, 2))}},
        "line_chart": {"charts": powers_chart(0.5, 4)},
        "memory_attention": {"ledger": trace},
        "memory_fading": {"ledger": lstm_viz.memory_ledger(trace.layers[0])},
        "memory_makeup": {"ledger": trace},
        "memory_map": {"ledger": trace.layers[0], "labels": labels},
        "memory_size_map": {"ledger": trace},
        "memory_stack": {"ledger": trace},
        "next_symbols": {"values": shares, "labels": labels, "symbols": ["a", "b"]},
        "powers": {},
        "score_by_length": {"lengths": [30, 60], "scores": {"lstm": np.ones((2, 3))}},
        "slopes": {},
        "summary": {"summary": lstm_viz.summary(trace)},
        "prediction": {"values": values, "labels": labels, "name": "P"},
        "prediction_split": {"split": split_output(trace.layers[0], np.ones(8)), "labels": labels},
        "probabilities": {"values": shares, "labels": labels, "names": ["a", "b"]},
        "saturation": {"trace": trace},
        "unit_lines": {"trace": trace, "unit": 1},
        "unit_ranking": {"changes": {"forget_gate": np.array([0.1, -0.7])}},
        "what_if": {"before": trace, "after": trace},
    }


def call(draw: Callable[..., Any], arguments: dict[str, Any]) -> Any:
    parameters = inspect.signature(draw).parameters
    first = [name for name, each in parameters.items() if each.kind is each.VAR_POSITIONAL]
    return draw(*(arguments[name] for name in first), **{k: v for k, v in arguments.items() if k not in first})


def test_every_figure_is_tried() -> None:
    assert sorted(rightly_called()) == figures.__all__


@pytest.mark.parametrize("name", figures.__all__)
def test_wrong_arguments_are_explained(name: str) -> None:
    draw, right = getattr(figures, name), rightly_called()[name]
    assert call(draw, right).data
    for parameter in inspect.signature(draw).parameters:
        for value in wrong_values():
            start, refused = time.perf_counter(), None
            try:
                figure = call(draw, right | {parameter: value})
                figure.to_json()  # what is drawn can be shown
            except (TypeError, ValueError) as error:
                refused = error
            told = f"{name}({parameter}={given(value)}): {refused}"
            assert time.perf_counter() - start < SECONDS, told
            if refused is not None:
                where = traceback.extract_tb(refused.__traceback__)[-1]
                # Refused by a rule of ours, not by what numpy or plotly stumbled over.
                assert PACKAGE in Path(where.filename).parents, told
                assert (where.line or "").startswith("raise"), told
                assert len(str(refused)) < 500, told
                assert any(word in str(refused) for word in EXPLAINING), told


EXPLAINING = ("expected", "give", "choose", "there are", "there is no", "the layer has", "has no ledger", "which has")


@pytest.mark.parametrize(
    ("name", "wrong", "error", "message"),
    [
        ("gate_heatmaps", {"units": [1.5]}, TypeError, "units: got 1.5; expected a whole number"),
        ("gate_heatmaps", {"units": 3}, TypeError, "units: got 3; expected a list of unit numbers"),
        ("gate_heatmaps", {"units": [2, 2]}, ValueError, "units: unit 2 is given twice"),
        ("gate_heatmaps", {"layer": "0"}, TypeError, "layer: got '0'; expected a whole number"),
        ("gate_heatmaps", {"trace": {}}, TypeError, r"trace: got \{\}; expected a Trace"),
        ("memory_stack", {"source": 99}, ValueError, r"source: 99 does not exist; there are 10 \(0–9\)"),
        ("memory_makeup", {"unit": 8}, ValueError, r"unit: 8 does not exist; the layer has 8 \(0–7\)"),
        ("what_if", {"quantity": "frog"}, ValueError, "quantity: got 'frog'; expected one of input_gate"),
        ("what_if", {"before": random_trace().layers[0]}, TypeError, "before: got LayerTrace.*expected a Trace"),
        ("edit_effect", {"after": None}, TypeError, "after: got None; expected a Trace"),
        ("powers", {"power": 10**7}, ValueError, "power: got 10000000; expected a whole number from 0 to 10000"),
        ("next_symbols", {"choices": 0}, ValueError, "choices: got 0; expected a whole number from 1"),
    ],
)
def test_what_was_found_wrong_once(name: str, wrong: dict[str, Any], error: type[Exception], message: str) -> None:
    start = time.perf_counter()
    with pytest.raises(error, match=message):
        call(getattr(figures, name), rightly_called()[name] | wrong)
    assert time.perf_counter() - start < SECONDS
