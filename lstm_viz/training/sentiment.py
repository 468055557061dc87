"""Training of the sentiment model on SST-2: words, and P(positive) after each of them."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from lstm_viz.tasks.network import Network
from lstm_viz.tasks.readers.reader import UNKNOWN, positions
from lstm_viz.tasks.sentiment import SENTIMENT
from lstm_viz.training.recipe import Recipe, Score, Settings, Source, checksum


class Texts(NamedTuple):
    """Texts as positions in a vocabulary, and the class of each."""

    words: Sequence[np.ndarray[Any, Any]]
    classes: np.ndarray[Any, Any]


class Batch(NamedTuple):
    """Texts of about equal length: words (batch, T), filled up at the end; their lengths and classes."""

    words: Tensor
    lengths: Tensor
    classes: Tensor


class TextTraining(Recipe):
    """Classification of texts, with a guess after every word. Subclasses name their data."""

    word_dropout = 0.05
    early_weight = 0.3
    """Weight of the guesses before the last word: they learn what can be known by then, and the end matters most."""

    train: Texts
    dev: Texts
    part: str
    output_size: int

    def batch_count(self) -> int:
        """How many batches an epoch has."""
        return math.ceil(len(self.train.words) / self.settings.batch_size)

    def batches(self, rng: np.random.Generator) -> Iterator[Batch]:
        """Texts of about the same length together, so that little is padding; some words made unknown."""
        size = self.settings.batch_size
        lengths = np.array([len(words) for words in self.train.words])
        order = np.argsort(lengths + rng.uniform(0, 3, len(lengths)), kind="stable")
        groups = [order[start : start + size] for start in range(0, len(order), size)]
        for index in rng.permutation(len(groups)):
            batch = pad([self.train.words[i] for i in groups[index]], self.train.classes[groups[index]])
            unknown = torch.from_numpy(rng.random(batch.words.shape) < self.word_dropout)
            yield batch._replace(words=batch.words.masked_fill(unknown, 0))

    def loss(self, network: Network, batch: Batch) -> Tensor:
        """Cross-entropy after the last word, plus a share of that after the words before it."""
        settings = self.settings
        raw = network(batch.words, input_dropout=settings.input_dropout, output_dropout=settings.output_dropout)
        size, steps, _ = raw.shape
        wrong = cross_entropy(
            raw.flatten(0, 1), batch.classes.repeat_interleave(steps), self.class_weights(), reduction="none"
        ).view(size, steps)
        before = torch.arange(steps) < batch.lengths[:, None] - 1
        last = wrong[torch.arange(size), batch.lengths - 1].mean()
        return last + self.early_weight * (wrong * before).sum() / before.sum().clamp(min=1)

    def class_weights(self) -> Tensor:
        """Every class weighs the same, so that with no evidence the network cannot tell."""
        counts = np.bincount(self.train.classes, minlength=self.output_size)
        return torch.tensor(len(self.train.classes) / self.output_size / counts, dtype=torch.float32)

    def scores(self, network: Network) -> list[Score]:
        """Accuracy of the guess after the last word, and of the guesses on the way there."""
        right = dict.fromkeys((0.25, 0.5, 0.75, 1.0), 0)
        for start in range(0, len(self.dev.words), 128):
            batch = pad(self.dev.words[start : start + 128], self.dev.classes[start : start + 128])
            with torch.no_grad():
                guesses = network(batch.words).argmax(-1)
            for share in right:
                step = (batch.lengths * share).ceil().long().clamp(min=1) - 1
                right[share] += int((guesses[torch.arange(len(step)), step] == batch.classes).sum())
        count = len(self.dev.words)
        return [
            Score(
                "accuracy" if share == 1 else f"accuracy after {share:.0%} of the words", hits / count, count, self.part
            )
            for share, hits in sorted(right.items(), reverse=True)
        ]


class Training(TextTraining):
    """SST-2's sentences and phrases."""

    task = SENTIMENT
    output_size = 2
    part = "development sentences of SST-2"
    chosen_by = "accuracy"
    checkpoints = 12
    settings = Settings(
        epochs=5,
        batch_size=64,
        learning_rate=2e-3,
        weight_decay=0.01,
        averaging=0.999,
        input_size=48,
        hidden_size=64,
        input_dropout=0.5,
        output_dropout=0.5,
    )

    def __init__(self, folder: Path) -> None:
        paths = {part: folder / "sst2" / f"{part}.txt" for part in ("train", "dev")}
        self.source = Source(
            data="SST-2: sentences and phrases of the Stanford Sentiment Treebank, positive or negative",
            sha256={path.name: checksum(path) for path in paths.values()},
            url="https://nlp.stanford.edu/sentiment/",
            reference="Tai, Socher and Manning 2015 (arXiv:1503.00075): 84.9 % on SST-2's test part with an LSTM of "
            "168 units on pre-trained GloVe vectors",
        )
        texts = {part: _read(path) for part, path in paths.items()}
        self.vocabulary = vocabulary([words for words, _ in texts["train"]], at_least=6)
        self.train, self.dev = (encode(texts[part], self.vocabulary) for part in ("train", "dev"))


def _read(path: Path) -> list[tuple[list[str], int]]:
    """Lines of text, a tab and 0 or 1."""
    rows = (line.rsplit("\t", 1) for line in path.read_text(encoding="utf-8").splitlines())
    return [(text.split(), int(label)) for text, label in rows]


def vocabulary(texts: Sequence[Sequence[str]], *, at_least: int) -> tuple[str, ...]:
    """Words seen often enough to learn something about, most frequent first, after the place for unknown ones."""
    counts = Counter(word for text in texts for word in text)
    return (UNKNOWN, *(word for word, count in counts.most_common() if count >= at_least))


def encode(texts: Sequence[tuple[Sequence[str], int]], words: Sequence[str]) -> Texts:
    """Texts as positions in the vocabulary."""
    return Texts([positions(text, words) for text, _ in texts], np.array([label for _, label in texts]))


def pad(texts: Sequence[np.ndarray[Any, Any]], classes: np.ndarray[Any, Any]) -> Batch:
    """Texts filled up at the end to the longest."""
    lengths = torch.tensor([len(text) for text in texts])
    words = torch.zeros(len(texts), int(lengths.max()), dtype=torch.int64)
    for row, text in zip(words, texts, strict=True):
        row[: len(text)] = torch.from_numpy(text)
    return Batch(words, lengths, torch.from_numpy(classes))
