"""Files that would run code when they are unpickled: none of it runs, by whichever trick, and each is told so."""

import argparse
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from lstm_viz.files import read_file
from tests.files.attacks import ATTACKS, DRESSES, GOOD, call, text, whole, zipped
from tests.files.making import pytorch, refused


@pytest.fixture
def sentinel(tmp_path: Path) -> Iterator[Path]:
    """A file that every attack would make; there is none when the test ends."""
    path = tmp_path / "ran"
    yield path
    assert not path.exists(), "code from the file was run"


def test_the_attacks_are_live(tmp_path: Path) -> None:
    """Without this, the tests below might find nothing because there is nothing to find."""
    for what in ("os.system by __reduce__, protocol 2", "exec", "INST", "a pickle in a pickle", "getattr", "runpy"):
        path = tmp_path / what.replace(" ", "_")
        pickle.loads(ATTACKS[what](f"touch {path}"))
        assert path.exists(), what


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_code_of_a_file_is_run(attack: str, sentinel: Path) -> None:
    content = ATTACKS[attack](f"touch {sentinel}")
    for dress, made in DRESSES.items():
        for name in ("model.pt", "model.safetensors", "model.onnx"):
            refused(name, made(content))
            assert not sentinel.exists(), (attack, dress, name)


def test_the_sentence_names_what_would_have_run_and_the_way_out(sentinel: Path) -> None:
    content = DRESSES["in the archive"](ATTACKS["os.system by __reduce__, protocol 2"](f"touch {sentinel}"))
    sentence = refused("model.pt", content)
    assert sentence.startswith("model.pt: it holds posix.system, which is more than plain weights")
    assert "nothing in it was read or run" in sentence
    assert 'from safetensors.torch import save_file; save_file(model.state_dict(), "model.safetensors")' in sentence


def test_a_module_is_not_imported_because_a_file_names_it(sentinel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = sentinel.parent / "importable"
    folder.mkdir()
    (folder / "runs_on_import.py").write_text(f"open({str(sentinel)!r}, 'w')")
    monkeypatch.syspath_prepend(folder)
    attack = whole(b"cruns_on_import\nanything\n")
    for made in DRESSES.values():
        refused("model.pt", made(attack))
    assert "runs_on_import" not in sys.modules


def test_a_whole_model_is_told_from_its_weights() -> None:
    for old in (False, True):
        sentence = refused("model.pt", pytorch(nn.LSTM(2, 3), old=old))
        assert "it holds a whole model (its class torch.nn.modules.rnn.LSTM)" in sentence


def test_hyper_parameters_are_left_alone_where_they_are_plain_and_named_where_they_are_not() -> None:
    weights = {f"model.rnn.{name}": part for name, part in nn.LSTM(2, 3).state_dict().items()}
    plain = {"state_dict": weights, "hyper_parameters": {"lr": 0.1, "sizes": [1, 2], "name": "x"}, "epoch": 3}
    (found,) = read_file("last.ckpt", pytorch(plain)).recurrent
    assert found.name == "model.rnn"
    sentence = refused("last.ckpt", pytorch(plain | {"hyper_parameters": argparse.Namespace(lr=0.1)}))
    assert "it holds argparse.Namespace, which is more than plain weights" in sentence


def test_what_torch_itself_would_refuse_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def problem(*_: Any, **given: Any) -> None:
        assert given["weights_only"] is True
        raise pickle.UnpicklingError("Weights only load failed.\nA page of text.")

    monkeypatch.setattr(torch, "load", problem)
    assert "torch.load(…, weights_only=True) does not read it (UnpicklingError)" in refused("model.pt", GOOD)


@pytest.mark.parametrize("version", ["2.9.1+cpu", "2.6.0", "1.13.1"])
def test_an_older_torch_reads_no_pytorch_file(version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch, "__version__", version)
    monkeypatch.setattr(torch, "load", lambda *_, **__: pytest.fail("it was asked to read the file"))
    for content in (GOOD, pytorch(nn.LSTM(2, 3).state_dict(), old=True)):
        sentence = refused("model.pt", content)
        assert f"read with torch 2.10 or newer, and torch {version} is installed" in sentence
        assert "Update torch" in sentence


@pytest.mark.parametrize("version", ["2.10.0", "2.13.0+cu130", "3.0.0a1"])
def test_a_newer_torch_does(version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch, "__version__", version)
    assert read_file("model.pt", GOOD).format == "PyTorch"


def in_archive(body: bytes, numbers: bytes = b"") -> bytes:
    return zipped({"archive/data.pkl": whole(body), "archive/version": b"3\n", "archive/data/0": numbers})


def tensor(count: int, size: tuple[int, ...], stride: tuple[int, ...], offset: int = 0) -> bytes:
    """A tensor over the numbers under the key 0, of which `count` are spoken of."""

    def numbers(values: tuple[int, ...]) -> bytes:
        return b"(" + b"".join(number(value) for value in values) + b"t"

    storage = b"(" + text("storage") + b"ctorch\nFloatStorage\n" + text("0") + text("cpu") + number(count) + b"tQ"
    return call(
        "torch._utils", "_rebuild_tensor_v2", storage, number(offset), numbers(size), numbers(stride), b"\x89", b"}"
    )


def number(value: int) -> bytes:
    encoded = pickle.encode_long(value)
    return b"\x8a" + bytes([len(encoded)]) + encoded


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (in_archive(tensor(1 << 40, (1 << 40,), (1,)), bytes(8)), "numbers that it speaks of are not in it"),
        (in_archive(tensor(2, (1 << 40,), (0,)), bytes(8)), "does not fit"),
        (in_archive(tensor(2, (1 << 20, 1 << 20), (1, 1)), bytes(8)), "does not fit"),
        (in_archive(tensor(2, (2,), (1,), offset=1), bytes(8)), "does not fit"),
        (in_archive(tensor(2, (2,), (-1,)), bytes(8)), "does not fit"),
        (in_archive(tensor(-2, (2,), (1,)), bytes(8)), "none to numbers"),
        (in_archive(tensor(3, (3,), (1,)), bytes(8)), "numbers that it speaks of are not in it"),
        (in_archive(tensor(2, (2,), (1,)), bytes(8)), "no weights are in it"),
    ],
)
def test_lying_shapes_take_no_memory(made: bytes, says: str) -> None:
    assert says in refused("model.pt", made)


def test_a_few_bytes_cannot_keep_the_reader_busy() -> None:
    """Shared parts, doubled again and again: to hash them or to go through them all would take for ever."""
    doubled = b")q\x00" + b"".join(b"h%bh%b\x86q%b" % (bytes([k]), bytes([k]), bytes([k + 1])) for k in range(80))
    assert "keys are no texts" in refused("model.pt", in_archive(b"}" + doubled + b"Ns"))
    nested = b"}q\x00" + b"".join(
        b"}q%b(" % bytes([k + 1]) + b"".join(text(f"{i}") + b"h" + bytes([k]) for i in range(100)) + b"u"
        for k in range(80)
    )
    assert "no weights are in it" in refused("model.pt", in_archive(nested))
    assert "more than 1,000,000 steps" in refused("model.pt", in_archive(b"](" + b"N" * 1_100_000 + b"e"))
    views = b"".join(text(f"{k}") + tensor(1000, (1000,), (1,)) for k in range(100))
    assert "they lie over each other" in refused("model.pt", in_archive(b"}(" + views + b"u", bytes(4000)))
