"""Training of the counting model: strings aⁿbⁿ and strings of brackets, judged after every symbol."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from lstm_viz.learning.data.counting import Batch, batch, brackets, spoil
from lstm_viz.tasks.counting import COUNTING, SYMBOLS
from lstm_viz.tasks.network import Network
from lstm_viz.tasks.readers.reader import UNKNOWN
from lstm_viz.training.recipe import Recipe, Score, Settings, Source
from lstm_viz.training.units import findings, sample

LONGEST = 50
"""Largest n of a training string aⁿbⁿ, and half the length of the longest string of brackets."""
MISTAKES = 0.3
"""Share of the strings that are spoilt."""
MARKED = 100
"""Strings of brackets on which states through training are measured, with as many others as there are lengths."""
TRIED = 300
"""Largest n that is tried."""


class Training(Recipe):
    """Strings made on the fly; several seeds, of which the one that counts furthest is kept and all are reported."""

    task = COUNTING
    vocabulary = (UNKNOWN, *SYMBOLS)
    output_size = 1 + len(SYMBOLS)
    chosen_by = "n up to which both are right"
    checkpoints = 60
    settings = Settings(
        epochs=40,
        batch_size=32,
        learning_rate=2e-2,
        input_size=4,
        hidden_size=12,
        averaging=0.9,
    )
    seeds = (1, 2, 3)
    source = Source(
        data=f"generated: aⁿbⁿ with n up to {LONGEST}, up to {LONGEST} pairs of brackets; {MISTAKES:.0%} with mistakes",
        sha256={},
        url="https://arxiv.org/abs/1805.04908",
        reference="Weiss, Goldberg and Yahav 2018 (arXiv:1805.04908): LSTMs count in their cell state and go on "
        "beyond the lengths they were trained on; GRUs and tanh RNNs do not",
    )

    def __init__(self, folder: Path) -> None:
        self.short = ["".join(symbols) for length in range(1, 6) for symbols in product(SYMBOLS, repeat=length)]
        self.test = [brackets(np.random.default_rng(seed), 1 + seed % LONGEST) for seed in range(10_000, 10_400)]

    def batch_count(self) -> int:
        """Batches an epoch."""
        return 60

    def batches(self, rng: np.random.Generator) -> Iterator[Batch]:
        """Half aⁿbⁿ, half brackets."""
        for _ in range(self.batch_count()):
            pairs = np.exp(rng.uniform(0, np.log(LONGEST + 1), self.settings.batch_size)).astype(int)
            pairs[::4] = rng.integers(1, LONGEST + 1, len(pairs[::4]))
            texts = ["a" * n + "b" * n if i % 2 else brackets(rng, int(n)) for i, n in enumerate(pairs)]
            yield batch([spoil(rng, text) if rng.random() < MISTAKES else text for text in texts])

    def loss(self, network: Network, batch: Batch) -> Tensor:
        """Cross-entropy of all that should be known after every symbol."""
        wrong = binary_cross_entropy_with_logits(network(batch.symbols), batch.holds, reduction="none")
        return (wrong * batch.real[..., None]).sum() / batch.real.sum()

    def scores(self, network: Network) -> list[Score]:
        """How far the network counts, and how many strings of brackets it judges right at every step."""
        counted = [first * n + second * n for n in range(1, LONGEST + 1) for first, second in ("ab", "()")]
        right = _unbroken(self._right(network, ["a" * n + "b" * n for n in range(1, TRIED + 1)]))
        deep = _unbroken(self._right(network, ["(" * n + ")" * n for n in range(1, TRIED + 1)]))
        mixed, short = self._right(network, self.test), self._right(network, self.short)
        excess = self._right(network, [text + text[-1] for text in counted])
        return [
            Score("longest n", right, TRIED, f"strings aⁿbⁿ, n = 1 … {TRIED}, trained up to {LONGEST}"),
            Score("longest nesting", deep, TRIED, f"strings (ⁿ)ⁿ, n = 1 … {TRIED}, trained up to {LONGEST}"),
            Score(self.chosen_by, min(right, deep), 2 * TRIED, "strings of both"),
            Score("strings of brackets all right", float(np.mean(mixed)), len(mixed), "new random strings of brackets"),
            Score(
                "one too many, all right",
                float(np.mean(excess)),
                len(excess),
                f"strings aⁿbⁿb and (ⁿ)ⁿ), n = 1 … {LONGEST}",
            ),
            Score(
                "short strings all right", float(np.mean(short)), len(short), "strings, all that 1 to 5 symbols make"
            ),
        ]

    def mark(self, network: Network) -> tuple[float, Score]:
        """The loss on strings as long as those of training, spoilt ones too, and how many are all right."""
        rng = np.random.default_rng(0)
        whole = [*self.test[:MARKED], *("a" * n + "b" * n for n in range(1, LONGEST + 1))]
        texts = [spoil(rng, text) if rng.random() < MISTAKES else text for text in whole]
        made = batch(texts)
        with torch.no_grad():
            loss = self.loss(network, made).item()
        part = f"new strings of both kinds, n up to {LONGEST}, {MISTAKES:.0%} of them spoilt"
        return loss, Score("strings all right", float(np.mean(self._right(network, texts))), len(texts), part)

    def final_scores(self, network: Network) -> list[Score]:
        """The same, but for the score that only chooses."""
        return [score for score in self.scores(network) if score.name != self.chosen_by]

    def limits(self, network: Network) -> list[Score]:
        """The first string of each kind that it gets wrong, and how many short ones."""
        longest, deepest, *_, short = self.final_scores(network)
        tried = f"tried in turn, trained up to {LONGEST}"
        first = [
            Score(f"first n for which {name} is misjudged", found.value + 1, found.items, f"strings {name} {tried}")
            for name, found in (("aⁿbⁿ", longest), ("(ⁿ)ⁿ", deepest))
            if found.value < found.items
        ]
        return [*first, Score("wrong somewhere", 1 - short.value, short.items, short.part)]

    def findings(self, network: Network) -> Mapping[str, Any]:
        """Units that count, chosen on half of the new strings and scored on the others."""
        counted = []
        for text in (*self.test, *("a" * n + "b" * n for n in range(1, LONGEST + 1) for _ in range(2))):
            held = np.cumsum([1.0 if symbol in "a(" else -1.0 for symbol in text])
            counted.append(([1 + SYMBOLS.index(symbol) for symbol in text], text[0] == "(", held))
        properties = {"open brackets": True, "a's without a b": False}
        units = []
        for name, bracketed in properties.items():
            chosen = [(np.array(symbols), {name: held}) for symbols, kind, held in counted if kind == bracketed]
            units += findings(sample(network, chosen[0::2]), sample(network, chosen[1::2]))
        return {"units": units}

    def _right(self, network: Network, texts: Sequence[str]) -> list[bool]:
        """For each string, whether everything is right after every symbol."""
        made = batch(texts)
        with torch.no_grad():
            agrees = (network(made.symbols) > 0) == (made.holds > 0.5)
        return list((agrees | ~made.real[..., None]).all(-1).all(-1).tolist())


def _unbroken(right: Sequence[bool]) -> int:
    """How many are right before the first that is not."""
    return right.index(False) if False in right else len(right)
