"""Counting, with strings that two processor cores learn in minutes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from lstm_viz.cells import Cell
from lstm_viz.learning.data import counting
from lstm_viz.tasks.counting import SYMBOLS
from lstm_viz.tasks.readers.reader import UNKNOWN
from lstm_viz.training.side_by_side import State, networks_in, outputs
from lstm_viz.training.studies.study import Study


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

    def sizes(self) -> dict[str, int]:
        """See `Study`."""
        return {"input_size": 4, "hidden_size": self.hidden_size, "output_size": 1 + len(SYMBOLS)}

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
