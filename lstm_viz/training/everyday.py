"""Everyday sentences beside SST-2: reviews of products and restaurants, and sentences of our own about films."""

from collections.abc import Sequence
from pathlib import Path

from lstm_viz.tasks.readers.spelling import TREEBANK
from lstm_viz.tasks.sentiment import SENTIMENT

Sentence = tuple[list[str], int]
"""Words as the vocabulary spells them, and 1 for praise or 0 for blame."""

OWN = Path(__file__).with_name("data") / "everyday_films.txt"
HELD_OUT = Path(__file__).with_name("data") / "everyday_films_held_out.txt"
"""Written before the others, by the same hand; no network is trained on it."""

REVIEWS = {"amazon_cells.txt": True, "yelp.txt": True, "custrev.txt": False}
"""Files of reviews, and whether they are as typed; the others are cut into words already."""
ONE_IN = 10
"""One review in so many is held out."""

NEGATIONS = frozenset({"not", "n't", "never", "no", "nothing", "nobody", "none", "nor", "neither", "hardly", "without"})


def typed(text: str) -> list[str]:
    """The words that the app reads in a text, as the vocabulary spells them."""
    return [TREEBANK(word) for word in SENTIMENT.tokenize(text)]


def read(path: Path, *, as_typed: bool = True) -> list[Sentence]:
    """Lines of text, a tab and 0 or 1; the text as typed, or cut into words by spaces."""
    rows = (line.rsplit("\t", 1) for line in path.read_text(encoding="utf-8").splitlines())
    return [(typed(text) if as_typed else text.split(), int(label)) for text, label in rows]


def reviews(folder: Path) -> tuple[list[Sentence], list[Sentence]]:
    """Reviews to train on and reviews held out; both empty where the folder is not there."""
    if not folder.exists():
        return [], []
    every = [row for name, as_typed in REVIEWS.items() for row in read(folder / name, as_typed=as_typed)]
    train = [row for place, row in enumerate(every) if place % ONE_IN]
    return train, every[::ONE_IN]


def negated(words: Sequence[str]) -> bool:
    """Whether a sentence has a word that negates."""
    return not NEGATIONS.isdisjoint(words)


def bare(words: Sequence[str]) -> tuple[str, ...]:
    """The words without the marks at the end: two sentences that differ in nothing else are the same."""
    return tuple(" ".join(words).rstrip(" .!?").split())
