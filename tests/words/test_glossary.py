"""The terms of the glossary are found in sentences, and each is told in one."""

import pytest

from lstm_viz.words.glossary import GLOSSARY, TERM


@pytest.mark.parametrize("term", GLOSSARY)
def test_a_term_is_found_in_the_singular_and_the_plural_and_told_in_one_sentence(term):
    meaning = GLOSSARY[term]
    assert TERM.findall(f"The {term}, {term}s and one {term.capitalize()}.") == [term, term, term.capitalize()]
    assert meaning.endswith(".")
    assert ". " not in meaning
    assert not set(meaning) & set('<>"&')


def test_the_longer_of_two_terms_is_found_and_no_part_of_a_word():
    assert TERM.findall("An output gate; a unit-wise community, weighted and unbiased.") == ["output gate"]
