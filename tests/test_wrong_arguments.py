"""Every public function and method of the library refuses what is wrong in a sentence that helps, and soon."""

import io
from collections.abc import Sized
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from torch import nn

import lstm_viz as lv
from lstm_viz.cells import CELLS
from tests.tasks.model_file import READ_MODEL, several_texts
from tests.test_summary import Writer
from tests.wrong_arguments import (
    Subject,
    any_of,
    anything,
    cases,
    check,
    drawn_values,
    is_itself,
    is_number,
    is_text,
    no_labels,
    odd_values,
    optional,
    whole_from,
)

STEPS, UNITS = 5, 4
torch.manual_seed(0)
LSTM, INPUTS = nn.LSTM(3, UNITS), torch.randn(STEPS, 3)
TRACE = lv.trace(LSTM, INPUTS)
LAYER = TRACE.layers[0]
SUMMARY = lv.summary(TRACE)
NOTHING = dict.fromkeys(("loader", "layer", "call"), optional)
WITHIN = nn.Sequential(LSTM)
FLOW = lv.gradients(LSTM, INPUTS)
EDIT = lv.compare(TRACE, TRACE)
MODEL, FORECASTER, COUNTER = lv.load_model("sentiment"), lv.load_model("temperature"), lv.load_model("counting")
TEXT = "a warm film"
READABLE = lv.load_model("python")


def one_a_step(value: Any) -> bool:
    """Fits labels: a list with a text, or anything that has one, for every step; none for the step numbers."""
    return value is None or (isinstance(value, Sized) and len(value) in (0, STEPS))


def no_clamps(value: Any) -> bool:
    return isinstance(value, Sized) and len(value) == 0


def recorded(model: Any, layer: Any) -> Any:
    with lv.record(model, layer) as runs:
        return runs


def positions_up_to(size: int) -> Any:
    def fits(value: Any) -> bool:
        if value is None or isinstance(value, slice):
            return True
        try:
            chosen = np.atleast_1d(
                np.asarray(value if hasattr(value, "__len__") or np.isscalar(value) else list(value))
            )
        except (TypeError, ValueError):
            return False
        return chosen.ndim == 1 and (not chosen.size or (chosen.dtype.kind in "iu" and set(chosen) <= set(range(size))))

    return fits


def numbers_of_shape(*shape: int) -> Any:
    def fits(value: Any) -> bool:
        try:
            return bool(np.asarray(value, dtype=float).shape == shape)
        except (TypeError, ValueError, RuntimeError):
            return False

    return fits


def is_sequence(value: Any) -> bool:
    """Fits what may be read as (T, 3) numbers, truth values among them."""
    return getattr(value, "shape", ())[1:] == (3,) and not torch.as_tensor(value).is_complex()


def readable(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def finite_number(value: Any) -> bool:
    return is_number(value) and bool(np.isfinite(float(value)))


SUBJECTS = [
    Subject(
        "trace",
        lv.trace,
        {"module": LSTM, "inputs": INPUTS, "layer": None, "initial_state": None, "labels": None, "clamp": ()},
        {
            "inputs": is_sequence,
            "layer": optional,
            "initial_state": optional,
            "labels": one_a_step,
            "clamp": no_clamps,
        },
    ),
    Subject(
        "trace a batch",
        lv.trace,
        {"module": LSTM, "inputs": INPUTS[:, None], "initial_state": None, "labels": None, "clamp": ()},
        {"inputs": is_sequence, "initial_state": optional, "labels": no_labels, "clamp": no_clamps},
    ),
    Subject(
        "trace a model",
        lv.trace,
        {"module": WITHIN, "inputs": INPUTS, "layer": "0", "initial_state": None, "labels": None, "clamp": ()},
        {"inputs": is_sequence, "layer": optional, "initial_state": optional, "labels": one_a_step, "clamp": no_clamps},
    ),
    Subject(
        "record",
        recorded,
        {"model": LSTM, "layer": None},
        {"layer": any_of(optional, is_itself)},
    ),
    Subject("summary", lv.summary, {"source": TRACE, "loader": None, "layer": None, "call": None}, NOTHING),
    Subject(
        "summary of a loader",
        lv.summary,
        {"source": LSTM, "loader": [INPUTS], "layer": None},
        {"layer": any_of(optional, is_itself)},
    ),
    Subject("Summary.to_tensorboard", SUMMARY.to_tensorboard, {"writer": Writer(), "step": 3}, {"step": anything}),
    Subject(
        "Summary.figure",
        SUMMARY.figure,
        {"module": None, "layer": 0, "direction": "forward", "theme": "light", "caption": True},
        {
            "module": any_of(optional, is_itself),
            "layer": whole_from(0, 0),
            "caption": lambda value: isinstance(value, (bool, np.bool_)),
        },
    ),
    Subject(
        "gradients",
        lv.gradients,
        {"module": LSTM, "inputs": INPUTS, "output_weights": None, "initial_state": None},
        {
            "inputs": is_sequence,
            "output_weights": any_of(optional, numbers_of_shape(UNITS)),
            "initial_state": optional,
        },
    ),
    Subject(
        "hold_each_unit",
        lv.hold_each_unit,
        {"module": LSTM, "inputs": INPUTS, "gate": "forget_gate", "value": 0.5, "clamp": ()},
        {"value": lambda value: is_number(value) and 0 <= value <= 1, "clamp": no_clamps, "inputs": is_sequence},
        {"gate": "clamp", "value": "clamp"},
    ),
    Subject(
        "Clamp",
        lambda **arguments: lv.trace(LSTM, INPUTS, clamp=lv.Clamp(**arguments)),
        {"quantity": "forget_gate", "value": 0.5, "units": None, "steps": None, "layer": None, "direction": None},
        {
            "value": lambda value: is_number(value) and 0 <= value <= 1,
            "units": positions_up_to(UNITS),
            "steps": positions_up_to(STEPS),
            "layer": any_of(optional, whole_from(0, 0)),
            "direction": optional,
        },
        dict.fromkeys(["quantity", "value", "units", "steps", "layer", "direction"], "clamp"),
    ),
    Subject(
        "Clamp.mask",
        lv.Clamp("forget_gate", 0.5).mask,
        {"cell": CELLS["lstm"], "steps": STEPS, "units": UNITS},
        {"steps": whole_from(0, 10**7), "units": whole_from(0, 10**7)},
    ),
    Subject(
        "Clamp.applies_to",
        lv.Clamp("forget_gate", 0.5).applies_to,
        {"layer": 0, "direction": "forward"},
        {"layer": whole_from(0), "direction": is_text},
    ),
    Subject(
        "LayerTrace",
        lv.LayerTrace,
        {
            "cell": "lstm",
            "index": 0,
            "direction": "forward",
            "values": dict(LAYER.values),
            "initial_state": dict(LAYER.initial_state),
            "clamped": frozenset(),
        },
        {"index": whole_from(0), "clamped": lambda value: isinstance(value, (set, frozenset)) and not value},
        {"values": "expected"},
    ),
    Subject("LayerTrace.before", LAYER.before, {"name": "cell_state"}),
    Subject(
        "Trace",
        lv.Trace,
        {"layers": (LAYER,), "inputs": TRACE.inputs, "labels": (), "notes": ()},
        {"labels": one_a_step, "notes": several_texts},
    ),
    Subject(
        "Trace.layer",
        TRACE.layer,
        {"index": 0, "direction": "forward"},
        {"index": whole_from(0, 0)},
    ),
    Subject("Trace.save", TRACE.save, {"file": io.BytesIO()}, {"file": is_text}),
    Subject("load_trace", lv.load_trace, {"file": io.BytesIO()}, {"file": is_text}),
    Subject("memory_ledger", lv.memory_ledger, {"layer": LAYER, "units": None}, {"units": positions_up_to(UNITS)}),
    Subject(
        "memory_attention",
        lv.memory_attention,
        {"layer": LAYER, "step": None, "units": None},
        {"step": any_of(optional, whole_from(0, STEPS - 1)), "units": positions_up_to(UNITS)},
    ),
    Subject(
        "split_output",
        lv.split_output,
        {"layer": LAYER, "weights": np.ones(UNITS), "bias": 0.5, "step": None, "newest_first": None, "further": None},
        {
            "weights": numbers_of_shape(UNITS),
            "bias": is_number,
            "step": any_of(optional, whole_from(0, STEPS - 1)),
            "newest_first": any_of(optional, lambda value: isinstance(value, (bool, np.bool_))),
            "further": any_of(optional, lambda value: isinstance(value, dict)),
        },
    ),
    Subject(
        "compare",
        lv.compare,
        {
            "before": TRACE,
            "after": TRACE,
            "layer": 0,
            "direction": "forward",
            "threshold": 0.1,
            "alignment": None,
        },
        {"layer": whole_from(0, 0), "threshold": is_number, "alignment": optional},
    ),
    Subject("Gradients.log10", FLOW.log10, {"state": "cell_state"}),
    Subject("Gradients.values", FLOW.values, {"state": "cell_state"}),
    Subject("Edit.largest", EDIT.largest, {"quantity": "cell_state"}),
    Subject("Edit.mean", EDIT.mean, {"quantity": "cell_state"}),
    Subject(
        "load_model",
        lv.load_model,
        {"name": "temperature", "cell": "lstm", "degrees": "F", "checkpoint": None},
        {"checkpoint": optional},
        named={"name": "m"},
    ),
    READ_MODEL,
    Subject("Model.predict", MODEL.predict, {"text": TEXT}, {"text": readable}, {"text": ""}),
    Subject("Model.predict a character", READABLE.predict, {"text": TEXT}, {"text": is_text}, {"text": ""}),
    Subject("Model.inputs", MODEL.inputs, {"text": TEXT}, {"text": readable}, {"text": ""}),
    Subject("Model.unknown", MODEL.unknown, {"text": TEXT}, {"text": is_text}),
    Subject(
        "Model.trace", MODEL.trace, {"text": TEXT, "clamp": ()}, {"text": readable, "clamp": no_clamps}, {"text": ""}
    ),
    Subject(
        "Model.trace_tokens",
        MODEL.trace_tokens,
        {"tokens": ["a", "film"], "clamp": ()},
        {
            "tokens": lambda value: isinstance(value, (list, tuple)) and bool(value) and all(map(is_text, value)),
            "clamp": no_clamps,
        },
        {"tokens": ""},
    ),
    Subject(
        "show",
        lv.show,
        {
            "trace": TRACE,
            **dict.fromkeys(("model", "step", "labels")),
            "layer": 0,
            "direction": "forward",
            "unit": 0,
            "order": "index",
            "notation": "pytorch",
            "own_scale": False,
            "title": "",
        },
        {
            "model": optional,
            "layer": whole_from(0, 0),
            "step": any_of(optional, whole_from(0, STEPS - 1)),
            "unit": whole_from(0, UNITS - 1),
            "own_scale": lambda value: isinstance(value, (bool, np.bool_)),
            "labels": one_a_step,
            "title": is_text,
        },
    ),
    Subject("Model.predictions", MODEL.predictions, {"source": TEXT}, {"source": readable}, {"source": ""}),
    Subject("Model.may_follow", COUNTER.may_follow, {"source": "aabb"}, {"source": is_text}, {"source": ""}),
    Subject(
        "Model.forecast",
        FORECASTER.forecast,
        {"text": "12, 14", "steps": None},
        {"steps": any_of(optional, whole_from(1, 1000)), "text": is_text},
        {"text": ""},
    ),
    Subject(
        "unit_order",
        lv.unit_order,
        {"layers": [LAYER], "by": "similarity"},
        {"by": lambda value: value in ("similarity", "index", "forget_gate")},
    ),
    Subject("memory_sizes", lv.memory_sizes, {"layer": LAYER}),
    Subject(
        "split_answer",
        lv.split_answer,
        {"model": MODEL, "trace": MODEL.trace(TEXT), "step": None},
        {"step": any_of(optional, whole_from(0, 2))},
    ),
    Subject("answer_weights", lv.answer_weights, {"model": MODEL, "trace": MODEL.trace(TEXT)}),
    Subject(
        "fresh_module",
        lv.fresh_module,
        {"cell": "lstm", "units": 4, "radius": 1.0, "forget_bias": 1.0, "seed": 1},
        {
            "units": whole_from(1, 1024),
            "radius": finite_number,
            "forget_bias": finite_number,
            "seed": whole_from(0, 2**63 - 1),
        },
    ),
    Subject(
        "random_inputs",
        lv.random_inputs,
        {"steps": 4, "seed": 1},
        {"steps": whole_from(1, 100_000), "seed": whole_from(0, 2**63 - 1)},
    ),
    Subject("finite_steps", lv.finite_steps, {"module": LSTM, "inputs": INPUTS}, {"inputs": is_sequence}),
    Subject("step_bound", lv.step_bound, {"module": nn.RNN(3, 4)}),
    Subject(
        "made_text",
        lv.made_text,
        {"task": "adding", "length": 10, "seed": 1},
        {"length": whole_from(2, 100_000), "seed": whole_from(0)},
    ),
    Subject("training_results", lv.training_results, {"task": "adding"}),
    Subject("training_step_times", lv.training_step_times, {}),
]
MADE_BY_FUNCTIONS = {lv.Attention, lv.Summary, lv.Edit, lv.Gradients, lv.Ledger, lv.LivePage, lv.Model, lv.Split}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some texts are names of files."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("subject", "argument"), cases(SUBJECTS))
def test_an_odd_argument_is_refused_in_a_sentence_that_helps(subject: Subject, argument: str) -> None:
    for value in odd_values():
        check(subject, argument, value)


@pytest.mark.parametrize(("subject", "argument"), cases(SUBJECTS))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(value=drawn_values())
def test_a_wrong_argument_is_refused_in_a_sentence_that_helps(subject: Subject, argument: str, value: Any) -> None:
    check(subject, argument, value)


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.name)
def test_the_arguments_that_are_right_are_taken(subject: Subject) -> None:
    if subject.name != "load_trace":
        subject.call(**subject.right)


def test_every_public_function_is_tried() -> None:
    tried = {subject.call for subject in SUBJECTS} | {lv.Clamp, lv.model_names, lv.record} | MADE_BY_FUNCTIONS
    public = {getattr(lv, name) for name in lv.__all__ if name not in ("figures", "__version__")}
    assert public <= tried


@pytest.mark.parametrize("value", [None, "frog", 3, [], np.zeros(3), ...])
def test_an_array_that_is_not_there_is_asked_for_by_name(value: Any) -> None:
    with pytest.raises(KeyError, match="is not recorded for lstm; it has input_gate, forget_gate"):
        LAYER[value]


def test_progress_is_a_function() -> None:
    with pytest.raises(TypeError, match=r"^progress: got 3; expected a function that takes the share done$"):
        lv.hold_each_unit(LSTM, INPUTS, "forget_gate", progress=3)  # type: ignore[arg-type]
