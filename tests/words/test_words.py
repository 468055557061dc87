"""Numbers and tokens as a reader sees them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_viz.words.phrases import count, listing, number, percent, place, quoted_list, visible


@given(st.floats(-1e6, 1e6))
def test_a_number_is_its_value_rounded(value: float) -> None:
    shown = number(value)
    assert "-" not in shown, "a true minus sign"
    assert shown != "−0.00"
    allowed = 0.00501 if abs(value) < 1000 else 0.501
    assert abs(float(shown.replace("−", "-").replace(",", "")) - value) <= allowed


@given(st.floats(0, 1))
def test_a_percentage_is_exact_at_its_ends(share: float) -> None:
    shown = percent(share)
    assert (shown == "0%") == (round(share, 12) == 0)
    assert (shown == "100%") == (round(share, 12) == 1)


@given(st.text(max_size=40))
def test_every_token_is_visible_and_harmless(token: str) -> None:
    shown = visible(token)
    inside = shown.removeprefix("\u2068").removesuffix("\u2069")
    assert inside.strip()
    assert len(inside) < 10 * len(token) + 2
    assert not any(unicodedata.category(character) == "Cc" for character in inside)
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(inside)


@pytest.mark.parametrize(
    ("token", "shown"),
    [
        ("film", "film"),
        (" ", "␣"),
        ("    ", "␣␣␣␣"),
        ("\n", "↵"),
        ("a\nb", "a↵b"),
        ("New York", "New York"),
        ("\t", "⇥"),
        ("\x00", "⟨U+0000⟩"),
        ("\u202eevil", "⟨U+202E⟩evil"),
        ("\u2003", "⟨U+2003⟩"),
        ("", "∅"),
        ("<b>", "<b>"),
        ("👩‍🚀", "👩‍🚀"),
        ("שלום", "\u2068שלום\u2069"),
        ("a" * 30, "a" * 24 + "…"),
    ],
)
def test_known_tokens(token: str, shown: str) -> None:
    assert visible(token) == shown


def test_places_name_the_step_where_the_token_does_not() -> None:
    assert place(["not", "a", "film", "a"], 2) == "“film”"
    assert place(["not", "a", "film", "a"], 3) == "the “a” of step 3"
    assert place(["0", "1", "2"], 2) == "step 2"


def test_lists_and_counts() -> None:
    assert listing(["a"]) == "a"
    assert listing(["a", "b", "c"]) == "a, b and c"
    assert quoted_list(["x", " "]) == "“x” and “␣”"
    assert quoted_list(list("abcde")) == "5 tokens (“a” to “e”)"
    assert (count(1, "step"), count(2000, "step")) == ("1 step", "2,000 steps")
