"""Everyday sentences: what networks are trained on, what is kept apart, and what the shipped ones make of negation."""

import re

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from lstm_viz.tasks import Model, load_model
from lstm_viz.training import everyday
from lstm_viz.training.composed import Composer
from lstm_viz.training.sentiment import NAMES, NEGATED_PART, OWN_PART, accuracy, encode

HELD_OUT = everyday.read(everyday.HELD_OUT)


def likes(model: Model, template: str, words: list[str]) -> NDArray[np.float32]:
    """P(positive) after a sentence, for each word in its place."""
    read = [everyday.typed(template.format(word)) for word in words]
    assert len({len(tokens) for tokens in read}) == 1
    batch = torch.from_numpy(np.stack(encode([(tokens, 0) for tokens in read], model.vocabulary).words))
    with torch.no_grad():
        answers: NDArray[np.float32] = model.network(batch)[:, -1].softmax(-1)[:, 1].numpy()
    return answers


def test_the_held_out_sentences_are_many_balanced_and_a_third_of_them_negated() -> None:
    assert len(HELD_OUT) >= 120
    assert np.mean([label for _, label in HELD_OUT]) == 0.5
    assert np.mean([everyday.negated(words) for words, _ in HELD_OUT]) >= 1 / 3


def test_no_sentence_is_both_trained_on_and_held_out_or_comes_twice() -> None:
    own = [everyday.bare(words) for words, _ in everyday.read(everyday.OWN)]
    apart = [everyday.bare(words) for words, _ in HELD_OUT]
    assert len(set(own + apart)) == len(own) + len(apart)


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_held_out_sentences_are_understood_and_the_card_says_how_often(cell: str) -> None:
    model = load_model("sentiment", cell)
    scores = {score["part"]: score for score in model.card["scores"]}
    negated = [sentence for sentence in HELD_OUT if everyday.negated(sentence[0])]
    for part, sentences in ((OWN_PART, HELD_OUT), (NEGATED_PART, negated)):
        found, count = accuracy(model.network, encode(sentences, model.vocabulary))
        assert scores[part]["name"] == NAMES[part]
        assert scores[part]["value"] == pytest.approx(found)
        assert scores[part]["items"] == count
    assert scores[OWN_PART]["value"] >= 0.9


@pytest.mark.parametrize("negated", ["The film is not {}.", "It isn't {}.", "It is never {}.", "Not {} at all."])
def test_a_negation_turns_round_what_the_network_makes_of_a_word(negated: str) -> None:
    model = load_model("sentiment")
    listed = {word for lists in Composer().words.values() for word in lists}
    words = [word for word in model.vocabulary if word.isalpha() and word not in listed]
    plain = likes(model, "It is {}.", words)
    turned = likes(model, negated, words)
    for clear, right in ((plain > 0.9, turned < 0.5), (plain < 0.1, turned > 0.5)):
        assert clear.sum() >= 100
        assert right[clear].mean() >= 0.75


def test_composed_sentences_praise_as_often_as_they_blame_and_read_as_typed_text() -> None:
    composer, rng = Composer(), np.random.default_rng(0)
    made = [composer.sentence(rng) for _ in range(2000)]
    assert np.mean([label for _, label in made]) == pytest.approx(0.5, abs=0.04)
    assert [text for text, _ in made if re.search(r"[{}()|_~]|  | [,.!]|\ba [aeiou]", text)] == []
    assert made == [composer.sentence(again) for again in [np.random.default_rng(0)] for _ in range(2000)]


def test_composed_sentences_mean_what_their_words_mean_or_the_opposite() -> None:
    composer, rng = Composer(), np.random.default_rng(1)
    sides = {word: name[-1] for name in ("adj+", "adj-") for word in composer.words[name]}
    seen = {"": 0, "not ": 0, "never ": 0}
    for _ in range(8000):
        text, label = composer.sentence(rng)
        if found := re.fullmatch(r"(not |never |)([\w-]+)[.!]?", text.lower()):
            negation, word = found.groups()
            if word in sides:
                assert label == ((sides[word] == "+") != bool(negation)), text
                seen[negation] += 1
    assert min(seen.values()) >= 20
