"""Alignments are smallest edits; the letters of a word are one edit."""

from functools import lru_cache
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lstm_viz.analysis.change.alignment import align, baseline

tokens = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=9).map(tuple)
words = st.text("abcdefg", min_size=1, max_size=6)
texts = st.lists(words, max_size=6).map(tuple)


def longest_common(before: tuple[str, ...], after: tuple[str, ...]) -> int:
    """Count the tokens that can stay, by trying everything."""

    @lru_cache(None)
    def best(i: int, j: int) -> int:
        if i == len(before) or j == len(after):
            return 0
        together = 1 + best(i + 1, j + 1) if before[i] == after[j] else 0
        return max(together, best(i + 1, j), best(i, j + 1))

    return best(0, 0)


@given(tokens, tokens)
def test_the_edit_is_a_smallest_one_and_turns_one_text_into_the_other(
    before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    found = align(before, after)
    kept = [before[i] for i in range(len(before)) if i not in found.removed]
    assert kept == [after[j] for j in range(len(after)) if j not in found.inserted]
    assert len(kept) == longest_common(before, after)
    assert found.is_identity == (before == after)


@given(tokens, tokens)
def test_pairs_rise_and_join_equals_or_replacements(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    found = align(before, after)
    pairs = found.pairs.tolist()
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))
    for i, j in pairs:
        assert before[i] == after[j] or (i in found.removed and j in found.inserted)
    # What is paired with nothing was removed or inserted, never kept.
    assert set(range(len(before))) - {i for i, _ in pairs} <= set(found.removed)
    assert set(range(len(after))) - {j for _, j in pairs} <= set(found.inserted)


@given(tokens, tokens)
def test_spans_hold_the_edit_and_nothing_outside_differs(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    found = align(before, after)
    assert before[: found.before_span[0]] == after[: found.after_span[0]]
    assert before[found.before_span[1] :] == after[found.after_span[1] :]
    assert all(found.before_span[0] <= i < found.before_span[1] for i in found.removed)
    assert all(found.after_span[0] <= j < found.after_span[1] for j in found.inserted)


def test_a_replaced_word_is_paired_with_its_replacement() -> None:
    found = align(["not", "a", "good", "film"], ["not", "a", "bad", "film"])
    assert found.pairs.tolist() == [[0, 0], [1, 1], [2, 2], [3, 3]]
    assert (found.removed, found.inserted) == ((2,), (2,))


def test_repeated_words_typed_at_the_end_are_new_ones() -> None:
    assert align(["very"], ["very", "very"]).inserted == (1,)


def test_a_pasted_page_is_replaced_as_a_whole() -> None:
    before = [f"b{k}" for k in range(300)]
    after = [f"a{k}" for k in range(299)] + ["b7"]
    found = align(before, [*after, "x"])
    assert len(found.removed) == 300
    assert len(found.inserted) == 301


@given(texts, words, st.data())
def test_typing_a_word_letter_by_letter_is_one_edit(text: tuple[str, ...], word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    # In capitals, so that no beginning of it equals a word that is there.
    typed = [(*text[:place], word[:k].upper(), *text[place:]) for k in range(1, len(word) + 1)]
    compared_with, current = text, text
    for new in typed:
        compared_with, current = baseline(compared_with, current, new), new
    assert compared_with == text


@given(texts.filter(bool), words, st.data())
def test_replacing_a_word_letter_by_letter_is_one_edit(text: tuple[str, ...], word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    old = text[place].upper()
    text = (*text[:place], old, *text[place + 1 :])
    states = [old[:k] for k in range(len(old) - 1, -1, -1)] + [word[:k].title() for k in range(1, len(word) + 1)]
    compared_with, current = text, text
    for state in states:
        new = (*text[:place], *([state] if state else []), *text[place + 1 :])
        # Where the word is for a moment what it was, the edit starts anew from the same text.
        compared_with, current = baseline(compared_with, current, new), new
    assert compared_with == text


@given(texts, words, words)
def test_the_next_word_is_the_next_edit(text: tuple[str, ...], one: str, other: str) -> None:
    first = (*text, one.upper())
    assert baseline(text, first, (*first, other[:1].upper())) == first


@given(tokens, tokens, tokens)
def test_the_baseline_is_one_of_the_two_texts_and_kept_when_nothing_changes(
    before: tuple[str, ...], current: tuple[str, ...], new: tuple[str, ...]
) -> None:
    assert baseline(before, current, new) in (before, current)
    assert baseline(before, current, current) == before
    assert baseline(before, before, new) == before
