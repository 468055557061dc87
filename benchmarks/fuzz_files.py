"""Ten thousand damaged model files, each read in a process that is watched: time, memory, and what came of it."""

import multiprocessing
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import torch
from torch import nn

from benchmarks.formats import keras_model, onnx_model
from benchmarks.report import Line, Section
from lstm_viz.files import ModelFile, read_file
from tests.files.making import pytorch, safetensors
from tests.fuzz.mutated_bytes import mutated

FILES = 10_000
PATIENCE = 60.0
"""Seconds after which a file is given up, and counted as one that hangs."""
READERS = 4
"""Processes that read at a time."""
ROOM = 6 * 2**30
"""Bytes of address space that the reading process may take; what asks for more fails there."""


def seeds(*, keras: bool = True) -> dict[str, list[bytes]]:
    """Small files of each format, which are read without complaint; those of Keras need a library slow to import."""
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


@dataclass(frozen=True)
class Read:
    """What came of reading a file: "read", "refused", or what went wrong."""

    format: str
    outcome: str
    seconds: float
    bytes: int


def attempt(content: bytes) -> ModelFile | str:
    """What is in a file; "refused" where a plain sentence says no; or what went wrong."""
    try:
        return read_file("a file", content)
    except ValueError as problem:
        sentence = str(problem)
        plain = sentence.startswith("a file: ") and "\n" not in sentence and len(sentence) < 1000
        return "refused" if plain else f"said {sentence[:200]!r}"
    except BaseException as problem:
        return f"raised {type(problem).__name__}: {str(problem)[:200]}"


def used(found: ModelFile) -> str:
    """What was found has to be whole: every module can be made, and run where it is small."""
    try:
        for recurrent in found.recurrent:
            recurrent.describe()
            module = recurrent.module()
            if recurrent.input_size < 1000:
                module(torch.zeros(1, 2, recurrent.input_size, dtype=recurrent.tensors["weight_ih_l0"].dtype))
    except Exception as problem:
        return f"read, and then {type(problem).__name__}: {str(problem)[:200]}"
    return "read"


def memory(what: str) -> int:
    """Bytes of this process: "VmRSS" now, "VmHWM" at most since `forget`; 0 where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith(f"{what}:")), 0)


def forget() -> None:
    """Let the most memory that this process took begin anew from what it has now."""
    place = Path("/proc/self/clear_refs")
    if place.exists():
        place.write_text("5")


def measured(content: bytes) -> tuple[str, float, int]:
    """What comes of a file, the seconds that reading it took, and the bytes that it took at most, more than before."""
    forget()
    before, start = memory("VmRSS"), time.perf_counter()
    found = attempt(content)
    seconds, most = time.perf_counter() - start, memory("VmHWM") - before
    return found if isinstance(found, str) else used(found), seconds, max(0, most)


def reader(connection: Connection, numbers: Sequence[int], good: Mapping[str, Sequence[bytes]]) -> None:
    """Read damaged files in a process of its own, and tell of each."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except ImportError:  # no such limits here
        pass
    torch.set_num_threads(1)
    for contents in good.values():
        for content in contents:
            assert measured(content)[0] == "read"
    for number in numbers:
        format, content = mutated(number, good)
        connection.send((number, format))
        connection.send(measured(content))
    connection.close()


def watched(numbers: Sequence[int], good: Mapping[str, Sequence[bytes]]) -> Iterator[Read]:
    """Have every damaged file read by another process; where one ends that process or hangs, the next goes on."""
    context = multiprocessing.get_context("spawn")
    left = list(numbers)
    while left:
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=reader, args=(there, left, good), daemon=True)
        process.start()
        there.close()
        number, format = -1, ""
        try:
            while left:
                waits = PATIENCE if number >= 0 else 2 * PATIENCE  # the first time it imports everything
                if not here.poll(waits):
                    process.kill()
                    raise TimeoutError
                number, format = here.recv()
                if not here.poll(PATIENCE):
                    process.kill()
                    raise TimeoutError
                yield Read(format, *here.recv())
                left.remove(number)
        except (EOFError, TimeoutError) as problem:
            if number < 0:
                raise RuntimeError("the process that reads did not start") from problem
            what = "hung" if isinstance(problem, TimeoutError) else "ended the process"
            yield Read(format, f"{what}, file {number}", PATIENCE, 0)
            left.remove(number)
        process.join()
        here.close()


def line(format: str, reads: Sequence[Read]) -> Line:
    """One format: how many were read and refused, the slowest and the hungriest."""
    outcomes = [read.outcome for read in reads]
    fine, refused = outcomes.count("read"), outcomes.count("refused")
    slowest, most = max(read.seconds for read in reads), max(read.bytes for read in reads)
    other = len(reads) - fine - refused
    cells = (format, f"{len(reads):,}", f"{fine:,}", f"{refused:,}")
    return Line((*cells, f"{1000 * slowest:.0f} ms", f"{most / 2**20:.1f} MB", f"{other}"), other, 0)


def measure(files: int = FILES) -> Section:
    """Read damaged files of every format."""
    by_format: dict[str, list[Read]] = {}
    good = seeds()
    with ThreadPoolExecutor(READERS) as readers:
        shares = [range(first, files, READERS) for first in range(READERS)]
        for reads in readers.map(lambda numbers: list(watched(numbers, good)), shares):
            for read in reads:
                by_format.setdefault(read.format, []).append(read)
                if read.outcome not in ("read", "refused"):
                    print(f"{read.format}: {read.outcome}", flush=True)
    return Section(
        "Damaged model files",
        f"{files:,} files, made of small good ones by flipped bits, extreme numbers, pieces cut, repeated and put in "
        "from elsewhere, archives also within their parts. Each is read in a process that is watched: it has to be "
        "read, or refused in a sentence; to raise anything else, to hang or to end the process counts as something "
        "else. A file that is read has its layers run. The memory is what the process took at most while it read, "
        "beyond what it had; that of the process in which HDF5 is read is not in it.",
        ("format", "files", "read", "refused", "slowest", "most memory", "anything else"),
        [line(format, by_format[format]) for format in good],
    )
