"""Vocabularies and labels as they are pasted."""

import json

import pytest

from lstm_viz.tasks.uploaded import Choices
from lstm_viz.ui.pages.yours import words
from lstm_viz.ui.pages.yours.given_text import read_labels, vocabulary_choices


def test_a_vocabulary_says_how_texts_are_cut():
    assert vocabulary_choices("<unk>\nthe\nfilm") == {"vocabulary": ("<unk>", "the", "film"), "tokenizer": "words"}
    assert vocabulary_choices(json.dumps({"b": 1, "a": 0})) == {"vocabulary": ("a", "b"), "tokenizer": "characters"}
    with pytest.raises(ValueError, match="begins like JSON and is none"):
        vocabulary_choices("{")


def test_a_tokenizer_brings_its_own_way_of_cutting():
    tokenizers = pytest.importorskip("tokenizers")
    made = tokenizers.Tokenizer(tokenizers.models.WordLevel({"<unk>": 0, "film": 1}, unk_token="<unk>"))
    found = vocabulary_choices(made.to_str())
    assert found["vocabulary"] == ("<unk>", "film")
    assert found["tokenizer"] == made.to_str()


def test_what_a_vocabulary_lacks_is_said():
    assert "are the numbers of their rows, 0 to 9" in words.vocabulary(Choices(), 10)
    few = Choices(vocabulary=("a", "<unk>"))
    assert words.vocabulary(few, 2) == (
        "The vocabulary has 2 symbols, one for each row. What it lacks is read as row 1, “<unk>”."
    )
    assert "2 symbols, and the table 10 rows; the others are called row 2 and so on." in words.vocabulary(few, 10)
    assert words.vocabulary(Choices(vocabulary=("a",)), 1).endswith(
        "It has none for what it lacks, which is read as zeros."
    )


def test_labels_stand_in_lines_or_between_commas():
    assert read_labels(" negative\n\npositive \n") == read_labels("negative, positive") == ("negative", "positive")
    assert read_labels(" ") == ()
