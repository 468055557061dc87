"""Bad files get a sentence each, at once, and take no memory that they do not have."""

import gzip
import io
import json
import struct
import zipfile
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save
from torch import nn

from lstm_viz.files import LIMIT, read_file
from tests.files.making import found_in, pytorch, refused, safetensors

LSTM = nn.LSTM(2, 3).state_dict()
FILES = {
    "safetensors": safetensors(LSTM),
    "PyTorch": pytorch(LSTM),
    "PyTorch, before 1.6": pytorch(LSTM, old=True),
}
TINY = {"weight_ih_l0": torch.ones(4, 1), "weight_hh_l0": torch.ones(4, 1)}


def test_sizes() -> None:
    assert refused("a.pt", b"") == "a.pt: the file is empty; give a file of weights"
    assert "the file has 200.0 MB; at most 200.0 MB are read" in refused("a.pt", bytes(LIMIT + 1))


def program() -> bytes:
    file = io.BytesIO()
    torch.jit.save(torch.jit.trace(nn.Linear(2, 2), torch.zeros(1, 2), check_trace=False), file)
    return file.getvalue()


def numpy_archive() -> bytes:
    file = io.BytesIO()
    np.savez(file, weight_ih_l0=np.ones((4, 1)))
    return file.getvalue()


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<html><script>alert(1)</script>", "a file of no kind that is known here"),
        ("γράμματα".encode(), "a file of no kind that is known here"),
        (bytes(1000), "a file of no kind that is known here"),
        (gzip.compress(FILES["PyTorch"]), "a file packed by gzip; unpack it first"),
        (numpy_archive(), "a NumPy archive, which does not say what its arrays are"),
        (zipped(readme=b"hello"), "a zip archive without a model in it"),
        (zipped(), "a zip archive without a model in it"),
        (b"PK\x03\x04" + bytes(50), "the archive is damaged or incomplete (its end is missing)"),
        (FILES["PyTorch"] + b"\n", "the archive is damaged or incomplete (its end is missing)"),
    ],
)
def test_other_kinds_of_files(content: bytes, says: str) -> None:
    assert says in refused("model.pt", content)


@pytest.mark.filterwarnings("ignore:.*torch.jit")
def test_a_program_is_refused_with_the_way_to_its_weights() -> None:
    sentence = refused("model.pt", program())
    assert "it is a TorchScript archive, which holds a program" in sentence
    assert "torch.jit.load" in sentence


@pytest.mark.parametrize("format", FILES)
def test_a_file_cut_off_anywhere_is_said_to_be(format: str) -> None:
    content = FILES[format]
    for end in range(0, len(content), 7):
        refused("model", content[:end])
    assert read_file("model", content).recurrent


@pytest.mark.parametrize("format", FILES)
def test_what_a_file_is_its_bytes_say(format: str) -> None:
    for name in ("model.safetensors", "model.pt", "model.onnx", "", "model"):
        assert read_file(name, FILES[format]).format == format.partition(",")[0]


def with_header(header: Any, numbers: bytes = b"", length: int | None = None) -> bytes:
    """A safetensors file of any header, a text or what becomes one."""
    written = (header if isinstance(header, str) else json.dumps(header)).encode()
    return struct.pack("<Q", len(written) if length is None else length) + written + numbers


def entry(shape: Any, offsets: Any, kind: Any = "F32") -> dict[str, Any]:
    return {"weight_ih_l0": {"dtype": kind, "shape": shape, "data_offsets": offsets}}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (with_header({}, length=1 << 39), "its header should have 549755813888 bytes"),
        (with_header({}, bytes(5 * 2**20), length=5 * 2**20), "at most 4194304 are read"),
        (with_header(entry([1 << 40, 1 << 40], [0, 8]), bytes(8)), "its header does not fit"),
        (with_header(entry([2], [0, 1 << 60]), bytes(8)), "its header does not fit"),
        (with_header(entry([2], [8, 0]), bytes(8)), "its header does not fit"),
        (with_header(entry([2], [-8, 0]), bytes(8)), "its header does not fit"),
        (with_header(entry([2], [4, 12]), bytes(12)), "its header does not fit"),
        (with_header(entry([3], [0, 8]), bytes(8)), "its header does not fit"),
        (with_header(entry([2], [0, 8]), bytes(80)), "its header does not fit"),
        (with_header(entry([2], [0, 8], "F33"), bytes(8)), "its header does not fit"),
        (with_header(entry("two", [0, 8]), bytes(8)), "its header does not fit"),
        (with_header({"a": 1}), "its header does not fit"),
        (with_header("{" * 90_000), "damaged"),
        (with_header('{"a":' * 90_000), "damaged"),
        (with_header("{" + "[" * 90_000), "damaged"),
        (with_header({f"{k}": {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]} for k in range(10_001)}), "10001"),
        (with_header({}), "no weights are in it"),
        (with_header({"__metadata__": {"format": "pt"}}), "no weights are in it"),
        (save({}), "no weights are in it"),
        (save({"a": torch.zeros(0)}), "no recurrent layer was found among its tensors (a (0,))"),
    ],
)
def test_lying_headers(content: bytes, says: str) -> None:
    assert says in refused("model.safetensors", content)


def bomb(parts: int, size: int) -> bytes:
    """An archive of parts of zeros, packed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for k in range(parts):
            archive.writestr(f"a/{k}", bytes(size))
    return file.getvalue()


def declaring(content: bytes, size: int) -> bytes:
    """The same archive, whose first part is declared to have another size."""
    place = content.index(b"PK\x01\x02") + 20
    return content[:place] + struct.pack("<2L", size, size) + content[place + 8 :]


def test_archives_that_unpack_to_more_than_they_are() -> None:
    assert "unpack to 16.0 MB; at most 3 times its own size" in refused("a.keras", bomb(1, 2**24))
    assert "unpack to 16.0 MB" in refused("a.keras", bomb(64, 2**18))
    assert "parts; at most 11000 are read" in refused("a.keras", bomb(11_001, 0))
    assert "unpack to 4095.9" in refused("a.pt", declaring(zipped(readme=b"hello"), 2**32 - 2**17))
    refused("a.pt", declaring(zipped(**{"a/data.pkl": b"N."}), 2**19))
    many = zipped(**{"a/data.pkl": bytes(100)})
    over = many.index(b"PK\x01\x02")
    directory, end = many[over:-22], many[-22:]
    again = b"".join(directory.replace(b"data.pkl", b"%08d" % k) for k in range(11_001))
    counts = struct.pack("<2H2L", 11_001, 11_001, len(again), over)
    overlapping = many[:over] + again + end[:8] + counts + end[20:]
    assert "at most" in refused("a.pt", overlapping)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda part: part.fill_(float("nan")), "rnn.weight_hh_l0[0, 0] is nan; expected finite weights"),
        (lambda part: part[3].fill_(float("-inf")), "rnn.weight_hh_l0[3, 0] is -inf"),
        (lambda part: part[2:, 1].fill_(float("inf")), "rnn.weight_hh_l0[2, 1] is inf"),
    ],
)
@pytest.mark.parametrize("kind", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
def test_weights_that_are_not_finite(kind: torch.dtype, change: Any, says: str) -> None:
    weights = {f"rnn.{name}": part.clone().to(kind) for name, part in LSTM.items()}
    change(weights["rnn.weight_hh_l0"])
    for content in (pytorch(weights), safetensors(weights)):
        assert says in refused("model", content)


def test_huge_weights_are_finite() -> None:
    weights = {name: torch.full_like(part, 3e38) for name, part in LSTM.items()}
    assert found_in(weights).recurrent[0].tensors["weight_ih_l0"][0, 0] == weights["weight_ih_l0"][0, 0]


@pytest.mark.parametrize("kind", [torch.int8, torch.uint8, torch.int64, torch.bool, torch.complex64])
def test_weights_that_are_no_fractions(kind: torch.dtype) -> None:
    weights = {name: part.to(kind) for name, part in LSTM.items()}
    for content in (pytorch(weights), safetensors(weights)):
        sentence = refused("model", content)
        assert f"holds {str(kind)[6:]}; expected fractions" in sentence


def test_a_head_that_is_not_finite_is_left_out_and_said_so() -> None:
    weights = {f"rnn.{name}": part for name, part in LSTM.items()}
    file = found_in(weights | {"fc.weight": torch.full((2, 3), float("nan")), "fc.bias": torch.zeros(2)})
    assert not file.heads
    assert file.notes == ("fc was left out: its number at [0, 0] is nan.",)


def test_names_are_shown_as_text_and_shortened() -> None:
    markup = '<img src=x onerror="alert(1)">'
    odd = {
        f"{markup}.rnn": markup + ".rnn",
        "a\n\x1b[31mred\u202e.rnn": "a��[31mred�.rnn",
        "x" * 5000: "x" * 39 + "…" + "x" * 40,
        "": "",
    }
    for name, shown in odd.items():
        weights = {f"{name}.{part}" if name else part: tensor for part, tensor in LSTM.items()}
        file = read_file(name + ".pt", pytorch(weights))
        assert file.recurrent[0].name == shown
        assert len(file.name) <= 80
        assert file.name.isprintable()
    weights = {f"{markup}{k}": torch.zeros(2) for k in range(9)}
    sentence = refused("\n".join("<b>" * 5000), pytorch(weights))
    assert "<b>" not in sentence or len(sentence.partition(":")[0]) <= 80


def test_shapes_of_no_cell() -> None:
    odd = {"rnn.weight_ih_l0": torch.ones(15, 2), "rnn.weight_hh_l0": torch.ones(15, 3)}
    sentence = refused("model.pt", pytorch(odd))
    assert (
        "no recurrent layer was found among its tensors (rnn.weight_ih_l0 (15, 2), rnn.weight_hh_l0 (15, 3))"
        in sentence
    )
    assert "rnn looks recurrent and fits no cell: weight_hh_l0 is (15, 3)" in sentence
    flat = {"weight_ih_l0": torch.ones(12), "weight_hh_l0": torch.ones(12, 3)}
    assert "weight_ih_l0 has the shape (12,)" in refused("model.pt", pytorch(flat))
    empty = {"weight_ih_l0": torch.ones(0, 2), "weight_hh_l0": torch.ones(0, 0)}
    assert "weight_hh_l0 has the shape (0, 0)" in refused("model.pt", pytorch(empty))


def test_a_file_of_very_many_modules() -> None:
    weights = {f"cells.{k}.{name}": part for k in range(201) for name, part in TINY.items()}
    assert "it holds 201 recurrent modules; at most 200 are read" in refused("model.pt", pytorch(weights))
    weights.pop("cells.200.weight_ih_l0")
    assert len(found_in(weights).recurrent) == 200
