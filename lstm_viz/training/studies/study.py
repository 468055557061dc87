"""What a study asks of a task on which cells are compared."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import numpy as np
from torch import Tensor

from lstm_viz.cells import Cell
from lstm_viz.training.side_by_side import State, networks_in


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
    layers: int = 1
    clip: float = 1.0
    every: int = 50
    items: int = 200
    seeds: tuple[int, ...] = (1, 2, 3, 4, 5)

    def facts(self) -> dict[str, Any]:
        """Every number of the budget; of layers only where there is more than one."""
        return {name: value for name, value in asdict(self).items() if (name, value) != ("layers", 1)}

    def best(self, scores: Mapping[str, Sequence[float]]) -> int:
        """Which seed did best."""
        values = np.array(scores[self.chosen_by])
        return int(values.argmax() if self.higher_is_better else values.argmin())

    def shared(self, parts: Sequence[Tensor], state: State) -> list[Tensor]:
        """(seeds · B, …) → (networks, B, …): networks of one seed, with different forget biases, see the same data."""
        times = networks_in(state) // len(self.seeds)
        split = [part.unflatten(0, (len(self.seeds), self.batch_size)) for part in parts]
        return [part.repeat(times, *[1] * (part.dim() - 1)) for part in split]

    def network(self, cell: str) -> dict[str, Any]:
        """Arguments of `Network`."""
        more = {"num_layers": self.layers} if self.layers > 1 else {}
        return {"cell": cell, "vocabulary_size": len(self.vocabulary), **self.sizes(), **more}

    @abstractmethod
    def sizes(self) -> dict[str, int]:
        """How many numbers arrive, how many units there are, and how many numbers the head gives."""

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
