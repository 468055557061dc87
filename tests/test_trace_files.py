"""Saved traces come back the same; damaged and hostile files are refused in one sentence, and run nothing."""

import dataclasses
import importlib
import io
import json
import pickle
import zipfile

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

import lstm_viz as lv


def saved(trace):
    file = io.BytesIO()
    trace.save(file)
    return file.getvalue()


def loaded(content):
    return lv.load_trace(io.BytesIO(content))


def example(kind=nn.LSTM, **options):
    module = kind(2, 3, num_layers=2, bidirectional=True, **options)
    return lv.trace(module, torch.randn(4, 2, dtype=module.weight_ih_l0.dtype), labels="look")


def repacked(content, **members):
    """The same archive with members replaced, added, or left out (None)."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w") as new:
        kept = {name: old.read(name) for name in old.namelist()}
        for name, data in (kept | {name.replace("__", ".") + ".npy": data for name, data in members.items()}).items():
            if data is not None:
                new.writestr(name, data)
    return result.getvalue()


def as_member(array, **options):
    member = io.BytesIO()
    np.save(member, array, **options)
    return member.getvalue()


def told(content, **changes):
    """The same archive with other facts in its description."""
    about = json.loads(str(np.load(io.BytesIO(content))["about"]))
    return repacked(content, about=as_member(np.array(json.dumps(about | changes))))


def assert_same(trace, again):
    for field in ("labels", "notes"):
        assert getattr(again, field) == getattr(trace, field)
    np.testing.assert_array_equal(again.inputs, trace.inputs)
    for before, after in zip(trace.layers, again.layers, strict=True):
        for field in ("cell", "index", "direction", "clamped", "quantities"):
            assert getattr(after, field) == getattr(before, field)
        for field in ("values", "initial_state"):
            for name, array in getattr(before, field).items():
                np.testing.assert_array_equal(getattr(after, field)[name], array)
                assert getattr(after, field)[name].dtype == array.dtype


@pytest.mark.parametrize("kind", [nn.LSTM, nn.GRU, nn.RNN])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_saved_trace_comes_back_the_same(kind, dtype, tmp_path):
    trace = example(kind, dtype=dtype)
    assert_same(trace, loaded(saved(trace)))
    trace.save(tmp_path / "run.npz")
    assert_same(trace, lv.load_trace(tmp_path / "run.npz"))
    assert_same(trace, lv.load_trace(str(tmp_path / "run.npz")))


def test_projections_clamps_and_notes_come_back():
    module = nn.LSTM(2, 3, num_layers=2, proj_size=1, dropout=0.5)
    with pytest.warns(UserWarning, match="traced without dropout"):
        trace = lv.trace(module, torch.randn(4, 2), clamp=lv.Clamp("forget_gate", 1.0, layer=1))
    assert trace.notes
    assert trace.layers[1].clamped == {"forget_gate"}
    assert_same(trace, loaded(saved(trace)))


odd = st.sampled_from(["", " ", "\0", "</script>", "\ud800", "\U0001f600", "inf", "שלום"])
odd |= st.text(st.characters() | st.characters(categories=["Cc", "Cs"]), max_size=12)


@given(st.lists(odd, min_size=4, max_size=4))
def test_odd_labels_come_back(labels):
    trace = lv.trace(nn.RNN(1, 1), torch.zeros(4, 1), labels=labels)
    assert loaded(saved(trace)).labels == tuple(labels)


class Intruder:
    """Pickled, it would fail the test that loads it."""

    def __reduce__(self):
        return pytest.fail, ("a pickle was run",)


INTRUDER = np.array([Intruder()], dtype=object)


@pytest.mark.parametrize(
    "content",
    [
        pickle.dumps(Intruder()),
        as_member(INTRUDER, allow_pickle=True),
        repacked(saved(example()), about=as_member(INTRUDER, allow_pickle=True)),
        repacked(saved(example()), inputs=as_member(INTRUDER, allow_pickle=True)),
        repacked(saved(example()), extra=as_member(INTRUDER, allow_pickle=True)),
        repacked(saved(example()), **{"0__forget_gate": pickle.dumps(Intruder())}),
    ],
)
def test_no_pickle_is_run(content):
    with pytest.raises(ValueError, match="not a trace saved by lstm_viz"):
        loaded(content)


WHOLE = saved(example())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"text",
        b"\x93NUMPY",
        b"PK\x03\x04",
        as_member(np.zeros(3)),
        repacked(WHOLE, about=None),
        repacked(WHOLE, inputs=None),
        repacked(WHOLE, about=as_member(np.array("{"))),
        repacked(WHOLE, about=as_member(np.array("[" * 100_000))),
        repacked(WHOLE, about=as_member(np.array("[]"))),
        repacked(WHOLE, about=as_member(np.zeros((2, 2)))),
        repacked(WHOLE, inputs=as_member(np.zeros((10_000, 10_000), bool))[:200]),
        told(WHOLE, format="lstm_viz trace 99"),
        told(WHOLE, layers=[]),
        told(WHOLE, layers=[["lstm", 0, "forward"]]),
        told(WHOLE, layers=[["transformer", 0, "forward", []]]),
        told(WHOLE, layers=[["lstm", "0", "forward", []]]),
        told(WHOLE, layers=[["gru", 0, "forward", []]]),
        told(WHOLE, layers=[["lstm", 0, ["forward"], []]]),
        told(WHOLE, layers=[["lstm", 0, "forward", [{}]]]),
        told(WHOLE, layers=7),
        told(WHOLE, labels=["too", "few"]),
        told(WHOLE, labels=None),
        told(WHOLE, notes=3),
    ],
)
def test_what_is_not_a_trace_is_refused_in_a_sentence(content):
    with pytest.raises(ValueError, match=r"^this file is not a trace saved by lstm_viz, or is damaged: "):
        loaded(content)


def test_a_broken_invariant_in_a_file_is_named():
    gate = np.full((4, 3), 1.5, np.float32)
    with pytest.raises(ValueError, match=r"damaged: forget_gate: 1.5 at time_step 0, unit 0 is not a finite number"):
        loaded(repacked(WHOLE, **{"0__forget_gate": as_member(gate)}))


@given(st.data())
def test_a_damaged_file_is_refused_or_comes_back_the_same(data):
    spot = data.draw(st.integers(0, len(WHOLE) - 1))
    damage = data.draw(st.binary(min_size=1, max_size=8))
    cut = data.draw(st.booleans())
    content = WHOLE[:spot] if cut else WHOLE[:spot] + damage + WHOLE[spot + len(damage) :]
    try:
        again = loaded(content)
    except ValueError as error:
        message = str(error)
        assert message.startswith("this file is not a trace")
    else:
        assert_same(loaded(WHOLE), again)


def test_a_file_that_would_burst_is_not_unpacked(monkeypatch):
    module = importlib.import_module("lstm_viz.trace.run")
    monkeypatch.setattr(module, "LOAD_LIMIT", 1_000)
    with pytest.raises(ValueError, match=r"it would take .* bytes of memory; the limit is 1,000"):
        loaded(repacked(WHOLE, extra=as_member(np.zeros(1000))))


def test_a_file_that_is_not_there_is_named_as_such(tmp_path):
    with pytest.raises(FileNotFoundError):
        lv.load_trace(tmp_path / "nothing.npz")
    with pytest.raises(IsADirectoryError):
        lv.load_trace(tmp_path)


def test_a_trace_with_more_fields_would_have_to_save_them():
    assert {field.name for field in dataclasses.fields(lv.Trace)} == {"layers", "inputs", "labels", "notes"}
    names = {field.name for field in dataclasses.fields(lv.LayerTrace)}
    assert names == {"cell", "index", "direction", "values", "initial_state", "clamped"}
