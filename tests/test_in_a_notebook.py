"""What a user meets who types: completion, short reprs, file names, and arrays that stay as they were."""

import dataclasses
import io
import re
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import lstm_viz as lv
from lstm_viz.tasks import TASKS
from lstm_viz.tasks.network import Network

ROOT = Path(__file__).parents[1]
STEPS, UNITS = 6, 4


def traced(kind: Any = nn.LSTM, **options: Any) -> lv.Trace:
    return lv.trace(kind(3, UNITS, **options), torch.randn(STEPS, 3))


def test_quantities_are_completed_after_a_dot() -> None:
    layer = traced().layers[0]
    assert set(layer.quantities) <= set(dir(layer))
    assert "before" in dir(layer)


def test_a_trace_saved_under_a_name_is_found_under_that_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    trace, other = traced(), traced(nn.GRU)
    for name in ("x", "run.1", "already.npz"):
        trace.save(name)
        np.testing.assert_array_equal(lv.load_trace(name).inputs, trace.inputs)
        np.testing.assert_array_equal(lv.load_trace(Path(name)).inputs, trace.inputs)
    with Path("kept").open("wb") as file:
        other.save(file)
    trace.save("kept")
    assert lv.load_trace("kept").cell.name == "gru", "the file of that very name comes first"
    with pytest.raises(FileNotFoundError, match="nowhere"):
        lv.load_trace("nowhere")


@pytest.mark.parametrize("content", [b"garbage", b"\x80\x04N.", b"", b"PK\x05\x06" + bytes(18)])
def test_garbage_is_refused_without_advice_to_unpickle_it(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.npz").write_bytes(content)
    for file in (io.BytesIO(content), tmp_path / "x.npz", tmp_path / "x"):
        with pytest.raises(
            ValueError, match=r"^this file is not a trace .*; load one that Trace\.save wrote$"
        ) as caught:
            lv.load_trace(file)
        assert "allow_pickle" not in str(caught.value)


@pytest.mark.parametrize("value", [None, 3, ["run.npz"], io])
def test_what_is_no_file_is_named(value: Any) -> None:
    with pytest.raises(TypeError, match=r"^file: got .*; expected a path or a file"):
        lv.load_trace(value)


def test_reprs_fit_a_line_or_two() -> None:
    lstm = nn.LSTM(3, UNITS, num_layers=12, bidirectional=True)
    trace = lv.trace(lstm, torch.randn(STEPS, 3))
    ledger = lv.memory_ledger(trace.layers[0], units=[1, 2])
    single = lv.trace(nn.LSTM(3, UNITS), torch.randn(STEPS, 3))
    expected = {
        trace: "Trace(6 steps, inputs (6, 3), 24 lstm layers of 4 units, the last one layer 11, backward)",
        single: "Trace(6 steps, inputs (6, 3), LayerTrace(lstm, layer 0, forward: 6 steps × 4 units))",
        ledger: "Ledger(layer 0, forward: the cell state of 2 units over 6 steps)",
        lv.load_model("sentiment"): "Model(sentiment, lstm: 64 units)",
        lv.load_model("counting", "peepholes"): "Model(counting, peepholes: 12 units)",
        lv.compare(single, single): "Edit(same, lstm, forward: 6 steps compared × 4 units)",
        lv.gradients(nn.GRU(3, UNITS), torch.zeros(STEPS, 3)): "Gradients(hidden_state: 6 steps × 4 units)",
    }
    for value, shown in expected.items():
        assert repr(value) == shown
    split = lv.split_output(single.layers[0], np.ones(UNITS))
    assert re.fullmatch(r"Split\(step 5: -?[\d.e-]+ over 6 steps\)", repr(split))


def test_the_version_is_written_down_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert re.fullmatch(r"\d+\.\d+\.\d+", lv.__version__)
    assert "version" not in project["project"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "lstm_viz.__version__"}


def owned(layer: lv.LayerTrace) -> dict[str, np.ndarray]:
    return {name: np.array(value) for name, value in layer.values.items()}


def test_a_layer_does_not_change_with_the_arrays_it_was_made_of() -> None:
    layer = traced().layers[0]
    mine, start = owned(layer), {name: np.array(value) for name, value in layer.initial_state.items()}
    again = dataclasses.replace(layer, values=mine, initial_state=start)
    for array in (*mine.values(), *start.values()):
        array[...] = 7
    for name in layer.quantities:
        np.testing.assert_array_equal(again[name], layer[name])
    assert not again.initial_state["cell_state"].any()


def test_a_view_that_cannot_be_written_to_is_copied_where_its_memory_can() -> None:
    layer = traced().layers[0]
    memory = np.array(layer.forget_gate)
    view = memory.view()
    view.flags.writeable = False
    tensor = torch.tensor(np.array(layer.input_gate))
    shared = tensor.numpy()
    shared.flags.writeable = False
    again = dataclasses.replace(layer, values={**layer.values, "forget_gate": view, "input_gate": shared})
    memory[...] = 7
    tensor.fill_(7)
    np.testing.assert_array_equal(again.forget_gate, layer.forget_gate)
    np.testing.assert_array_equal(again.input_gate, layer.input_gate)


def test_arrays_that_no_one_can_write_to_are_not_copied() -> None:
    layer = traced().layers[0]
    first = dataclasses.replace(layer, values=owned(layer))
    second = dataclasses.replace(first, index=1)
    for name in layer.quantities:
        assert second[name] is first[name]


def test_inputs_of_a_trace_are_its_own() -> None:
    trace, inputs = traced(), np.zeros((STEPS, 3), np.float32)
    again = dataclasses.replace(trace, inputs=inputs)
    inputs[...] = 7
    assert not again.inputs.any()


def test_a_ledger_of_a_whole_trace_is_told_how_to_get_a_layer() -> None:
    with pytest.raises(TypeError, match=r"^layer: got a Trace; expected one LayerTrace, such as trace\.layers\[0\]$"):
        lv.memory_ledger(traced())  # type: ignore[arg-type]


def test_a_ledger_of_one_unit_is_that_of_a_list_of_one() -> None:
    layer = traced().layers[0]
    one, listed = lv.memory_ledger(layer, units=3), lv.memory_ledger(layer, units=[3])
    np.testing.assert_array_equal(one.contributions, listed.contributions)
    with pytest.raises(ValueError, match=r"^units: unit 4 does not exist; there are 4 \(0–3\)$"):
        lv.memory_ledger(layer, units=4)


def test_a_value_a_unit_is_answered_with_how_to_hold_each() -> None:
    with pytest.raises(
        TypeError, match=r"^clamp: value: got an ndarray of shape \(8,\); expected one number; .*units=k"
    ):
        lv.Clamp("forget_gate", np.full(8, 0.5))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"^clamp: value: got 'open'; expected one number"):
        lv.Clamp("forget_gate", "open")  # type: ignore[arg-type]
    assert lv.Clamp("forget_gate", np.float64(0.5)) == lv.Clamp("forget_gate", 0.5)


def test_a_thousand_million_steps_are_refused_at_once() -> None:
    clamp = lv.Clamp("forget_gate", 1.0, steps=range(10**9))
    with pytest.raises(ValueError, match=r"^clamp: time_step 999999999 does not exist; there are 6 \(0–5\)"):
        lv.trace(nn.LSTM(3, UNITS), torch.zeros(STEPS, 3), clamp=clamp)


def two_ways(task: str) -> lv.Model:
    """A model whose recurrent layer reads in both directions."""
    model = lv.load_model(task)
    both = Network("lstm", vocabulary_size=len(model.vocabulary), input_size=3, hidden_size=UNITS, output_size=2)
    both.recurrent = nn.LSTM(3, UNITS, num_layers=2, bidirectional=True, batch_first=True)
    both.head = nn.Linear(2 * UNITS, 2)
    return dataclasses.replace(model, network=both.eval())


def test_the_answer_of_a_model_that_reads_both_ways_is_that_of_its_network() -> None:
    model, text = two_ways("sentiment"), "a warm and funny film"
    tokens = model.task.reader.encode(text.split(), model.vocabulary)
    with torch.no_grad():
        answers = model.network(torch.from_numpy(tokens)).numpy()
    np.testing.assert_allclose(model.predictions(text), TASKS["sentiment"].answers(answers), atol=1e-5)


def test_a_trace_that_does_not_fit_a_model_is_refused() -> None:
    model = lv.load_model("sentiment")
    wide = lv.trace(nn.LSTM(48, 64, bidirectional=True), torch.zeros(3, model.network.recurrent.input_size))
    message = r"layer 0, forward and layer 0, backward shows 128 numbers .* reads 64 for \d+ inputs: give a trace that"
    with pytest.raises(ValueError, match=message):
        model.predictions(wide)
    with pytest.raises(
        ValueError, match=r"^source: is a trace of GRU .*; this model is LSTM and its output layer reads"
    ):
        model.predictions(lv.load_model("sentiment", "gru").trace("a film"))


def test_what_a_task_does_not_answer_is_refused() -> None:
    model = lv.load_model("sentiment")
    with pytest.raises(
        ValueError, match=r"^may_follow: the sentiment model does not say what may come next; use predi"
    ):
        model.may_follow("a film")
    for task in ("sentiment", "adding"):
        with pytest.raises(ValueError, match=rf"^forecast: the {task} model does not look ahead; use predict$"):
            lv.load_model(task).forecast("0.5, 1")
    with pytest.raises(TypeError, match=r"^text: got None; expected a text to read$"):
        model.predict(None)
    with pytest.raises(TypeError, match=r"^name: got \['sentiment'\]; expected one of sentiment, "):
        lv.load_model(["sentiment"])  # type: ignore[arg-type]
