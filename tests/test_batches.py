"""A batch gives a trace for each sequence, the same as the sequence alone; and what torch itself returns for it."""

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pack_sequence, pad_packed_sequence

import lstm_viz as lv
from lstm_viz.module import CellModule
from lstm_viz.trace import top_layers

TOLERANCE = {torch.float32: 1e-5, torch.float64: 1e-10}
KINDS: tuple[Any, ...] = (nn.LSTM, nn.GRU, nn.RNN)


@st.composite
def modules(draw: st.DrawFn) -> Any:
    """A recurrent module of any configuration, with weights large enough to matter."""
    torch.manual_seed(draw(st.integers(0, 2**31)))
    kind, hidden = draw(st.sampled_from(KINDS)), draw(st.integers(1, 5))
    options: dict[str, Any] = {
        "num_layers": draw(st.integers(1, 3)),
        "bidirectional": draw(st.booleans()),
        "bias": draw(st.booleans()),
        "batch_first": draw(st.booleans()),
        "dtype": draw(st.sampled_from([torch.float32, torch.float64])),
    }
    if kind is nn.LSTM and hidden > 1:
        options["proj_size"] = draw(st.integers(0, hidden - 1))
    if kind is nn.RNN:
        options["nonlinearity"] = draw(st.sampled_from(["tanh", "relu"]))
    return kind(draw(st.integers(1, 4)), hidden, **options)


def states_for(module: Any, *batch: int) -> Any:
    rows = module.num_layers * (1 + module.bidirectional)
    shown = getattr(module, "proj_size", 0) or module.hidden_size
    options: dict[str, Any] = {"dtype": module.weight_ih_l0.dtype}
    hidden = torch.randn(rows, *batch, shown, **options).clamp(-1, 1)
    return (hidden, torch.randn(rows, *batch, module.hidden_size, **options)) if isinstance(module, nn.LSTM) else hidden


def shown(trace: lv.Trace) -> np.ndarray:
    return np.concatenate([layer.hidden_state for layer in top_layers(trace.layers)], axis=1)


def check_rows(traces: Any, sequences: list[torch.Tensor], outputs: list[torch.Tensor]) -> None:
    assert isinstance(traces, tuple)
    assert len(traces) == len(sequences)
    for trace, sequence, output in zip(traces, sequences, outputs, strict=True):
        np.testing.assert_array_equal(trace.inputs, sequence.numpy())
        np.testing.assert_allclose(shown(trace), output.detach().numpy(), atol=TOLERANCE[sequence.dtype])


@settings(max_examples=40)
@given(modules(), st.integers(1, 4), st.integers(1, 6), st.booleans())
def test_a_padded_batch_gives_what_torch_returns(module: Any, batch: int, steps: int, starts: bool) -> None:
    inputs = torch.randn(batch, steps, module.input_size, dtype=module.weight_ih_l0.dtype)
    state = states_for(module, batch) if starts else None
    arranged = inputs if module.batch_first else inputs.transpose(0, 1)
    with torch.no_grad():
        output = module(arranged, state)[0]
    outputs = output if module.batch_first else output.transpose(0, 1)
    check_rows(lv.trace(module, arranged, initial_state=state), list(inputs), list(outputs))


@settings(max_examples=40)
@given(modules(), st.lists(st.integers(1, 6), min_size=1, max_size=5), st.booleans(), st.booleans())
def test_packed_sequences_give_what_torch_returns(module: Any, lengths: list[int], ordered: bool, starts: bool) -> None:
    lengths = sorted(lengths, reverse=True) if ordered else lengths
    dtype = module.weight_ih_l0.dtype
    sequences = [torch.randn(length, module.input_size, dtype=dtype) for length in lengths]
    packed = pack_sequence(sequences, enforce_sorted=ordered)
    state = states_for(module, len(lengths)) if starts else None
    with torch.no_grad():
        outputs, _ = pad_packed_sequence(module(packed, state)[0], batch_first=True)
    expected = [row[:length] for row, length in zip(outputs, lengths, strict=True)]
    check_rows(lv.trace(module, packed, initial_state=state), sequences, expected)
    if not starts:
        check_rows(lv.trace(module, [each.tolist() for each in sequences]), sequences, expected)


def test_every_quantity_of_a_batch_is_that_of_the_sequence_alone() -> None:
    torch.manual_seed(0)
    module = nn.LSTM(3, 5, num_layers=2, bidirectional=True, proj_size=2)
    inputs, state = torch.randn(6, 4, 3), states_for(module, 4)
    clamp = lv.Clamp("forget_gate", 0.5, units=1, layer=0)
    for held in ((), clamp):
        for b, trace in enumerate(lv.trace(module, inputs, initial_state=state, clamp=held)):
            alone = lv.trace(module, inputs[:, b], initial_state=tuple(part[:, b] for part in state), clamp=held)
            for layer, other in zip(trace.layers, alone.layers, strict=True):
                for name in layer.quantities:
                    np.testing.assert_allclose(layer[name], other[name], atol=1e-6)
                for name, start in layer.initial_state.items():
                    np.testing.assert_array_equal(start, other.initial_state[name])


def test_one_step_and_one_sequence_of_a_batch_and_an_array() -> None:
    module = nn.GRU(3, 4)
    assert [len(each) for each in lv.trace(module, torch.zeros(5, 1, 3))] == [5], "a batch of one is a batch"
    assert [len(each) for each in lv.trace(module, np.zeros((5, 2, 3)))] == [5, 5]
    assert len(lv.trace(module, torch.zeros(5, 3))) == 5
    cells = lv.trace(CellModule("peepholes", 3, 4), torch.zeros(2, 5, 3))
    assert [each.layers[0].cell for each in cells] == ["peepholes"] * 2


def test_packed_sequences_that_were_padded_keep_their_lengths() -> None:
    padded = torch.randn(3, 6, 2)
    packed = pack_padded_sequence(padded, torch.tensor([2, 6, 4]), batch_first=True, enforce_sorted=False)
    traces = lv.trace(nn.GRU(2, 3, bidirectional=True), packed, labels=[list("ab"), list("abcdef"), list("abcd")])
    assert [trace.labels for trace in traces] == [tuple("ab"), tuple("abcdef"), tuple("abcd")]


@pytest.mark.parametrize("labels", ["abcde", [list("abcde")], ["abcde", "abcde"], 5, [1, 2]])
def test_labels_of_a_batch_are_a_list_for_each(labels: Any) -> None:
    with pytest.raises((TypeError, ValueError), match=r"^labels: got .*; expected a list of labels for each sequence"):
        lv.trace(nn.GRU(3, 4), torch.zeros(5, 2, 3), labels=labels)


def test_modules_with_hooks_are_called_for_each_sequence_and_dropout_is_left_out() -> None:
    seen: list[Any] = []
    module = nn.LSTM(3, 4, num_layers=2, dropout=0.5)
    module.register_forward_hook(lambda module, arguments, output: seen.append(arguments[0].shape))
    with pytest.warns(UserWarning, match="traced without dropout") as warned:
        traces = lv.trace(module, torch.zeros(5, 2, 3))
    assert seen == [(5, 3), (5, 3)]
    assert len(warned) == 1
    assert all("dropout 0.5" in trace.notes[0] for trace in traces)


def test_a_batch_with_a_state_of_another_batch_is_refused() -> None:
    with pytest.raises(ValueError, match=r"hidden_state has shape \(1, 3, 4\), expected \(1, 2, 4\)"):
        lv.trace(nn.GRU(3, 4), torch.zeros(5, 2, 3), initial_state=torch.zeros(1, 3, 4))
    inputs = torch.zeros(5, 2, 3)
    inputs[4, 1, 2] = float("nan")
    with pytest.raises(ValueError, match=r"inputs\[4, 1, 2\] is nan"):
        lv.trace(nn.GRU(3, 4), inputs)
