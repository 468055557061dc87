"""Model files and saved trainings: small good ones, damaged; and hostile ones: bombs, pickles that run code."""

import io
import json
import os
import random
import struct
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import torch
from torch import nn

from benchmarks.formats import keras_model, onnx_model
from lstm_viz.files import ModelFile, read_file
from lstm_viz.learning import Course, Plan
from tests.files.attacks import ATTACKS
from tests.files.making import pytorch
from tests.fuzz.mutated_bytes import EXTREMES, mutated
from tests.fuzz.mutations import SCRAPS, damaged_value, strange
from tests.fuzz.surface import Case, Surface

FORMATS = ("safetensors", "PyTorch", "PyTorch before 1.6", "ONNX", "Keras")
HOSTILE = 0.15
"""The share of files that were never good."""


@cache
def seeds(*, keras: bool = True) -> dict[str, list[bytes]]:
    """Small files of each format, which are read without complaint; those of Keras need a library slow to import.

    The same ones in one process; files of PyTorch's before 1.6 name storages by where they lay in memory.
    """
    torch.manual_seed(0)
    lstm = nn.LSTM(2, 3, 2, bidirectional=True)
    model = nn.ModuleDict(
        {
            "embedding": nn.Embedding(7, 4),
            "rnn": nn.LSTM(4, 4, proj_size=2),
            "cell": nn.GRUCell(2, 3),
            "fc": nn.Linear(3, 2),
        }
    )
    halves = {name: part.half() for name, part in model.state_dict().items()}
    checkpoint = {"epoch": 1, "state_dict": model.state_dict(), "optimizer": {"lr": 0.1}, "tied": lstm.state_dict()}
    return {
        "safetensors": [safetensors(lstm.state_dict()), safetensors(halves)],
        "PyTorch": [pytorch(lstm.state_dict()), pytorch(checkpoint), pytorch(halves)],
        "PyTorch before 1.6": [pytorch(lstm.state_dict(), old=True), pytorch(checkpoint, old=True)],
        "ONNX": [onnx_model(random.Random(f"{k}")).content for k in range(4)],
        **({"Keras": [keras_model(random.Random(f"{k}")).content for k in range(8)]} if keras else {}),
    }


def safetensors(parts: dict[str, torch.Tensor]) -> bytes:
    """A file with its parts in their order, so that it is the same one each time."""
    header, content = {}, b""
    for name, part in parts.items():
        added = part.detach().numpy().tobytes()
        dtype = {torch.float16: "F16", torch.float32: "F32"}[part.dtype]
        ends = [len(content), len(content) + len(added)]
        header[name] = {"dtype": dtype, "shape": list(part.shape), "data_offsets": ends}
        content += added
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + content


class Models(Surface):
    """See the module.

    Parameters
    ----------
    keras : whether files of Keras are among them; each is read in a process of its own, which takes its time
    """

    title = "model files"

    def __init__(self, *, keras: bool = True) -> None:
        self._seeds = seeds(keras=keras)

    def begin(self) -> None:
        """Read the good ones."""
        self._folder = tempfile.TemporaryDirectory()
        self._ran = Path(self._folder.name) / "ran"
        for format, contents in self._seeds.items():
            for content in contents:
                if said := self.attempt(content):
                    raise AssertionError(f"{format}: {said}")

    def end(self) -> None:
        """Take the folder away."""
        self._folder.cleanup()

    def case(self, draw: random.Random) -> Case:
        """A file."""
        if draw.random() < HOSTILE:
            return self._hostile(draw)
        format = draw.choice(list(self._seeds))
        others = [content for contents in self._seeds.values() for content in contents]
        return Case(format, mutated(draw.choice(self._seeds[format]), draw, others))

    def attempt(self, given: Any) -> str:
        """Read it as an upload is read; of what was found every module can be made, and run where it is small."""
        content = given.replace(RAN, str(self._ran).encode().ljust(len(RAN), b" ")[: len(RAN)])
        try:
            found = read_file("a file", content)
        except ValueError as problem:
            said = str(problem)
            if not said.startswith("a file: ") or "\n" in said or len(said) > 1000:
                raise AssertionError(f"no sentence: {said!r:.300}") from problem
            found = None
        if self._ran.exists():
            self._ran.unlink()
            raise AssertionError("what is in the file was run")
        if found is None:
            return said
        _used(found)
        return ""

    def _hostile(self, draw: random.Random) -> Case:
        match draw.randrange(5):
            case 0:
                name = draw.choice(list(ATTACKS))
                return Case("a pickle that runs code", ATTACKS[name](COMMAND))
            case 1:
                return Case("a bomb", bomb(draw))
            case 2:
                return Case("shapes past all bounds", declared(draw))
            case 3:
                return Case("names of elsewhere", named(draw))
        return Case("deep", deep(draw))


RAN = b"/" + b"x" * 119
"""Stands in a file for a path of the same length, which only the process that reads it knows."""
COMMAND = f"touch {RAN.decode()}"


def _used(found: ModelFile) -> None:
    for recurrent in found.recurrent:
        recurrent.describe()
        module = recurrent.module()
        if recurrent.input_size < 1000:
            module(torch.zeros(1, 2, recurrent.input_size, dtype=recurrent.tensors["weight_ih_l0"].dtype))


def packed(parts: dict[str, bytes], *, deflated: bool = True) -> bytes:
    """An archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return file.getvalue()


def bomb(draw: random.Random) -> bytes:
    """A few kilobytes that unpack to some megabytes, or say that they do, in the places where formats keep things."""
    size = draw.choice((10**5, 10**6, 10**7, 5 * 10**7))
    names = ("archive/data.pkl", "archive/data/0", "model.weights.h5", "config.json", "archive/version")
    content = packed({name: b"\0" * (size if draw.random() < 0.5 else 10) for name in names})
    return content if draw.random() < 0.5 else mutated(content, draw, [content])


def declared(draw: random.Random) -> bytes:
    """A .safetensors header that declares what is not there."""
    shape = [draw.choice((*EXTREMES, -1, 10**30, 3)) for _ in range(draw.randrange(4))]
    ends = [draw.choice((*EXTREMES, 0, 8)), draw.choice((*EXTREMES, 8))]
    part = {"dtype": draw.choice(("F32", "F64", "I8", "BF16", "F8_E4M3", "X")), "shape": shape, "data_offsets": ends}
    header = {f"rnn.weight_{kind}_l{k}": damaged_value(part, draw) for k in range(2) for kind in ("ih", "hh")}
    text = json.dumps(header).encode()
    length = len(text) if draw.random() < 0.8 else draw.choice(EXTREMES) % 2**64
    return struct.pack("<Q", length) + text + b"\0" * draw.choice((0, 8, 4096))


def named(draw: random.Random) -> bytes:
    """Parts of archives and tensors with names that lead elsewhere."""
    name = draw.choice(("../../../etc/passwd", "/etc/passwd", "a" * 60_000, "C:\\x", "weight_ih_l0/", *SCRAPS[:40]))
    name = name.replace("\x00", "").encode(errors="replace").decode() or "x"
    if draw.random() < 0.5:
        return packed({f"archive/{name}": b"x", name: b"y" * 100, "archive/data.pkl": b"\x80\x02}q\0."})
    lstm = {key: torch.zeros_like(part) for key, part in nn.LSTM(2, 3).state_dict().items()}
    return safetensors({f"{name}.{key}": part for key, part in lstm.items()})


def deep(draw: random.Random) -> bytes:
    """Nested without end, as JSON, as a pickle, as messages of ONNX."""
    depth = draw.choice((100, 5000, 100_000))
    match draw.randrange(3):
        case 0:
            text = b'{"a":' * depth
            return struct.pack("<Q", len(text)) + text
        case 1:
            tuples, lists = b"(" * depth + b"t" * depth, b"]" * depth + b"a" * (depth - 1)
            return b"\x80\x02" + draw.choice((tuples, lists)) + b"."
    content = b""
    while len(content) < min(depth, 20_000):
        size, length = len(content), b""
        while size > 127:
            length, size = length + bytes([size & 127 | 128]), size >> 7
        content = b"\x3a" + length + bytes([size]) + content
    return content


class Courses(Surface):
    """Trainings that were saved, to go on with."""

    title = "saved trainings"

    def __init__(self) -> None:
        plans = Plan(task="counting", units=1, length=2, updates=20), Plan(cell="gru", units=2, length=3, updates=20)
        self._good = [_saved(plan) for plan in plans]

    def begin(self) -> None:
        """Open the good ones."""
        for content in self._good:
            self.attempt(content)

    def case(self, draw: random.Random) -> Case:
        """A file, damaged as bytes, or in what its header says of the course."""
        content = draw.choice(self._good)
        if draw.random() < 0.5:
            return Case("bytes, damaged", mutated(content, draw, self._good))
        (length,) = struct.unpack("<Q", content[:8])
        header = json.loads(content[8 : 8 + length])
        told = header["__metadata__"]
        if draw.random() < 0.7:
            told["course"] = json.dumps(damaged_value(json.loads(told["course"]), draw))
        elif draw.random() < 0.5:
            told[draw.choice(list(told))] = str(strange(draw))[:10_000]
        else:
            header = damaged_value(header, draw)
        text = json.dumps(header).encode()
        return Case("what its header says, damaged", struct.pack("<Q", len(text)) + text + content[8 + length :])

    def attempt(self, given: Any) -> str:
        """Open it; one that is opened is finite, and is saved again."""
        try:
            course = Course.opened(given)
        except (ValueError, TypeError) as problem:
            if "\n" in str(problem) or len(str(problem)) > 1000:
                raise AssertionError(f"no sentence: {str(problem)!r:.300}") from problem
            if isinstance(problem, TypeError):
                raise
            return str(problem)
        if not all(torch.isfinite(part).all() for part in course.weights().values() if isinstance(part, torch.Tensor)):
            raise AssertionError("its weights are not finite")
        course.saved()
        return ""


@cache
def _saved(plan: Plan) -> bytes:
    course = Course(plan)
    while course.update < 4:
        course.advance(0)
    return course.saved()


os.environ.setdefault("KERAS_BACKEND", "torch")
