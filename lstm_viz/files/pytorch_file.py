"""PyTorch's own files: state dicts, and checkpoints that hold one, as `torch.save` writes them."""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import Tensor

from lstm_viz.files.archive import entries, unpacked
from lstm_viz.files.finding import find
from lstm_viz.files.found import ModelFile
from lstm_viz.files.limits import CONVERTER, LIMIT, Refused, megabytes, shown
from lstm_viz.files.pickled import Scan

OLDEST = (2, 10)
"""Of torch: in those before it, files were found that ran code although `weights_only` was asked for."""

OLD_FORMAT = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19."
"""How a file of the format before PyTorch 1.6 begins: a pickled number of its own."""

_WEIGHTS = ("state_dict", "model_state_dict", "model_state", "model", "module", "net", "network", "weights", "params")
"""Under which names checkpoints keep the weights, the most telling first."""
_BESIDE = re.compile(
    r"(?:^|[_.])(?:opt|optim|lr|sched|scaler|amp|callback|loop|h(?:yper)?_?par|rng|ema|avg|swa)", re.IGNORECASE
)
"""Under which names they keep what is none, or the same weights once more."""
_DEEPEST = 6
_LONGEST_PICKLE = 16 * 2**20


def read_pytorch(name: str, content: bytes, digest: str) -> ModelFile:
    """What is in a file of `torch.save`; nothing that it names is run, and nothing but plain tensors is read."""
    _check_torch(name)
    scan = Scan(name)
    if content.startswith(OLD_FORMAT):
        _scan_old_format(scan, content)
    else:
        _scan_archive(scan, content)
    if scan.bytes_of_tensors > 2 * len(content):
        raise Refused(
            f"{shown(name)}: its tensors would take {megabytes(scan.bytes_of_tensors)}, and it has "
            f"{megabytes(len(content))}: they lie over each other. Save each by itself: {CONVERTER}"
        )
    try:
        loaded = torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)
    except Exception as problem:
        raise Refused(
            f"{shown(name)}: torch.load(…, weights_only=True) does not read it ({type(problem).__name__}); save the "
            f"weights alone: {CONVERTER}"
        ) from None
    notes: list[str] = []
    loaded = dict(_tensors(_state_dict(loaded, notes)))
    return find(name, "PyTorch", loaded, digest, tuple(notes), in_order=True)


def _check_torch(name: str) -> None:
    """Refuse to read with a torch whose `weights_only` is known not to keep what it promises."""
    version = tuple(int(part) for part in re.findall(r"\d+", torch.__version__)[:2])
    if version < OLDEST:
        needed = ".".join(map(str, OLDEST))
        raise Refused(
            f"{shown(name)}: PyTorch files are read with torch {needed} or newer, and torch {torch.__version__} is "
            "installed: older ones can be made to run code from a file. Update torch, or save the weights as "
            f"safetensors: {CONVERTER}"
        )


def _scan_archive(scan: Scan, content: bytes) -> None:
    """Look through an archive of `torch.save`: its pickle, and whether the numbers that it speaks of are there."""
    parts = entries(scan.file, content)
    root = next(iter(parts), "").partition("/")[0]
    if any(path.endswith("/constants.pkl") for path in parts):
        raise Refused(
            f"{shown(scan.file)}: it is a TorchScript archive, which holds a program; only weights are read. Save them "
            f"where the program can be trusted: model = torch.jit.load(…); {CONVERTER}"
        )
    if any(entry.compress_type for entry in parts.values()) or any(not path.startswith(f"{root}/") for path in parts):
        raise Refused(
            f"{shown(scan.file)}: it is a zip archive that torch.save did not write; give the file that it wrote"
        )
    pickle = parts.get(f"{root}/data.pkl")
    if pickle is None:
        raise Refused(f"{shown(scan.file)}: it is a zip archive without a model in it; expected what torch.save wrote")
    if pickle.file_size > _LONGEST_PICKLE:
        raise Refused(
            f"{shown(scan.file)}: what it lists beside its numbers has {megabytes(pickle.file_size)}; save less"
        )
    scan.follow(io.BytesIO(unpacked(scan.file, content, pickle)))
    for stored in scan.storages.values():
        there = parts.get(f"{root}/data/{stored.key}")
        if there is None or there.file_size < stored.count * stored.item:
            raise Refused(
                f"{shown(scan.file)}: numbers that it speaks of are not in it ({shown(stored.key)}, {stored.count}): "
                "it is damaged or incomplete; copy or save it again"
            )


def _scan_old_format(scan: Scan, content: bytes) -> None:
    """Look through a file of the format before PyTorch 1.6: five pickles, then the numbers."""
    file = io.BytesIO(content[:_LONGEST_PICKLE])
    for _ in range(5):
        scan.follow(file)
    declared = sum(stored.count * stored.item for stored in scan.storages.values())
    if declared > min(len(content) - file.tell(), LIMIT):
        raise Refused(
            f"{shown(scan.file)}: it speaks of {megabytes(declared)} of numbers and has {megabytes(len(content))}: it "
            "is damaged or incomplete; copy or save it again"
        )


def _state_dict(loaded: Any, notes: list[str]) -> Any:
    """The part of a checkpoint that holds its weights: itself, or what it keeps under one of the usual names."""
    for _ in range(_DEEPEST):
        if not isinstance(loaded, Mapping) or any(isinstance(value, Tensor) for value in loaded.values()):
            break
        holding = [key for key, value in loaded.items() if next(_tensors({key: value}), None)]
        weights = [key for key in holding if not _BESIDE.search(str(key))] or holding
        named = [key for key in _WEIGHTS if key in weights]
        if len(weights) != 1 and not named:
            break
        chosen = named[0] if named else weights[0]
        if left := [shown(str(key)) for key in holding if key != chosen]:
            others = f"{', '.join(left[:5])}{' …' if len(left) > 5 else ''}"
            notes.append(f"The weights were taken from {shown(str(chosen))}; beside it, {others} was left out.")
        loaded = loaded[chosen]
    return loaded


def _tensors(value: Any) -> Iterator[tuple[str, Tensor]]:
    """Every plain tensor in mappings within mappings, its names joined by dots; no mapping is entered twice."""
    entered: set[int] = set()
    waiting: list[tuple[str, Any, int]] = [("", value, 0)]
    while waiting:
        path, each, depth = waiting.pop()
        if isinstance(each, Tensor) and path and each.layout is torch.strided:
            yield path, each.detach()
        elif isinstance(each, Mapping) and depth < _DEEPEST and id(each) not in entered:
            entered.add(id(each))
            inner = [(f"{path}.{key}" if path else str(key), part, depth + 1) for key, part in each.items()]
            waiting += reversed(inner)
