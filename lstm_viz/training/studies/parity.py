"""Parity, with strings that two processor cores learn in minutes, tried on strings many times as long."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from lstm_viz.cells import Cell
from lstm_viz.learning.data import parity
from lstm_viz.training.side_by_side import State, networks_in, outputs
from lstm_viz.training.studies.study import Study


@dataclass(frozen=True, kw_only=True)
class ParityStudy(Study):
    """Strings of zeros and ones that grow from `shortest` to `length`, each time by the same factor."""

    task = "parity"
    score_name = "accuracy after 40 symbols"
    chosen_by = "accuracy after 1,000 symbols"
    higher_is_better = True
    data = "generated: strings of zeros and ones, each as likely as the other"
    part = "new strings"
    vocabulary = parity.VOCABULARY
    updates: int = 900
    hidden_size: int = 16
    items: int = 500
    shortest: int = 2
    length: int = 40
    growing: float = 0.7
    lengths: tuple[int, ...] = (5, 10, 20, 30, 40, 60, 100, 200, 300, 500, 700, 1000)

    def sizes(self) -> dict[str, int]:
        """See `Study`."""
        return {"input_size": 2, "hidden_size": self.hidden_size, "output_size": 1}

    def length_at(self, progress: float) -> int:
        """How long the strings are when this share of the updates is done."""
        factor = self.length / self.shortest
        return round(self.shortest * factor ** min(1.0, progress / self.growing))

    def losses(self, cell: Cell, state: State, rng: np.random.Generator, progress: float) -> Tensor:
        """Cross-entropy of the answer after every symbol."""
        made = parity.strings(rng, len(self.seeds) * self.batch_size, self.length_at(progress))
        symbols, odd = (part.movedim(2, 0) for part in self.shared(made, state))
        raw = outputs(cell, state, symbols)[..., 0]
        return binary_cross_entropy_with_logits(raw, odd, reduction="none").mean((0, 2))

    def score(self, cell: Cell, state: State) -> list[float]:
        """Share of strings whose last answer is right."""
        return self._right(cell, state, self.length, seed=1)[self.length]

    def final_scores(self, cell: Cell, state: State) -> dict[str, list[float]]:
        """The same, and after 500 and 1,000 symbols."""
        right = self.scores_by_length(cell, state)
        return {f"accuracy after {length:,} symbols": right[str(length)] for length in (self.length, 500, 1000)}

    def scores_by_length(self, cell: Cell, state: State) -> dict[str, list[float]]:
        """The same at each of `lengths`."""
        right = self._right(cell, state, max(self.lengths), seed=2)
        return {str(length): right[length] for length in self.lengths}

    def _right(self, cell: Cell, state: State, longest: int, seed: int) -> dict[int, list[float]]:
        """After each number of symbols, the share of strings for which the answer is right, one a network."""
        made = parity.strings(np.random.default_rng(seed), self.items, longest)
        symbols, odd = (part.movedim(1, 0)[:, None] for part in made)
        agree = torch.zeros(longest, networks_in(state))
        # Some strings at a time: all states of all steps are held meanwhile.
        for some in torch.arange(self.items).split(100):
            with torch.no_grad():
                raw = outputs(cell, state, symbols[..., some].expand(-1, networks_in(state), -1))[..., 0]
            agree += ((raw > 0) == (odd[..., some] > 0.5)).sum(2)
        return dict(enumerate((agree / self.items).tolist(), 1))
