"""`lv.trace` of a larger model: each layer on what arrives at it, and the model as it was."""

import copy
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_sequence

import lstm_viz as lv
from tests.test_batches import shown
from tests.test_record import TOKENS, Encoder


def test_one_layer_or_all_by_name() -> None:
    model = Encoder(num_layers=2).eval()
    traces = lv.trace(model, TOKENS, layer="encoder.lstm", labels=[list("abcde")] * 3)
    output = model.encoder["lstm"](model.embedding(TOKENS))[0].detach()
    for trace, row in zip(traces, output, strict=True):
        np.testing.assert_allclose(shown(trace), row, atol=1e-6)
        assert trace.labels == tuple("abcde")
        assert trace.notes == ()
    every = lv.trace(model, (TOKENS,))
    assert {name: len(found) for name, found in every.items()} == {"encoder.lstm": 3, "cell": 3, "idle": 0}
    flipped = lv.trace(model, {"tokens": TOKENS, "flip": True}, layer="cell")
    np.testing.assert_allclose(
        flipped[0].inputs, model.encoder["lstm"](model.embedding(TOKENS.flip(1)))[0][0].detach(), atol=1e-6
    )


class Plain(nn.Module):
    """Reads one sequence, without a batch dimension; calls its layer as often as it is told."""

    calls: Any

    def __init__(self) -> None:
        super().__init__()
        self.rnn = nn.GRU(3, 4)
        self.register_buffer("calls", torch.zeros(()))

    def forward(self, x: Any, times: int = 1) -> Any:
        state = None
        for _ in range(times):
            self.calls += 1
            output, state = self.rnn(x, state)
        return output


def test_one_sequence_gives_one_trace_and_several_calls_all_of_theirs() -> None:
    model, x = Plain(), torch.randn(5, 3)
    trace = lv.trace(model, x, layer="rnn", labels="abcde")
    assert isinstance(trace, lv.Trace)
    assert trace.labels == tuple("abcde")
    np.testing.assert_allclose(shown(trace), model.rnn(x)[0].detach(), atol=1e-6)
    first, second = lv.trace(model, (x, 2), layer="rnn")
    np.testing.assert_array_equal(second.layers[0].initial_state["hidden_state"], first.layers[0].hidden_state[-1])
    packed = pack_sequence([x, x[:2]])
    assert [len(each) for each in lv.trace(model, packed, layer="rnn")] == [5, 2]
    assert isinstance(lv.trace(nn.Sequential(nn.GRU(3, 4)), x.numpy().astype(float))["0"], lv.Trace), "as the weights"


def test_a_clamp_holds_in_the_layer_alone() -> None:
    model, x = Plain(), torch.randn(5, 3)
    clamp = lv.Clamp("update_gate", 0.25, units=1)
    held = lv.trace(model, x, layer="rnn", clamp=clamp).layers[0]
    expected = lv.trace(model.rnn, x, clamp=clamp).layers[0]
    for name in held.quantities:
        np.testing.assert_array_equal(held[name], expected[name])
    with pytest.raises(ValueError, match=r"^clamp: got .* for a model; say in which of its layers, with layer"):
        lv.trace(model, x, clamp=clamp)


class Noisy(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.BatchNorm1d(3)
        self.drop = nn.Dropout(0.5)
        self.rnn = nn.LSTM(3, 4, num_layers=2, dropout=0.5, batch_first=True)
        self.frozen = nn.Dropout(0.1).eval()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.drop(self.norm(x.transpose(1, 2)).transpose(1, 2)) + torch.randn(()) * 0
        return self.rnn(x)[0]


def test_the_model_is_as_it_was() -> None:
    model, counting = Noisy().train(), Plain()
    model.frozen.eval()
    before, random = copy.deepcopy(model.state_dict()), torch.get_rng_state()
    with pytest.warns(UserWarning, match="it was run in evaluation mode, which changes its BatchNorm1d, Dropout, LSTM"):
        traces = lv.trace(model, torch.randn(2, 5, 3, generator=torch.Generator()), layer="rnn")
    assert "evaluation mode" in traces[0].notes[0]
    assert torch.equal(torch.get_rng_state(), random)
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    assert [part.training for part in model.children()] == [True, True, True, False]
    assert not any(part._forward_hooks or part._forward_pre_hooks for part in model.modules())
    assert all(each.grad is None for each in model.parameters())
    lv.trace(counting, torch.zeros(5, 3))
    assert counting.calls == 0


@pytest.mark.parametrize(
    ("model", "inputs", "options", "error", "message"),
    [
        (
            Plain(),
            torch.zeros(5, 2),
            {},
            ValueError,
            "^inputs: the model cannot be called with a Tensor of shape .*Runt",
        ),
        (
            Plain(),
            "text",
            {},
            ValueError,
            "^inputs: the model cannot be called with 'text' .*expected what the model is c",
        ),
        (Plain(), torch.zeros(5, 3), {"layer": "lstm"}, ValueError, "^layer: there is no .*'lstm'; the model has rnn$"),
        (Plain(), torch.zeros(5, 3), {"layer": 3}, TypeError, "^layer: got 3; expected the name of a recurrent layer"),
        (Encoder(), TOKENS, {"layer": "idle"}, ValueError, "^layer: idle was not called when the model ran"),
        (
            Plain(),
            torch.zeros(5, 3),
            {"initial_state": torch.zeros(1, 4)},
            ValueError,
            "^initial_state: got .* its lay",
        ),
        (nn.LSTMCell(3, 4), torch.zeros(5, 3), {}, TypeError, "^module: an LSTMCell runs one step a call"),
        (nn.GRUCell(3, 4), torch.zeros(5, 3), {}, TypeError, "^module: a GRUCell runs one step a call; run your loop"),
        (nn.GRU(3, 4), torch.zeros(5, 3), {"layer": "rnn"}, ValueError, "^layer: got 'rnn', but the module is itself"),
        (
            nn.Sequential(nn.Linear(3, 4)),
            torch.zeros(5, 3),
            {},
            TypeError,
            "^module: cannot trace a Sequential; expect",
        ),
        (
            Plain(),
            (torch.zeros(5, 3), 2),
            {"labels": ["a"]},
            ValueError,
            "^rnn, call 0: labels: has 1 entries, the lay",
        ),
    ],
)
@pytest.mark.filterwarnings("ignore:The model is in training mode")
def test_what_cannot_be_traced_says_why(model: Any, inputs: Any, options: Any, error: Any, message: str) -> None:
    with pytest.raises(error, match=message):
        lv.trace(model, inputs, **options)
