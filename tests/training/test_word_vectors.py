"""Word vectors that embeddings start from, on a small file of the same form."""

import json
from pathlib import Path

import numpy as np
import pytest

from lstm_viz.training import word_vectors

WORDS = [f"word{chr(97 + k // 26)}{chr(97 + k % 26)}" for k in range(200)]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    vectors = np.random.default_rng(0).normal(size=(len(WORDS), word_vectors.SIZE)).round(5)
    listed = {word: [*vector, 1.0, place] for place, (word, vector) in enumerate(zip(WORDS, vectors, strict=True))}
    file = tmp_path_factory.mktemp("vectors") / word_vectors.NAME
    file.write_text(json.dumps({"words": WORDS, "vectors": listed}), encoding="utf-8")
    return file


def test_embeddings_keep_the_directions_in_which_words_differ_most(path: Path) -> None:
    vocabulary = ["<unk>", *WORDS, "never seen"]
    start = word_vectors.embeddings(path, vocabulary, 48, 0.1)
    assert start.shape == (len(vocabulary), 48)
    assert not start[[0, -1]].any()
    assert start[1:-1].std() == pytest.approx(0.1, rel=1e-3)
    spread = start[1:-1].std(0)
    assert (np.diff(spread) <= 1e-6).all()
    np.testing.assert_allclose(np.cov(start[1:-1].T) - np.diag(np.var(start[1:-1], 0, ddof=1)), 0, atol=1e-4)


def test_the_commonest_words_in_letters_and_those_named_are_known(path: Path) -> None:
    assert word_vectors.known(path, 3, ["wordba", "absent", "wordaa"]) == ["wordaa", "wordab", "wordac", "wordba"]


def test_words_hardly_seen_get_what_their_vectors_suggest_and_others_stay(path: Path) -> None:
    rows, vectors = word_vectors.read(path)
    there = np.random.default_rng(1).normal(size=(word_vectors.SIZE, 8)) / 10
    learnt = (vectors @ there + 0.5).astype(np.float32)
    seen = np.array([50] * 180 + [5] * 10 + [0] * 10)
    given = learnt.copy()
    given[190:] = 0
    made = word_vectors.translate(path, list(rows), seen, given, steady=1e-6)
    np.testing.assert_array_equal(made[:190], learnt[:190])
    np.testing.assert_allclose(made[190:], learnt[190:], atol=1e-3)
