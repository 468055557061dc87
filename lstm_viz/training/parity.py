"""Training of the parity model: strings of zeros and ones that grow longer as training goes on."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from lstm_viz.learning.data.parity import VOCABULARY, Batch, strings
from lstm_viz.tasks.network import Network
from lstm_viz.tasks.parity import PARITY
from lstm_viz.tasks.readers.reader import UNKNOWN
from lstm_viz.training.recipe import Recipe, Score, Settings, Source
from lstm_viz.training.units import findings, sample

SHORTEST, LONGEST = 2, 40
GROWING = 0.7
"""Share of the training over which strings grow, each time by the same factor."""
TRIED = 1000
"""Symbols of the strings that are tried."""


class Training(Recipe):
    """Strings made on the fly; several seeds, of which the one that is right for longest is kept and all are told."""

    task = PARITY
    vocabulary = VOCABULARY
    output_size = 1
    chosen_by = "symbols without a mistake − mean loss"
    settings = Settings(
        epochs=30,
        batch_size=32,
        learning_rate=1e-2,
        input_size=2,
        hidden_size=16,
        averaging=0.9,
    )
    seeds = (1, 2, 3)
    source = Source(
        data=f"generated: strings of zeros and ones, half of them with many ones or few, {SHORTEST} to {LONGEST} long",
        sha256={},
        url="https://arxiv.org/abs/2411.12537",
        reference="Grazzi et al. 2024 (arXiv:2411.12537): a linear recurrence whose factors lie between 0 and 1 cannot "
        "track parity at every length, whatever its weights; Merrill et al. 2024 (arXiv:2404.08819)",
    )

    def __init__(self, folder: Path) -> None:
        self.start()

    def start(self) -> None:
        """Every run begins with the shortest strings."""
        self.done = 0

    def batch_count(self) -> int:
        """Batches an epoch."""
        return 30

    def batches(self, rng: np.random.Generator) -> Iterator[Batch]:
        """As long as training has come to, and every fourth of any length below; every second of many ones or few."""
        total = self.batch_count() * self.settings.epochs
        for number in range(self.batch_count()):
            grown = min(1.0, self.done / (GROWING * total))
            length = round(SHORTEST * (LONGEST / SHORTEST) ** grown)
            self.done += 1
            shorter = int(rng.integers(SHORTEST, length + 1))
            yield strings(rng, self.settings.batch_size, length if number % 4 else shorter, mixed=number % 2 == 1)

    def loss(self, network: Network, batch: Batch) -> Tensor:
        """Cross-entropy of the answer after every symbol."""
        return binary_cross_entropy_with_logits(network(batch.symbols)[..., 0], batch.odd)

    def scores(self, network: Network) -> list[Score]:
        """How many strings are judged right, and for how long all of them are."""
        made = strings(np.random.default_rng(1), 200, TRIED)
        right, loss = _right(network, made)
        longest, part = _unbroken(right.all(0)), f"new strings of {TRIED:,} symbols, trained up to {LONGEST}"
        return [
            Score(f"accuracy after {TRIED:,} symbols", float(right[:, -1].mean()), len(right), part),
            Score("symbols without a mistake", longest, len(right), part),
            Score("strings all right", float(right.all(1).mean()), len(right), part),
            Score(self.chosen_by, longest - loss, len(right), part),
        ]

    def final_scores(self, network: Network) -> list[Score]:
        """The same on more and other strings, but for the score that only chooses."""
        right, _ = _right(network, strings(np.random.default_rng(2), 1000, TRIED))
        part = f"new strings of {TRIED:,} symbols, trained up to {LONGEST}"
        at = {length: float(right[:, length - 1].mean()) for length in (TRIED, 500, 100, LONGEST)}
        first, *others = [Score(f"accuracy after {length:,} symbols", at[length], 1000, part) for length in at]
        return [first, Score("symbols without a mistake", _unbroken(right.all(0)), 1000, part), *others]

    def limits(self, network: Network) -> list[Score]:
        """Strings ten times as long as are tried, strings of few ones, and a symbol that training never had."""
        rng, found = np.random.default_rng(3), []
        for kind, share in (("", 0.5), (" of few ones", 0.02)):
            ones = torch.from_numpy((rng.random((50, 10 * TRIED)) < share).astype(np.int64))
            right, _ = _right(network, Batch(1 + ones, (ones.cumsum(1) % 2).float()))
            if not right.all():
                wrong, part = float(1 - right[:, -1].mean()), f"strings{kind} of {10 * TRIED:,} symbols"
                found.append(Score(f"wrong after {10 * TRIED:,} symbols", wrong, 50, part))
        made = strings(rng, 400, LONGEST)
        made.symbols[torch.arange(400), torch.from_numpy(rng.integers(0, LONGEST, 400))] = VOCABULARY.index(UNKNOWN)
        right, _ = _right(network, Batch(made.symbols, ((made.symbols == VOCABULARY.index("1")).cumsum(1) % 2).float()))
        part = f"strings of {LONGEST} symbols with a letter among them, which training never had and nobody counts"
        return [*found, Score("wrong at the end", float(1 - right[:, -1].mean()), 400, part)]

    def findings(self, network: Network) -> Mapping[str, Any]:
        """The unit that holds the parity, chosen on half of some new strings and scored on the others."""
        made = strings(np.random.default_rng(4), 100, 100)
        each = [
            (symbols, {"an odd number of ones": odd})
            for symbols, odd in zip(made.symbols.numpy(), made.odd.numpy(), strict=True)
        ]
        return {"units": findings(sample(network, each[0::2]), sample(network, each[1::2]))}


def _right(network: Network, made: Batch) -> tuple[Any, float]:
    """Whether the answer is right, (strings, T), and the mean loss."""
    with torch.no_grad():
        raw = network(made.symbols)[..., 0]
        loss = float(binary_cross_entropy_with_logits(raw, made.odd))
    return ((raw > 0) == (made.odd > 0.5)).numpy(), loss


def _unbroken(right: Any) -> int:
    """How many are right before the first that is not."""
    return len(right) if right.all() else int(right.argmin())
