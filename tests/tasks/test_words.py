import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_viz.tasks.readers.spelling import TREEBANK
from lstm_viz.tasks.readers.words import Words, cut

TYPED = {
    "It isn't funny.": "it is n't funny .",
    "It's slow -- very, very slow.": "it 's slow -- very , very slow .",
    "They can't act; they won't try.": "they ca n't act ; they wo n't try .",
    "I'd say we're done, and you've seen what he'll do. I'm off.": (
        "i 'd say we 're done , and you 've seen what he 'll do . i 'm off ."
    ),
    "IT ISN’T": "it is n't",
    'A "comedy" (so they say).': "a `` comedy '' ( so they say ) .",
    "The ‘best’ film, “really”": "the ` best ' film , `` really ''",
    "'Solaris' was long": "` solaris ' was long",
    "a feel-good, old-fashioned writer/director's film": "a feel-good , old-fashioned writer/director 's film",
    "Mr. Smith, Dr. No and the U.S. army": "mr. smith , dr. no and the u.s. army",
    "Well... no!": "well ... no !",
    "Well… no—never": "well ... no -- never",
    "The clichés cost $2.5, or 1,000 of them; 50%": "the clichés cost $ 2.5 , or 1,000 of them ; 50 %",
    "rock 'n' roll of the '70s, get 'em": "rock 'n' roll of the '70s , get 'em",
    "the actors' work": "the actors ' work",
    "I cannot wait": "i can not wait",
    "a -lrb- dull -rrb- film": "a ( dull ) film",
    "It was good.But late": "it was good.but late",
}


@pytest.mark.parametrize(("typed", "treebank"), TYPED.items())
def test_typed_english_is_cut_as_the_treebank_cuts_it(typed: str, treebank: str) -> None:
    assert [TREEBANK(word) for word, _, _ in cut(typed)] == treebank.split()


@pytest.mark.parametrize("treebank", TYPED.values())
def test_text_in_treebank_style_stays_as_it_is(treebank: str) -> None:
    assert [TREEBANK(word) for word, _, _ in cut(treebank)] == treebank.split()


def test_words_keep_their_case_and_marks() -> None:
    assert [word for word, _, _ in cut('Isn\'t it "Solaris"?')] == ["Is", "n't", "it", "“", "Solaris", "”", "?"]


@given(st.text())
def test_nothing_but_space_is_lost(text: str) -> None:
    kept = "".join(word for word, _, _ in cut(text))
    for character in set(text) - set(" \"'`’-[]lrsbcLRSBC"):
        if not character.isspace():
            assert kept.count(character) == text.count(character)


def test_the_time_taken_grows_with_the_length_only() -> None:
    assert len(cut("a' \"" * 25_000)) == 75_000


def test_a_control_character_can_be_seen() -> None:
    assert [Words().show(word) for word, _, _ in cut("a \x00 b")] == ["a", "U+0000", "b"]


def test_unknown_words_take_the_first_place() -> None:
    words = Words()
    assert words.unknown(["Good", "zxqwy"], ("<unk>", "good")) == [False, True]
    assert words.encode(["Good", "zxqwy"], ("<unk>", "good")).tolist() == [1, 0]
