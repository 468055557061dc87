"""Adding, at lengths that two processor cores train in minutes."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from lstm_viz.cells import Cell
from lstm_viz.learning.data import adding
from lstm_viz.training.side_by_side import State, networks_in, outputs
from lstm_viz.training.studies.study import Study

WORST = 1e3
"""Stands for the error of a network whose numbers have left the range of a float."""


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

    def sizes(self) -> dict[str, int]:
        """See `Study`."""
        return {"input_size": 2, "hidden_size": self.hidden_size, "output_size": 1}

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
