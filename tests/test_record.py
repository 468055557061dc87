"""What is recorded of a model while it runs is what its layers returned; and the model does not notice."""

import copy
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils import parametrizations, prune
from torch.nn.utils.rnn import pack_sequence, pad_packed_sequence

import lstm_viz as lv
from lstm_viz.capture.recording import Recording
from lstm_viz.module import CellModule
from tests.test_batches import check_rows, modules, shown, states_for


class Encoder(nn.Module):
    """A model as people write them: an embedding, a recurrent layer within a part, a cell in a loop, a head."""

    def __init__(self, **options: Any) -> None:
        super().__init__()
        self.embedding = nn.Embedding(20, 3)
        lstm = nn.LSTM(3, 4, batch_first=True, **options)
        self.encoder = nn.ModuleDict({"lstm": lstm})
        self.drop = nn.Dropout(0.5)
        self.cell = nn.GRUCell(4 * (1 + lstm.bidirectional), 5)
        self.idle = nn.RNN(2, 2)
        self.head = nn.Linear(5, 2)

    def forward(self, tokens: torch.Tensor, flip: bool = False) -> torch.Tensor:
        output, _ = self.encoder["lstm"](self.embedding(tokens.flip(1) if flip else tokens))
        state = None
        for row in self.drop(output).unbind(1):
            state = self.cell(row, state)
        return self.head(state)


TOKENS = torch.tensor([[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [11, 12, 13, 14, 15]])


def test_layers_are_found_by_name_and_traced_one_a_sequence_and_call() -> None:
    model = Encoder(num_layers=2, bidirectional=True).eval()
    with lv.record(model) as runs:
        model(TOKENS)
        first = runs["encoder.lstm"]
        model(TOKENS, flip=True)
    assert list(runs) == ["encoder.lstm", "cell", "idle"]
    assert {name: len(traces) for name, traces in runs.items()} == {"encoder.lstm": 6, "cell": 6, "idle": 0}
    assert all(one is again for one, again in zip(first, runs["encoder.lstm"], strict=False)), "made once"
    embedded = model.embedding(TOKENS).detach()
    expected = [*embedded, *embedded.flip(1)]
    outputs = [*model.encoder["lstm"](embedded)[0], *model.encoder["lstm"](embedded.flip(1))[0]]
    check_rows(runs["encoder.lstm"], expected, outputs)
    for cell, below in zip(runs["cell"], outputs, strict=True):
        np.testing.assert_allclose(cell.inputs, below.detach(), atol=1e-6)
        assert len(cell) == 5
    with pytest.raises(KeyError, match=r"'lstm' is not recorded; there is encoder.lstm, cell, idle"):
        runs["lstm"]


@settings(max_examples=40)
@given(modules(), st.integers(1, 3), st.integers(1, 5), st.booleans(), st.booleans(), st.booleans())
def test_what_is_recorded_is_what_torch_returns(
    module: Any, batch: int, steps: int, starts: bool, named: bool, alone: bool
) -> None:
    size = () if alone else (batch,)
    inputs = torch.randn(*size, steps, module.input_size, dtype=module.weight_ih_l0.dtype)
    arranged = inputs if module.batch_first or alone else inputs.transpose(0, 1)
    state = states_for(module, *size) if starts else None
    with lv.record(module) as runs:
        output = (module(input=arranged, hx=state) if named else module(arranged, state))[0].detach()
    rows = [output] if alone else list(output if module.batch_first else output.transpose(0, 1))
    check_rows(runs[""], [inputs] if alone else list(inputs), rows)
    if starts:
        (hidden, *_) = state if isinstance(state, tuple) else (state,)
        for b, trace in enumerate(runs[""]):
            row = hidden[0] if alone else hidden[0, b]
            np.testing.assert_array_equal(trace.layers[0].initial_state["hidden_state"], row)


@settings(max_examples=25)
@given(modules(), st.lists(st.integers(1, 5), min_size=1, max_size=4), st.floats(0.1, 0.9))
def test_packed_sequences_and_dropout_are_recorded_as_they_ran(module: Any, lengths: list[int], share: float) -> None:
    module.dropout = share
    module.train()
    sequences = [torch.randn(length, module.input_size, dtype=module.weight_ih_l0.dtype) for length in lengths]
    for packed in (pack_sequence(sequences, enforce_sorted=False), torch.stack([each[:1] for each in sequences])):
        arranged = packed.transpose(0, 1) if isinstance(packed, torch.Tensor) and not module.batch_first else packed
        with lv.record(module) as runs:
            output = module(arranged)[0]
        if isinstance(packed, torch.Tensor):
            rows = list(output if module.batch_first else output.transpose(0, 1))
            check_rows(runs[""], list(packed), rows)
        else:
            padded, _ = pad_packed_sequence(output, batch_first=True)
            check_rows(runs[""], sequences, [row[:n] for row, n in zip(padded, lengths, strict=True)])
        random = torch.get_rng_state()
        assert all(("dropout" in "".join(trace.notes)) == (module.num_layers > 1) for trace in runs[""])
        assert torch.equal(torch.get_rng_state(), random)


CELL_KINDS: tuple[Any, ...] = (nn.LSTMCell, nn.GRUCell, nn.RNNCell)


@settings(max_examples=30)
@given(
    st.sampled_from(CELL_KINDS),
    st.booleans(),
    st.sampled_from([None, 1, 3]),
    st.lists(st.integers(1, 4), min_size=1, max_size=3),
    st.booleans(),
    st.booleans(),
)
def test_a_loop_of_a_cell_is_one_run(
    kind: Any, bias: bool, batch: int | None, runs_of: list[int], starts: bool, detached: bool
) -> None:
    cell = kind(2, 3, bias=bias, dtype=torch.float64)
    size = () if batch is None else (batch,)
    outputs, sequences, first = [], [], []
    with lv.record(cell) as runs:
        for steps in runs_of:
            inputs = torch.randn(steps, *size, 2, dtype=torch.float64)
            state: Any = torch.randn(*size, 3, dtype=torch.float64).clamp(-1, 1) if starts else None
            first.append(state)
            if starts and kind is nn.LSTMCell:
                state = (state, torch.randn(*size, 3, dtype=torch.float64))
            shown_here = []
            for row in inputs:
                state = cell(row, state)
                if detached:
                    state = tuple(part.detach() for part in state) if isinstance(state, tuple) else state.detach()
                shown_here.append(state[0] if isinstance(state, tuple) else state)
            both = (inputs, torch.stack(shown_here))
            sequences += [both[0]] if batch is None else list(both[0].unbind(1))
            outputs += [both[1]] if batch is None else list(both[1].unbind(1))
    check_rows(runs[""], sequences, outputs)
    for trace, start in zip(runs[""], first if batch is None else [], strict=False):
        if start is not None:
            np.testing.assert_array_equal(trace.layers[0].initial_state["hidden_state"], start)


def test_cells_of_a_stack_of_two_sequences_in_turn_and_with_changed_states() -> None:
    cell = nn.LSTMCell(2, 3)
    inputs = torch.randn(4, 2)
    with lv.record(cell) as runs:
        one = other = None
        for row in inputs:
            one, other = cell(row, one), cell(-row, other)
        again = cell(inputs[0], one)
        cell(inputs[0], one)
        cell(inputs[0], (again[0] * 2, again[1]))
    # Two chains in turn, the first a step longer; the same state passed on again, and a changed one, begin anew.
    assert [len(trace) for trace in runs[""]] == [5, 4, 1, 1]
    np.testing.assert_array_equal(runs[""][1].inputs, -inputs)


def test_training_is_bit_for_bit_the_same_and_weights_are_those_of_the_call() -> None:
    def trained(look: bool) -> tuple[list[torch.Tensor], Any]:
        torch.manual_seed(1)
        model: Any = Encoder(num_layers=2, dropout=0.3)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
        runs: Any = None
        seen = []
        for _ in range(3):
            optimizer.zero_grad()
            if look:
                with lv.record(model, "encoder.lstm") as runs:
                    loss = model(TOKENS).square().sum()
                    loss.backward()
                    seen.append((runs, copy.deepcopy(model.encoder["lstm"].weight_hh_l0.detach())))
                    optimizer.step()
            else:
                loss = model(TOKENS).square().sum()
                loss.backward()
                optimizer.step()
        kept = [loss.detach(), torch.get_rng_state()]
        kept += [each.detach() for each in model.parameters()]
        kept += [each.grad for each in model.parameters() if each.grad is not None]
        return kept, seen

    plain, _ = trained(look=False)
    watched, seen = trained(look=True)
    assert all(torch.equal(one, other) for one, other in zip(plain, watched, strict=True))
    for runs, weight in seen:
        (call,) = runs.calls("encoder.lstm")
        assert torch.equal(call.plain.weight_hh_l0, weight)
        assert len(runs["encoder.lstm"]) == 3, "agrees with what the layer returned, though its weights moved since"


def test_hooks_are_gone_after_an_error_and_two_recordings_may_be_nested() -> None:
    model = Encoder().eval()
    with pytest.raises(IndexError), lv.record(model) as runs:  # noqa: PT012
        model(TOKENS)
        model(TOKENS + 100)
    assert len(runs["encoder.lstm"]) == 3
    assert not any(part._forward_hooks or part._forward_pre_hooks for part in model.modules())
    with lv.record(model) as outer:
        model(TOKENS)
        with lv.record(model, ["cell"]) as inner:
            model(TOKENS)
        model(TOKENS)
    assert [len(outer["cell"]), len(inner["cell"]), list(inner)] == [9, 3, ["cell"]]
    outer.clear()
    assert outer["cell"] == ()
    assert len(inner["cell"]) == 3


def test_a_module_under_two_names_is_recorded_once() -> None:
    shared = nn.GRU(2, 2)
    model = nn.ModuleList([shared, nn.ModuleList([shared])])
    with lv.record(model) as runs:
        shared(torch.zeros(3, 2))
        shared(torch.ones(3, 2))
    assert list(runs) == ["0"]
    assert runs["1.0"] == runs["0"]
    assert len(runs["0"]) == 2


def test_variants_are_recorded_with_the_state_they_are_given() -> None:
    variants = (("peepholes", 1, False), ("full_gate_recurrence", 1, False), ("peepholes", 2, True))
    for name, layers, both in variants:
        module, inputs = CellModule(name, 2, 3, layers, both), torch.randn(2, 6, 2)
        with lv.record(module) as runs, torch.no_grad():
            first, state = module(inputs[:, :4])
            second, _ = module(inputs[:, 4:], state)
            alone, _ = module(inputs[0])
        check_rows(runs[""], [*inputs[:, :4], *inputs[:, 4:], inputs[0]], [*first, *second, alone])


def with_hook() -> nn.Module:
    module = nn.GRU(3, 4)
    module.register_forward_pre_hook(lambda module, arguments: (arguments[0] + 1, *arguments[1:]))
    module.register_forward_hook(lambda module, arguments, output: (output[0] * 0, output[1]))
    return module


def spectral() -> nn.Module:
    return parametrizations.spectral_norm(nn.LSTM(3, 4), "weight_hh_l0")


def spectral_cell() -> nn.Module:
    return parametrizations.spectral_norm(nn.GRUCell(3, 4), "weight_hh")


def pruned() -> nn.Module:
    module = nn.RNN(3, 4)
    prune.l1_unstructured(module, "weight_hh_l0", amount=0.5)
    return module


@pytest.mark.parametrize("make", [with_hook, spectral, spectral_cell, pruned])
def test_computed_weights_and_hooks_are_recorded_as_they_were_and_left_alone(make: Callable[[], nn.Module]) -> None:
    torch.manual_seed(0)
    module = make().train()
    torch.manual_seed(0)
    twin = make().train()
    inputs = torch.randn(5, 3)
    with lv.record(module) as runs:
        module(inputs)
    twin(inputs)
    assert runs[""]
    for name, value in twin.state_dict().items():
        assert torch.equal(module.state_dict()[name], value), name


class Doubled(nn.LSTM):
    def forward(self, inputs: Any, hx: Any = None) -> Any:
        return super().forward(2 * inputs, hx)


def test_a_layer_that_returns_something_else_is_refused_when_asked_for() -> None:
    model = nn.Sequential(Doubled(3, 4))
    with lv.record(model) as runs:
        model(torch.randn(5, 3))
    with pytest.raises(
        ValueError, match=r"^0, call 0: module: it has a forward of its own, and its own output differs"
    ):
        runs["0"]


def test_autocast_is_refused_with_what_to_do() -> None:
    for module, inputs in ((nn.LSTM(3, 4), torch.randn(5, 2, 3)), (nn.LSTMCell(3, 4), torch.randn(2, 3))):
        with torch.autocast("cpu", dtype=torch.bfloat16), lv.record(module) as runs:
            module(inputs)
        with pytest.raises(
            ValueError, match=r"it has been run under autocast, .*; run the model without autocast while"
        ):
            runs[""]


def test_what_is_not_finite_is_said_when_asked_for() -> None:
    module = nn.LSTM(3, 4)
    with lv.record(module) as runs:
        module(torch.full((2, 3), float("nan")))
        module(torch.zeros(2, 3), (torch.full((1, 4), float("inf")), torch.zeros(1, 4)))
        module(torch.zeros(2, 3))
    with pytest.raises(ValueError, match=r"^the model, call 0: inputs\[0, 0\] is nan"):
        runs[""]
    assert len(runs.calls("")) == 3


def scripted() -> nn.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return torch.jit.script(nn.Sequential(nn.LSTM(3, 4)))


def compiled() -> Any:
    return torch.compile(nn.Sequential(nn.LSTM(3, 4)), backend="eager")


def compiled_in_place() -> nn.Module:
    model = nn.Sequential(nn.LSTM(3, 4))
    model[0].compile(backend="eager")
    return model


def parallel() -> nn.Module:
    model = nn.DataParallel(nn.GRU(3, 4))
    model.device_ids = [0, 1]
    return model


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (scripted, "model: it is scripted, so that nothing in it can be seen; use the module it was made of"),
        (compiled, "model: it is compiled, so that nothing in it can be seen; use the module that torch.compile was"),
        (compiled_in_place, "model: its part 0 is compiled"),
        (parallel, "model: it runs on several devices at once; use the module in it"),
        (lambda: nn.Linear(3, 4), "model: cannot trace a Linear; expected"),
        (lambda: "model", "model: got 'model'; expected a torch.nn.Module"),
    ],
)
def test_a_model_that_cannot_be_watched_says_why(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(TypeError, match=message), lv.record(make()):
        pass


def test_data_parallel_on_one_device_is_recorded() -> None:
    model = nn.DataParallel(nn.GRU(3, 4))
    if len(model.device_ids) < 2:
        with lv.record(model) as runs:
            output, _ = model(torch.zeros(5, 2, 3).to(next(model.parameters()).device))
        assert [len(trace) for trace in runs["module"]] == [5, 5]
        np.testing.assert_allclose(shown(runs["module"][1]), output[:, 1].detach().cpu(), atol=1e-5)


@pytest.mark.parametrize("layer", ["lstm", 3, ["cell", "frog"], "head"])
def test_a_layer_that_is_not_there_is_refused_with_those_that_are(layer: Any) -> None:
    with pytest.raises((TypeError, ValueError), match=r"^layer: "), lv.record(Encoder(), layer):
        pass


def test_a_recording_says_what_it_holds() -> None:
    with lv.record(Encoder()) as runs:
        assert isinstance(runs, Recording)
        assert repr(runs) == "Recording(encoder.lstm: 0 call(s), cell: 0 call(s), idle: 0 call(s))"
