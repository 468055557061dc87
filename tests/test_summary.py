"""What is summed up of a batch, a recording or a loader is what numpy finds in all the values at once."""

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils.rnn import pack_sequence
from torch.utils.data import DataLoader, TensorDataset

import lstm_viz as lv
from lstm_viz.analysis.saturation import OPEN, SHUT
from lstm_viz.analysis.tally import STILL, Tally
from lstm_viz.cells import LSTM
from tests.test_record import TOKENS, Doubled, Encoder


def at_once(traces: Any, place: int, name: str) -> np.ndarray:
    return np.concatenate([trace.layers[place][name] for trace in traces]).astype(np.float64)


def check(frame: pd.DataFrame, traces: Any) -> None:
    """A frame of one module against its traces."""
    for place, layer in enumerate(traces[0].layers):
        for name in layer.quantities:
            rows = frame.query("layer == @layer.index and direction == @layer.direction and quantity == @name")
            values = at_once(traces, place, name)
            assert rows.unit.tolist() == list(range(values.shape[1]))
            for column, expected in {
                "count": np.full(values.shape[1], len(values)),
                "mean": values.mean(axis=0),
                "std": values.std(axis=0),
                "min": values.min(axis=0),
                "max": values.max(axis=0),
            }.items():
                np.testing.assert_allclose(rows[column], expected, atol=1e-6)
            gate = name in {gate.name for gate in layer.definition.gates}
            for column, shares in {"shut": (values < SHUT).mean(axis=0), "open": (values > OPEN).mean(axis=0)}.items():
                np.testing.assert_allclose(rows[column], shares if gate else np.nan * shares, atol=1e-9)
            assert rows.not_finite.sum() == 0
            assert set(rows.first_step) == {-1}


@settings(max_examples=50)
@given(st.data(), st.integers(0, 999))
def test_moments_taken_batch_after_batch_are_those_of_all_values(data: st.DataObject, seed: int) -> None:
    chance = np.random.default_rng(seed)
    units = 3
    tally, rows = Tally(units), []
    for k in range(data.draw(st.integers(1, 5))):
        values = chance.normal(1e3, 1e-2, (data.draw(st.integers(0, 6)), units)).astype(np.float32)
        values[chance.random(values.shape) < 0.2] = chance.choice([np.nan, np.inf, -np.inf])
        tally.add(values, np.full(len(values), k), np.arange(len(values)))
        rows.append(values)
    values = np.concatenate(rows).astype(np.float64)
    found = tally.summary("", LSTM, 0, "forward", LSTM["cell_state"])
    for unit in range(units):
        fine = values[np.isfinite(values[:, unit]), unit]
        assert found.count[unit] == len(fine)
        assert found.not_finite[unit] == len(values) - len(fine)
        if len(fine):
            np.testing.assert_allclose(found.mean[unit], fine.mean(), rtol=1e-12)
            np.testing.assert_allclose(found.std[unit], fine.std(), rtol=1e-6, atol=1e-9)
            assert (found.low[unit], found.high[unit]) == (fine.min(), fine.max())
        else:
            assert np.isnan([found.mean[unit], found.std[unit], found.low[unit]]).all()
        places = [(k, row) for k, part in enumerate(rows) for row in np.flatnonzero(~np.isfinite(part[:, unit]))]
        assert tuple(found.first_not_finite[unit]) == (places[0] if places else (-1, -1))


def test_traces_a_mapping_of_them_and_a_recording_give_the_same() -> None:
    torch.manual_seed(0)
    model: Any = Encoder(num_layers=2, bidirectional=True).eval()
    with lv.record(model) as runs:
        model(TOKENS)
        model(TOKENS.flip(0))
    recorded = lv.summary(runs)
    check(recorded.frame.query("module == 'encoder.lstm'"), runs["encoder.lstm"])
    check(recorded.frame.query("module == 'cell'"), runs["cell"])
    pd.testing.assert_frame_equal(lv.summary(dict(runs)).frame, recorded.frame, atol=1e-6)
    check(lv.summary(runs["cell"]).frame, runs["cell"])
    check(lv.summary(runs["cell"][0]).frame, runs["cell"][:1])
    assert recorded.sequences == {"encoder.lstm": 6, "cell": 6}
    assert recorded.steps == {"encoder.lstm": 30, "cell": 30}


def test_a_loader_is_gone_over_once_and_nothing_changes() -> None:
    model: Any = Encoder().train()
    data = TensorDataset(torch.randint(20, (10, 5)), torch.zeros(10))
    random = torch.get_rng_state()
    found = lv.summary(model, DataLoader(data, batch_size=4, shuffle=True), layer="encoder.lstm")
    assert torch.equal(torch.get_rng_state(), random)
    assert model.training
    assert not model.encoder["lstm"]._forward_hooks
    check(found.frame, lv.trace(model.eval(), data.tensors[0], layer="encoder.lstm"))
    named = lv.summary(model, [{"tokens": data.tensors[0]}], layer="encoder.lstm")
    pd.testing.assert_frame_equal(named.frame, found.frame, atol=1e-6)
    called = lv.summary(model, [3, 7], call=lambda model, k: model(data.tensors[0][:k]))
    assert called.sequences["encoder.lstm"] == 10
    packed = pack_sequence([torch.randn(n, 3) for n in (2, 5)], enforce_sorted=False)
    assert lv.summary(nn.GRU(3, 4), [packed]).steps == {"": 7}


def test_what_is_not_finite_is_counted_and_placed() -> None:
    module, inputs = nn.LSTM(3, 4, num_layers=2, proj_size=2, bidirectional=True), torch.randn(5, 2, 3)
    broken = inputs.clone()
    broken[3, 1, 0] = float("nan")
    with lv.record(module) as runs:
        module(inputs)
        module(broken)
    found = lv.summary(runs)
    hidden = found.frame.query("layer == 0 and quantity == 'hidden_state'")
    for direction, lost, first in (("forward", 2, 3), ("backward", 4, 0)):
        rows = hidden[hidden.direction == direction]
        assert rows.not_finite.tolist() == [lost, lost]
        assert rows[["first_sequence", "first_step"]].to_numpy().tolist() == [[3, first]] * 2
        assert rows["count"].tolist() == [20 - lost] * 2
        assert not rows["mean"].isna().any()
    assert "Not finite: input gate, forget gate, candidate" in str(found)
    assert "first at step 3 of sequence 3, in the input gate" in str(found)
    assert found.figure().data
    with pytest.raises(ValueError, match=r"call 1: inputs\[3, 0\] is nan"):
        runs[""]


def test_a_unit_that_never_moves_is_dead() -> None:
    module, inputs = nn.GRU(3, 4), torch.randn(6, 2, 3)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.view(3, 4, *parameter.shape[1:])[2, 1] = 0  # the candidate of unit 1
    found = lv.summary(lv.trace(module, inputs))
    assert found.frame.query("dead and quantity == 'hidden_state'").unit.tolist() == [1]
    assert "Unit 1 is dead: the hidden state never moves." in str(found)
    assert not lv.summary(lv.trace(module, inputs[:1, 0])).frame.dead.any(), "seen once, nobody can tell"
    assert 0 < STILL < 1e-3


class Writer:
    """Writes down what TensorBoard would get."""

    def __init__(self) -> None:
        self.scalars: dict[str, tuple[float, Any]] = {}
        self.histograms: dict[str, Any] = {}

    def add_scalar(self, tag: str, value: float, step: Any = None) -> None:
        self.scalars[tag] = (value, step)

    def add_histogram(self, tag: str, values: Any, step: Any = None) -> None:
        self.histograms[tag] = values


def test_a_writer_gets_every_quantity() -> None:
    model: Any = Encoder().eval()
    traces, writer = lv.trace(model, TOKENS), Writer()
    found = lv.summary({"encoder.lstm": traces["encoder.lstm"]})
    found.to_tensorboard(writer, 7)
    values = at_once(traces["encoder.lstm"], 0, "forget_gate")
    tag = "encoder.lstm/layer_0_forward/forget_gate"
    for name, expected in {
        "mean": values.mean(),
        "std": values.std(),
        "shut": (values < SHUT).mean(),
        "open": (values > OPEN).mean(),
        "dead_units": 0,
        "not_finite_units": 0,
    }.items():
        value, step = writer.scalars[f"{tag}/{name}"]
        assert step == 7
        assert value == pytest.approx(expected, abs=1e-6)
    np.testing.assert_allclose(writer.histograms[f"{tag}/unit_means"], values.mean(axis=0), atol=1e-6)
    assert "encoder.lstm/layer_0_forward/cell_state/shut" not in writer.scalars


@pytest.mark.skipif(importlib.util.find_spec("tensorboard") is None, reason="needs tensorboard")
@pytest.mark.filterwarnings("ignore")
def test_tensorboard_reads_it_back(tmp_path: Path) -> None:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from torch.utils.tensorboard import SummaryWriter

    writer = SummaryWriter(str(tmp_path))
    lv.summary(lv.trace(nn.GRU(3, 4), torch.randn(5, 2, 3))).to_tensorboard(writer, 3)
    writer.close()
    found = EventAccumulator(str(tmp_path)).Reload()
    assert [event.step for event in found.Scalars("layer_0_forward/update_gate/mean")] == [3]
    assert "layer_0_forward/hidden_state/unit_means" in found.Tags()["histograms"]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((3,), TypeError, r"^source: got 3; expected a Trace, several"),
        (([3],), TypeError, r"^source: holds 3; expected a Trace, several"),
        (([],), ValueError, r"^source: got \[\], without a run; expected a Trace"),
        ((nn.GRU(3, 4),), TypeError, r"^loader: got None; expected batches for the model, such as a DataLoader"),
        (
            (nn.GRU(3, 4), [torch.zeros(5, 2)]),
            ValueError,
            r"^loader, batch 0: inputs: the model cannot .*or say how, wi",
        ),
        ((nn.Linear(3, 4), []), TypeError, r"^source: cannot trace a Linear"),
        ((nn.GRU(3, 4), []), ValueError, r"^loader: got \[\], with which none of the layers was called"),
        (
            (nn.Sequential(Doubled(3, 4)), [torch.randn(5, 3)]),
            ValueError,
            r"^0, call 0: .*differs from what its weights",
        ),
        (
            ([lv.trace(nn.GRU(3, n), torch.zeros(2, 3)) for n in (2, 3)],),
            ValueError,
            r"^source: 3 units where there were 2; expected one layer's",
        ),
    ],
)
def test_what_cannot_be_summed_up_says_why(arguments: Any, error: Any, message: str) -> None:
    with pytest.raises(error, match=message):
        lv.summary(*arguments)
