"""Training of the Python model: the standard library's own source, read character by character."""

import hashlib
import math
import platform
import re
import sysconfig
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import cross_entropy

from lstm_viz.tasks.network import Network
from lstm_viz.tasks.python import PYTHON
from lstm_viz.tasks.readers.reader import UNKNOWN, positions
from lstm_viz.training.recipe import Recipe, Score, Settings, Source
from lstm_viz.training.source_marks import marks
from lstm_viz.training.units import findings, sample

LEFT_OUT = {
    "test",
    "tests",
    "idlelib",
    "lib2to3",
    "encodings",
    "pydoc_data",
    "site-packages",
    "dist-packages",
    "turtledemo",
}
"""Folders of tests, tables and programs, and of packages that are not the library's own."""
BUILT = ("config-", "_sysconfigdata")
"""How names begin that are written when Python is built, and differ from machine to machine."""
WINDOW = 64
"""Characters through which a gradient flows back; the memory itself lasts longer."""
LOOKED_AT = 2000
"""Characters of a held-out module in which units that track something are looked for."""
CLOSING = ")]}"
IMPORT = r"(?m)^(?:import|from) [^\\(\n]*\n(?=\S)"
"""An import of one line at the margin, with the line's end, where the next line begins at the margin too."""
READ_ON = f"in held-out modules, each up to its first {LOOKED_AT:,} characters"
JUMPS = 0.1
"""Share of texts that go on elsewhere after a window, with an empty memory: about 640 characters are read in one go."""


State = Tensor | tuple[Tensor, ...] | None


class Batch(NamedTuple):
    """Positions in the vocabulary, (batch, WINDOW + 1); 1 where a window follows on the last one, else 0, (batch,)."""

    characters: Tensor
    follows: Tensor


def _detached(state: State, keep: Tensor) -> State:
    """The memory with which a window begins; gradients stop here."""
    if state is None:
        return None
    if isinstance(state, tuple):
        return tuple(part.detach() * keep[:, None] for part in state)
    return state.detach() * keep[:, None]


class Training(Recipe):
    """Texts from all over the source, read window by window; a tenth of the modules is held out."""

    task = PYTHON
    settings = Settings(
        epochs=3,
        batch_size=16,
        learning_rate=1e-2,
        averaging=0.995,
        embedding_spread=1.0,
        input_size=32,
        hidden_size=128,
    )

    def __init__(self, folder: Path) -> None:
        texts = standard_library()
        held_out = {name for name in texts if hashlib.sha256(name.encode()).digest()[0] % 10 == 0}
        joined = {part: "".join(texts[n] for n in texts if (n in held_out) == out) for part, out in PARTS.items()}
        counts = Counter(joined["train"])
        self.vocabulary = (UNKNOWN, *sorted(c for c, count in counts.items() if count >= 100 and c.isascii()))
        self.output_size = len(self.vocabulary) - 1
        self.train = positions(joined["train"], self.vocabulary)
        self.held_out = {name: texts[name] for name in sorted(held_out)}
        self.source = Source(
            data=f"the source of the standard library of Python {platform.python_version()}, without its tests: "
            f"{len(texts)} modules, of which {len(held_out)} are held out",
            sha256={f"{part} text": hashlib.sha256(text.encode()).hexdigest() for part, text in joined.items()},
            url="https://github.com/python/cpython/tree/main/Lib",
            reference="none for this text; Karpathy, Johnson and Fei-Fei 2015 (arXiv:1506.02078) found units that "
            "track quotes, comments and depth in larger networks trained on C source",
        )

    def settings_for(self, cell: str) -> Settings:
        """The GRU learns at three tenths of the others' rate: at theirs it ends worse than the plain RNN."""
        rate = self.settings.learning_rate * (0.3 if cell == "gru" else 1)
        return replace(self.settings, learning_rate=rate)

    def batch_count(self) -> int:
        """How many windows fit into the text, by batches."""
        return len(self.train) // (WINDOW * self.settings.batch_size)

    def start(self) -> None:
        """Every run begins with empty memories."""
        self.state: State = None

    def batches(self, rng: np.random.Generator) -> Iterator[Batch]:
        """Windows that follow on one another, and now and then begin anew."""
        size, last = self.settings.batch_size, len(self.train) - WINDOW - 1
        starts = np.full(size, last + 1)
        for _ in range(self.batch_count()):
            new = (rng.random(size) < JUMPS) | (starts > last)
            starts = np.where(new, rng.integers(0, last, size), starts)
            characters = torch.from_numpy(self.train[starts[:, None] + np.arange(WINDOW + 1)])
            yield Batch(characters, torch.from_numpy(~new).float())
            starts += WINDOW

    def loss(self, network: Network, batch: Batch) -> Tensor:
        """Cross-entropy of each next character that the vocabulary has."""
        before = _detached(self.state, batch.follows)
        hidden, self.state = network.recurrent(network.embed(batch.characters[:, :-1]), before)
        raw = network.head(hidden)
        return cross_entropy(raw.flatten(0, 1), batch.characters[:, 1:].flatten() - 1, ignore_index=-1)

    def scores(self, network: Network) -> list[Score]:
        """Bits per character on the beginnings of the held-out modules."""
        return [self._bits(network, limit=1500)]

    def final_scores(self, network: Network) -> list[Score]:
        """Bits per character on the held-out modules, and whether it knows which bracket is to be closed."""
        closed = self._closed(network)
        right = np.array([kind == guess for kind, guess in closed])
        return [
            self._bits(network, limit=30_000),
            Score("accuracy of closing brackets", float(right.mean()), len(right), f"brackets ), ] and }} {READ_ON}"),
        ]

    def limits(self, network: Network) -> list[Score]:
        """Brackets that are not the commonest, which ask for a memory of what was opened, and lines after imports."""
        rarer = np.array([kind != guess for kind, guess in self._closed(network) if kind != ")"])
        expected = np.array(self._after_imports(network))
        return [
            Score("wrong bracket expected", float(rarer.mean()), len(rarer), f"places where ] or }} closes {READ_ON}"),
            Score(
                "wrongly a blank or an empty line expected",
                float(expected.mean()),
                len(expected),
                f"lines that begin at the margin right after an import {READ_ON}",
            ),
        ]

    def _closed(self, network: Network) -> list[tuple[str, str]]:
        """For every bracket that closes in the held-out modules, which it is and which the network thinks likeliest."""
        columns = [self.vocabulary.index(closing) - 1 for closing in CLOSING]
        found = []
        for text, depth in zip(self.held_out.values(), self._depths, strict=True):
            places = 1 + np.flatnonzero(np.diff(depth) < 0)
            guesses = self._next(network, text)[places - 1][:, columns].argmax(1)
            found += [(text[place], CLOSING[guess]) for place, guess in zip(places, guesses, strict=True)]
        return found

    def _after_imports(self, network: Network) -> list[bool]:
        """For every line that begins at the margin right after an import there, whether white space is likeliest."""
        found = []
        for text in filter(None, self.held_out.values()):
            places = [each.end() - 1 for each in re.finditer(IMPORT, text[:LOOKED_AT])]
            guesses = self._next(network, text)[places].argmax(1)
            found += [self.vocabulary[1 + guess].isspace() for guess in guesses]
        return found

    @cached_property
    def _depths(self) -> list[NDArray[np.float64]]:
        """How many brackets are open after each character of each held-out module, as far as it is looked at."""
        return [marks(text)["depth of brackets"][:LOOKED_AT] for text in self.held_out.values()]

    def _next(self, network: Network, text: str) -> NDArray[np.float32]:
        """What the network gives for every next character, (characters, vocabulary less the unknown)."""
        with torch.no_grad():
            raw = network(torch.from_numpy(positions(text[:LOOKED_AT], self.vocabulary))[None])[0]
        return np.asarray(raw.numpy())

    def findings(self, network: Network) -> Mapping[str, Any]:
        """Units that track something, chosen on every other held-out module and scored on the rest."""
        marked = []
        for text in self.held_out.values():
            holds = {name: values[:LOOKED_AT] for name, values in marks(text).items()}
            marked.append((positions(text[:LOOKED_AT], self.vocabulary), holds))
        choose, judge = (sample(network, marked[first::2]) for first in (0, 1))
        return {"units": findings(choose, judge)}

    def _bits(self, network: Network, limit: int) -> Score:
        """Each module is read from its beginning with an empty memory, like any text in the app."""
        texts = [positions(text[:limit], self.vocabulary) for text in self.held_out.values()]
        nats, count = 0.0, 0
        for group in _by_length(texts):
            batch = torch.zeros(len(group), max(map(len, group)), dtype=torch.int64)
            for row, text in zip(batch, group, strict=True):
                row[: len(text)] = torch.from_numpy(text)
            with torch.no_grad():
                raw = network(batch[:, :-1])
            after = batch[:, 1:].flatten() - 1
            nats += float(cross_entropy(raw.flatten(0, 1), after, ignore_index=-1, reduction="sum"))
            count += int((after >= 0).sum())
        part = f"characters of held-out modules, each up to its first {limit:,}"
        return Score("bits per character", nats / count / math.log(2), count, part)


PARTS = {"train": False, "held-out": True}
"""Part of the data → whether its modules are held out."""


def standard_library() -> dict[str, str]:
    """Name → source of every module of this Python's standard library."""
    root = Path(sysconfig.get_path("stdlib"))
    names = (path.relative_to(root) for path in sorted(root.rglob("*.py")))
    kept = (name for name in names if not LEFT_OUT & set(name.parts) and not name.parts[0].startswith(BUILT))
    return {name.as_posix(): (root / name).read_text(encoding="utf-8", errors="replace") for name in kept}


def _by_length(texts: Sequence[np.ndarray[Any, Any]], size: int = 8) -> Iterator[list[np.ndarray[Any, Any]]]:
    ordered = sorted((text for text in texts if len(text) > 1), key=len)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]
