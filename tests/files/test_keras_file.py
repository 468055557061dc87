"""Keras files: layers wherever they are in a model, and what is wrong with a file, in a sentence."""

import io
import json
import random
import subprocess
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import h5py
import numpy as np
import pytest
import torch
from torch import nn

from benchmarks.formats import keras_library
from lstm_viz.files import ModelFile, hdf5, read_file
from lstm_viz.files.hdf5_reader import Outside, answer, read

RUN = subprocess.run


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer as the process that reads HDF5 does, without starting one for each of these sound files."""

    def run(command: list[str], input: bytes, **_: Any) -> Any:
        limit, most_arrays = map(int, command[3:5])
        return SimpleNamespace(stdout=b"".join(answer(input, limit, most_arrays)), returncode=0)

    monkeypatch.setattr(subprocess, "run", run)


@pytest.fixture(scope="module")
def keras() -> Any:
    return keras_library()


@pytest.fixture(scope="module")
def tagger(keras: Any) -> Any:
    """An embedding, an LSTM in both directions, a model in the model, GRUs of both kinds, and a head."""
    keras.utils.set_random_seed(3)
    layers = keras.layers
    inner = keras.Sequential(
        [keras.Input((None, 6)), layers.LSTM(6, return_sequences=True, name="rnn"), layers.Dropout(0.1)], name="block"
    )
    tokens = keras.Input((None,), dtype="int32")
    shown = layers.Embedding(11, 4, name="words")(tokens)
    shown = inner(layers.Bidirectional(layers.LSTM(3, return_sequences=True), name="both")(shown))
    shown = layers.GRU(5, return_sequences=True, reset_after=False, name="first")(shown)
    shown = layers.GRU(5, return_sequences=True, name="second")(shown)
    shown = layers.TimeDistributed(layers.Dense(2), name="head")(shown)
    return keras.Model(tokens, shown)


def saved(model: Any, folder: Path, ending: str = ".keras") -> bytes:
    path = folder / f"model{ending}"
    (model.save_weights if ending == ".weights.h5" else model.save)(path)
    return path.read_bytes()


@pytest.mark.parametrize("ending", [".keras", ".h5"])
def test_layers_are_found_wherever_they_are(tagger: Any, tmp_path: Path, ending: str) -> None:
    file = read_file("model", saved(tagger, tmp_path, ending))
    assert [(each.name, each.cell, each.bidirectional) for each in file.recurrent] == [
        ("both", "lstm", True),
        ("block.rnn", "lstm", False),
        ("first", "gru_reset_first", False),
        ("second", "gru", False),
    ]
    assert file.feeds == ("words", "both", "block.rnn", "first")
    assert ([table.name for table in file.embeddings], file.heads[0].name) == (["words"], "head")
    assert (file.format, file.unplaced, file.notes) == ("Keras", (), ())
    tokens = np.array([[1, 7, 0, 4, 10]])
    values = file.embeddings[0].weight[tokens]
    with torch.no_grad():
        for each in file.recurrent:
            values = each.module()(values)[0]
        ours = nn.functional.linear(values, file.heads[0].weight, file.heads[0].bias)
        torch.testing.assert_close(ours, tagger(tokens).cpu(), atol=1e-5, rtol=0)


def test_names_that_a_file_does_not_say_are_told_by_class_and_number(tagger: Any, tmp_path: Path) -> None:
    """The first versions of Keras 3 wrote no names beside the weights."""
    with zipfile.ZipFile(io.BytesIO(saved(tagger, tmp_path))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with h5py.File(weights := io.BytesIO(parts["model.weights.h5"]), "r+") as file:
        file.visititems(lambda _, group: group.attrs.pop("name", None) and None)
    parts["model.weights.h5"] = weights.getvalue()
    named, unnamed = (read_file("model", packed(each)) for each in (dict(parts), parts))
    assert [each.name for each in unnamed.recurrent] == ["both", "block.rnn", "first", "second"]
    for one, other in zip(named.recurrent, unnamed.recurrent, strict=True):
        assert all(torch.equal(one.tensors[key], other.tensors[key]) for key in one.tensors)


def packed(parts: dict[str, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def layer(kind: str, units: int = 3, **config: Any) -> dict[str, Any]:
    usual = {"name": "rnn", "units": units, "activation": "tanh", "use_bias": True, "return_sequences": True}
    if kind != "SimpleRNN":
        usual["recurrent_activation"] = "sigmoid"
    return {"class_name": kind, "config": usual | config}


def whole(
    *layers: dict[str, Any], gates: int = 4, units: int = 3, version: str = "2.15.0", change: Any = None, **arrays: Any
) -> bytes:
    """A whole model in .h5 as Keras 2 writes it, of one recurrent layer's weights."""
    rng = np.random.default_rng(0)
    shapes = {"kernel": (2, gates * units), "recurrent_kernel": (units, gates * units), "bias": (gates * units,)}
    parts = {key: rng.uniform(-1, 1, shape).astype(np.float32) for key, shape in shapes.items()} | arrays
    with h5py.File(content := io.BytesIO(), "w") as file:
        file.attrs["keras_version"] = version
        file.attrs["model_config"] = json.dumps({"class_name": "Sequential", "config": {"layers": layers}})
        root = file.create_group("model_weights")
        root.attrs["layer_names"] = [b"rnn"]
        group = root.create_group("rnn")
        group.attrs["weight_names"] = [f"rnn/cell/{key}:0".encode() for key in parts]
        for key, part in parts.items():
            group[f"rnn/cell/{key}:0"] = part
        if change:
            change(file, group)
    return content.getvalue()


def read_h5(content: bytes) -> ModelFile:
    return read_file("model.h5", content)


def test_the_hard_sigmoid_of_either_keras() -> None:
    config = layer("LSTM", recurrent_activation="hard_sigmoid")
    old, new = (read_h5(whole(config, version=version)) for version in ("2.15.0", "3.1.0"))
    assert (old.recurrent[0].cell, new.recurrent[0].cell) == ("lstm_hard", "lstm_hard")
    rows = torch.tensor([5 / 6] * 6 + [1.0] * 3 + [5 / 6] * 3)[:, None]
    for key in ("weight_ih_l0", "weight_hh_l0"):
        torch.testing.assert_close(new.recurrent[0].tensors[key], old.recurrent[0].tensors[key] * rows)
    assert old.notes == ()
    assert (
        "has the slope 0.1667; it is shown with the slope 0.2 and the weights of its gates times 0.8333" in new.notes[0]
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            whole(layer("LSTM", activation="softsign")),
            "rnn was left out: it uses sigmoid and softsign; what can be shown",
        ),
        (whole(layer("CuDNNLSTM")), "rnn was left out: CuDNNLSTM layers are not read"),
        (whole(layer("LSTM", activation={"class_name": "function", "config": "mine"})), "it uses sigmoid and mine"),
        (
            whole({"class_name": "LSTM", "config": {"name": "rnn", "output_dim": 3}}),
            "rnn was left out: it is of Keras 1",
        ),
        (whole(layer("LSTM") | {"module": "mine"}), "rnn was left out: LSTM of mine layers are not read"),
        (whole({"class_name": "Lambda", "config": {"name": "rnn", "function": "os.system('x')"}}), "no LSTM, GRU or"),
    ],
)
def test_a_layer_that_no_cell_computes_is_refused_by_name(content: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_h5(content)


def test_what_a_layer_does_besides_is_said() -> None:
    notes = read_h5(whole(layer("LSTM", go_backwards=True, stateful=True))).notes
    assert notes[0].startswith("rnn keeps its state from one batch to the next")
    assert notes[1].startswith("rnn reads from the last step to the first")


def elsewhere(file: Any, group: Any) -> None:
    group["more"] = h5py.ExternalLink("/etc/hostname", "/")


def kept_elsewhere(file: Any, group: Any) -> None:
    group.create_dataset("more", (4,), "f4", external=[("/etc/hostname", 0, 16)])


def in_a_circle(file: Any, group: Any) -> None:
    group["more"] = file["model_weights"]


def huge(file: Any, group: Any) -> None:
    group.create_dataset("more", (2**20, 2**20), "f4", chunks=(256, 256), compression="gzip")


def huge_pieces(file: Any, group: Any) -> None:
    group.create_dataset("more", (2**10,), "f4", chunks=(2**25,), maxshape=(None,), compression="gzip")


def unwritten(file: Any, group: Any) -> None:
    group.create_dataset("more", (100, 100), "f4")


NAN = np.full((3, 12), np.nan, np.float32)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (whole(layer("LSTM"))[:-500], "damaged or incomplete"),
        (whole(layer("LSTM"), recurrent_kernel=NAN), r"rnn.weight_hh_l0\[0, 0\] is nan; expected finite weights"),
        (whole(layer("LSTM", units=5)), r"rnn should have 5 units and its recurrent kernel is \(3, 12\)"),
        (whole(layer("GRU")), "should have 3 units"),
        (
            whole({**layer("LSTM"), "config": {**layer("LSTM")["config"], "name": "other"}}),
            "weights of other should be",
        ),
        (whole(layer("LSTM"), change=elsewhere), "more is a link to another file; links are not followed"),
        (whole(layer("LSTM"), change=kept_elsewhere), "more is kept in another file, which is not opened"),
        (whole(layer("LSTM"), change=in_a_circle), "its groups lie in each other without an end"),
        (whole(layer("LSTM"), change=huge), "its arrays come to more than 1048576 bytes"),
        (whole(layer("LSTM"), change=huge_pieces), "more is packed in pieces of more than 67108864 bytes"),
        (whole(layer("LSTM"), change=unwritten), "more should hold 100 × 100 numbers, and none are in the file"),
        (packed({"config.json": b"{" * 10**7, "model.weights.h5": b""}, zipfile.ZIP_DEFLATED), "times its own size"),
        (packed({"config.json": b"[" * 10**5, "model.weights.h5": whole(layer("LSTM"))}), "damaged or incomplete"),
        (packed({"config.json": b"{}", "model.weights.npz": b""}), "it has no model.weights.h5; save it again"),
    ],
)
def test_what_is_wrong_is_said(content: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said) as caught:
        read_h5(content)
    assert str(caught.value).startswith("model.h5: ")
    assert "\n" not in str(caught.value)


def test_a_library_that_breaks_off_or_never_ends_is_told_as_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", RUN)
    monkeypatch.setattr(hdf5, "_LONGEST", 1)
    for program, why in (("import os; os.abort()", "broke off"), ("while True: pass", "was not read in 1 seconds")):
        monkeypatch.setattr(hdf5, "_READER", f"-c{program}")
        with pytest.raises(ValueError, match=f"damaged or incomplete .*{why}"):
            read_h5(whole(layer("LSTM")))


def test_layers_of_one_size_are_one_module(keras: Any, tmp_path: Path) -> None:
    """Two that feed each other are one of PyTorch's with two layers, though the upper hands on its last state alone."""
    layers = keras.layers
    lower = layers.Bidirectional(layers.LSTM(4, return_sequences=True), name="lower")
    sizes = [keras.Input((None, 3)), lower, layers.Dropout(0.2), layers.Bidirectional(layers.LSTM(4), name="upper")]
    file = read_file("model", saved(keras.Sequential(sizes), tmp_path))
    assert [(each.name, each.num_layers) for each in file.recurrent] == [("lower + upper", 2)]
    assert file.notes[0].startswith("upper hands on the last state of each direction, the first step of the one")
    # Something that computes between them, before them, or another way of putting directions together: two modules.
    between = [keras.Input((None, 3)), layers.Lambda(abs), layers.LSTM(4, return_sequences=True, name="lower")]
    between += [layers.LayerNormalization(), layers.RNN(layers.LSTMCell(4), name="upper")]
    file = read_file("model", saved(keras.Sequential(between), tmp_path))
    assert ([each.name for each in file.recurrent], file.feeds) == (["lower", "upper"], (None, None))
    assert file.notes[0] == "Before lower the file computes Lambda, which is left out here."
    assert file.notes[1] == "Between lower and upper the file computes LayerNormalization, which is left out here."
    summed = layers.Bidirectional(layers.LSTM(4, return_sequences=True), merge_mode="sum", name="lower")
    file = read_file("model", saved(keras.Sequential([keras.Input((None, 3)), summed, layers.LSTM(4)]), tmp_path))
    assert file.feeds == (None, None)
    assert file.notes[0].startswith("lower hands on its two directions as one (sum)")


def test_a_model_class_of_ones_own_and_one_that_is_given_a_state(keras: Any, tmp_path: Path) -> None:
    layers = keras.layers

    class Mine(keras.Model):
        def __init__(self) -> None:
            super().__init__()
            self.emb, self.encoder = layers.Embedding(7, 3), layers.Bidirectional(layers.GRU(4, return_sequences=True))

        def call(self, tokens: Any) -> Any:
            return self.encoder(self.emb(tokens))

    mine = Mine()
    mine(np.zeros((1, 4), np.int32))
    file = read_file("model", saved(mine, tmp_path))
    assert [(each.cell, each.bidirectional) for each in file.recurrent] == [("gru", True)]
    assert "a model class of one’s own" in file.notes[0]
    source = keras.Input((None, 3))
    _, *state = layers.LSTM(4, return_state=True, name="encoder")(source)
    decoded = layers.LSTM(4, return_sequences=True, name="decoder")(source, initial_state=state)
    file = read_file("model", saved(keras.Model(source, decoded), tmp_path))
    assert file.notes == ("decoder is given the state in which it begins; here it begins with zeros.",)


def test_weights_alone_are_told_by_their_shapes(keras: Any, tmp_path: Path) -> None:
    """Without a configuration the usual activations are taken, and the user may correct them."""
    layers = keras.layers
    model = keras.Sequential(
        [keras.Input((None, 2)), layers.GRU(3, reset_after=False, return_sequences=True, name="one")]
    )
    file = read_file("model", saved(model, tmp_path, ".weights.h5"))
    assert (file.recurrent[0].name, file.recurrent[0].could_be) == ("one", ("gru_reset_first", "gru_reset_first_hard"))
    assert "Correct the cell where they are others." in file.notes[0]


def test_the_reader_of_hdf5_refuses_or_reads_whatever_it_is_given() -> None:
    """Damaged where its own structures are not, so that it cannot loop in the test's own process."""
    chance, good = random.Random(5), whole(layer("LSTM"))
    for _ in range(60):
        content = bytearray(good[: chance.randrange(len(good))])
        try:
            read(bytes(content), 2**20, 100)
        except (OSError, Outside, KeyError, RuntimeError, ValueError):
            continue
        raise AssertionError("a file that is cut off was read as whole")


def test_without_the_library_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hdf5, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match=r"model\.h5: reading Keras files needs the package h5py: pip install h5py"):
        read_h5(whole(layer("LSTM")))
