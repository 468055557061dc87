"""A course that learns nothing, at once: what is asked of one by what trains beside the pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray


class Clock:
    """Time that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


@dataclass
class Toy:
    """Every slice is an update and takes a tenth of a second of the clock; every tenth state is kept."""

    clock: Clock
    plan: str = "toy"
    updates: int = 1000
    update: int = 0
    rate: float = 0.1
    breaks_at: int = -1
    problem: str = ""
    kept: list[int] = field(default_factory=lambda: [0])

    @property
    def finished(self) -> bool:
        """Whether all updates were done."""
        return self.update >= self.updates

    @property
    def history(self) -> Any:
        """Rows that tell the update."""
        rows = np.arange(self.update + 1)
        names = ("update", "loss", "score", "length", "gradient_norm")
        return SimpleNamespace(**dict.fromkeys(names, rows), rate=np.full(len(rows), self.rate))

    @property
    def states(self) -> Mapping[int, Mapping[str, Any]]:
        """The kept ones."""
        return {update: {"w": np.full(2, update)} for update in self.kept}

    def weights(self) -> Mapping[str, Any]:
        """A pair that tells the update."""
        return {"w": torch.full((2,), float(self.update))}

    def advance(self, seconds: float) -> bool:
        """One update."""
        if self.update == self.breaks_at:
            raise ZeroDivisionError("a bug")
        self.update += 1
        self.clock.now += 0.1
        if self.update % 10 == 0:
            self.kept.append(self.update)
        return not self.finished

    def set_rate(self, rate: float) -> None:
        """Keep it."""
        if not rate > 0:
            raise ValueError(f"learning_rate: {rate} is not above 0")
        self.rate = rate

    def gradients(self) -> NDArray[Any]:
        """A row that tells the update."""
        return np.full(3, float(self.update))

    def rewound(self, update: int) -> "Toy":
        """Another at that update."""
        return Toy(self.clock, self.plan, self.updates, update, self.rate, kept=[k for k in self.kept if k <= update])
