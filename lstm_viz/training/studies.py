"""The two tasks on which cells are compared, at lengths that two processor cores train in minutes."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from lstm_viz.cells import Cell
from lstm_viz.learning.data import adding, counting
from lstm_viz.tasks.counting import SYMBOLS
from lstm_viz.tasks.readers.reader import UNKNOWN
from lstm_viz.training.side_by_side import State, networks_in, outputs

WORST = 1e3
"""Stands for the error of a network whose numbers have left the range of a float."""


@dataclass(frozen=True, kw_only=True)
class Study(ABC):
    """One task with its lengths and its budget, the same for every cell."""

    task: ClassVar[str]
    score_name: ClassVar[str]
    chosen_by: ClassVar[str]
    higher_is_better: ClassVar[bool]
    data: ClassVar[str]
    part: ClassVar[str]
    training_range: ClassVar[tuple[float, ...]] = ()
    vocabulary: ClassVar[tuple[str, ...]] = ()
    updates: int
    batch_size: int = 32
    learning_rate: float = 1e-2
    hidden_size: int
    clip: float = 1.0
    every: int = 50
    items: int = 200
    seeds: tuple[int, ...] = (1, 2, 3, 4, 5)

    def facts(self) -> dict[str, Any]:
        """Every number of the budget."""
        return asdict(self)

    def best(self, scores: Mapping[str, Sequence[float]]) -> int:
        """Which seed did best."""
        values = np.array(scores[self.chosen_by])
        return int(values.argmax() if self.higher_is_better else values.argmin())

    def shared(self, parts: Sequence[Tensor], state: State) -> list[Tensor]:
        """(seeds · B, …) → (networks, B, …): networks of one seed, with different forget biases, see the same data."""
        times = networks_in(state) // len(self.seeds)
        split = [part.unflatten(0, (len(self.seeds), self.batch_size)) for part in parts]
        return [part.repeat(times, *[1] * (part.dim() - 1)) for part in split]

    @abstractmethod
    def network(self, cell: str) -> dict[str, Any]:
        """Arguments of `Network`."""

    @abstractmethod
    def losses(self, cell: Cell, state: State, rng: np.random.Generator, progress: float) -> Tensor:
        """The loss of every network on a new batch of its own; progress: the share of updates done."""

    @abstractmethod
    def score(self, cell: Cell, state: State) -> list[float]:
        """What the learning curve shows, a number a network."""

    @abstractmethod
    def final_scores(self, cell: Cell, state: State) -> dict[str, list[float]]:
        """What the table shows, a number a network."""

    def scores_by_length(self, cell: Cell, state: State) -> dict[str, list[float]]:
        """The table's first score at other lengths, a number a network; none where the table itself tells of length."""
        return {}


@dataclass(frozen=True, kw_only=True)
class AddingStudy(Study):
    """The sum of two marked numbers among `length`; sequences grow from `shortest` over the first part of training."""

    task = "adding"
    score_name = "mean squared error"
    chosen_by = "mean squared error"
    higher_is_better = False
    data = "generated: numbers drawn evenly from 0 to 1, two of them marked"
    part = "new sequences of the training length"
    training_range = (0.0, 1.0)
    updates: int = 600
    learning_rate: float = 2e-2
    hidden_size: int = 16
    shortest: int = 5
    length: int = 30
    growing: float = 0.7
    lengths: tuple[int, ...] = (5, 10, 20, 30, 40, 60, 90, 120)

    def network(self, cell: str) -> dict[str, Any]:
        """See `Study`."""
        return {"cell": cell, "vocabulary_size": 0, "input_size": 2, "hidden_size": self.hidden_size, "output_size": 1}

    def losses(self, cell: Cell, state: State, rng: np.random.Generator, progress: float) -> Tensor:
        """Squared error of the guess, mostly after the last step."""
        grown = min(1.0, progress / self.growing)
        length = round(self.shortest + (self.length - self.shortest) * grown)
        made = adding.sequences(rng, len(self.seeds) * self.batch_size, length)
        inputs, step, target = self.shared(adding.stopped_early(rng, made, share=0.2), state)
        guesses = self._guesses(cell, state, inputs)
        return (guesses.gather(0, step[None])[0] - target).square().mean(1)

    def score(self, cell: Cell, state: State) -> list[float]:
        """Mean squared error after the last step."""
        return self._error(cell, state, self.length)

    def final_scores(self, cell: Cell, state: State) -> dict[str, list[float]]:
        """The same, and for sequences twice as long."""
        return {
            "mean squared error": self._error(cell, state, self.length, seed=2),
            "mean squared error at twice the length": self._error(cell, state, 2 * self.length, seed=2),
        }

    def scores_by_length(self, cell: Cell, state: State) -> dict[str, list[float]]:
        """The error at each of `lengths`, on the sequences of the table."""
        return {str(length): self._error(cell, state, length, seed=2) for length in self.lengths}

    def _error(self, cell: Cell, state: State, length: int, seed: int = 1) -> list[float]:
        made = adding.sequences(np.random.default_rng(seed), self.items, length)
        with torch.no_grad():
            guesses = self._guesses(cell, state, made.inputs.expand(networks_in(state), -1, -1, -1))[-1]
        wrong: list[float] = (guesses - made.target).square().mean(1).nan_to_num(WORST).clamp(max=WORST).tolist()
        return wrong

    def _guesses(self, cell: Cell, state: State, inputs: Tensor) -> Tensor:
        """(networks, B, T, 2) → (T, networks, B)."""
        return outputs(cell, state, inputs.permute(2, 0, 1, 3))[..., 0]


@dataclass(frozen=True, kw_only=True)
class CountingStudy(Study):
    """Strings aⁿbⁿ and strings of brackets, n up to `longest`."""

    task = "counting"
    score_name = "strings all right"
    chosen_by = "longest n"
    higher_is_better = True
    data = "generated: aⁿbⁿ and random brackets; one in ten with a mistake"
    part = "new strings"
    vocabulary = (UNKNOWN, *SYMBOLS)
    updates: int = 600
    hidden_size: int = 12
    longest: int = 10
    tried: int = 100

    def network(self, cell: str) -> dict[str, Any]:
        """See `Study`."""
        return {
            "cell": cell,
            "vocabulary_size": len(self.vocabulary),
            "input_size": 4,
            "hidden_size": self.hidden_size,
            "output_size": 1 + len(SYMBOLS),
        }

    def losses(self, cell: Cell, state: State, rng: np.random.Generator, progress: float) -> Tensor:
        """Cross-entropy of all that should be known after every symbol."""
        count = len(self.seeds) * self.batch_size
        pairs = rng.integers(1, self.longest + 1, count)
        texts = ["a" * n + "b" * n if k % 2 else counting.brackets(rng, int(n)) for k, n in enumerate(pairs)]
        made = counting.batch([counting.spoil(rng, text) if rng.random() < 0.1 else text for text in texts])
        symbols, holds, real = (part.movedim(2, 0) for part in self.shared(made, state))
        raw = outputs(cell, state, symbols)
        wrong = binary_cross_entropy_with_logits(raw, holds, reduction="none").mean(-1) * real
        return wrong.sum((0, 2)) / real.sum((0, 2))

    def score(self, cell: Cell, state: State) -> list[float]:
        """Share of strings of the training lengths that are judged right after every symbol."""
        rng = np.random.default_rng(1)
        counted = ["a" * n + "b" * n for n in range(1, self.longest + 1)]
        mixed = [counting.brackets(rng, 1 + k % self.longest) for k in range(self.items // 2)]
        return [float(np.mean([*right])) for right in self._right(cell, state, counted * 5 + mixed)]

    def final_scores(self, cell: Cell, state: State) -> dict[str, list[float]]:
        """How far each network counts, and the share of strings of brackets that it judges right."""
        rng = np.random.default_rng(2)
        mixed = [counting.brackets(rng, 1 + k % self.longest) for k in range(self.items)]
        counted = ["a" * n + "b" * n for n in range(1, self.tried + 1)]
        right = self._right(cell, state, counted)
        return {
            "longest n": [float(row.index(False)) if False in row else float(len(row)) for row in right],
            "strings of brackets all right": [float(np.mean(row)) for row in self._right(cell, state, mixed)],
        }

    def _right(self, cell: Cell, state: State, texts: Sequence[str]) -> list[list[bool]]:
        """For each network and string, whether everything is right after every symbol."""
        made = counting.batch(texts)
        symbols, holds, real = (part.movedim(1, 0)[:, None] for part in made)
        with torch.no_grad():
            raw = outputs(cell, state, symbols.expand(-1, networks_in(state), -1))
        agrees = (raw > 0) == (holds > 0.5)
        right: list[list[bool]] = (agrees | ~real[..., None]).all(-1).all(0).tolist()
        return right


STUDIES: Mapping[str, Study] = {study.task: study for study in (AddingStudy(), CountingStudy())}
"""By task."""
