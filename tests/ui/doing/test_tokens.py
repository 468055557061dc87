"""Edits of one token: the others stay as they are, and the text around it stays as it was written."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lstm_viz.sources import Source, shipped, shown_tasks
from lstm_viz.tasks import TASKS
from lstm_viz.tasks.readers import Reading
from lstm_viz.ui.doing import tokens
from lstm_viz.ui.doing.reducer import reduce
from lstm_viz.ui.doing.refused import Refused
from lstm_viz.ui.doing.state import State
from lstm_viz.ui.settings.settings import Settings

TEXT = "The film is not good."
WORDS = ("The", "film", "isn't", "cannot", "don’t", "1,000", "2.5", "so-called", "Mr", "é", "good", "very", "a")
MARKS = (".", ",", "!", "?", ":", ";", "...")
QUOTES = ('"', "'", "“", "”", "’", "``", "''")
NUMBERS = st.floats(-40, 40).map(lambda value: f"{value:.4g}")


def reading(text: str, task: str = "sentiment") -> Reading:
    return shipped(task).read(text)


def dropped(text: str, step: int, task: str = "sentiment") -> str:
    return tokens.drop(reading(text, task), shipped(task).read, step)[0]


def replaced(text: str, step: int, new: str, task: str = "sentiment") -> str:
    return tokens.replace(reading(text, task), shipped(task).read, step, new)[0]


def moved(text: str, step: int, by: int, task: str = "sentiment") -> tuple[str, int]:
    return tokens.move(reading(text, task), shipped(task).read, step, by)


def swapped(listed: Sequence[str], step: int, other: int) -> tuple[str, ...]:
    found = list(listed)
    found[step], found[other] = found[other], found[step]
    return tuple(found)


sentences = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from(("", "", "", *MARKS))), min_size=1, max_size=8
).map(lambda parts: " ".join(word + mark for word, mark in parts))
"""As people write: a space between words, a mark right after one."""
anything = st.lists(
    st.tuples(st.sampled_from((*WORDS, *MARKS)), st.sampled_from((" ", "  ", "\n", " "))), min_size=1, max_size=8
).map(lambda parts: "".join(word + gap for word, gap in parts))
"""Marks that stand alone, and gaps of every kind."""


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, str]:
    """A task and a text that it can read."""
    task = draw(st.sampled_from(shown_tasks()))
    source: Source = shipped(task)
    examples = st.sampled_from([each.text for each in source.task.examples])
    if source.task.editor == "words":
        return task, draw(examples | sentences | anything)
    if source.task.editor == "characters":
        return task, draw(examples | st.text(st.sampled_from(source.model.vocabulary[1:]), min_size=1, max_size=12))
    unit = draw(st.sampled_from(("", "F", " °C") if task == "temperature" else ("", "*")))
    gap = draw(st.sampled_from((", ", " ", ",", "\n", ";  ")))
    return task, draw(examples | st.lists(NUMBERS.map(lambda n: n + unit), min_size=1, max_size=8).map(gap.join))


@given(texts(), st.data())
def test_dropping_takes_out_one_token_and_no_other(of: tuple[str, str], data: st.DataObject) -> None:
    task, text = of
    before = reading(text, task)
    assume(before.tokens and not before.problem)
    step = data.draw(st.integers(0, len(before.tokens) - 1))
    after, place = tokens.drop(before, shipped(task).read, step)
    assert reading(after, task).tokens == (*before.tokens[:step], *before.tokens[step + 1 :])
    assert 0 <= place <= max(0, len(before.tokens) - 2)


@given(sentences, st.data())
def test_dropping_leaves_no_separator_behind(text: str, data: st.DataObject) -> None:
    before = reading(text)
    step = data.draw(st.integers(0, len(before.tokens) - 1))
    after = dropped(text, step)
    assert "  " not in after
    assert after == after.strip(" ")


@given(sentences, st.data())
def test_what_is_not_next_to_the_token_stays_as_it_was_written(text: str, data: st.DataObject) -> None:
    before = reading(text)
    step = data.draw(st.integers(0, len(before.tokens) - 1))
    head = text[: before.spans[max(0, step - 1)][1]] if step else ""
    tail = text[before.spans[step + 1][0] :] if step + 1 < len(before.tokens) else ""
    after = dropped(text, step)
    assert after.startswith(head)
    assert after.endswith(tail)
    after, _ = moved(text, step, 1)
    head = text[: before.spans[step][0]].rstrip()
    tail = text[before.spans[step + 1][1] :] if tail else ""
    assert after.startswith(head)
    assert after.endswith(tail)


def test_dropping_keeps_the_text_as_people_write_it() -> None:
    assert dropped("It's good, very good. Yes.", 3) == "It's good very good. Yes."
    assert dropped("He said, “good”.", 2) == "He said “good”."
    assert dropped("He said “good”.", 2) == "He said good”."
    assert dropped("a very good.", 2) == "a very."
    assert dropped("It isn't good.", 2) == "It is good."
    assert dropped("first line.\nsecond line", 2) == "first line\nsecond line"


@given(st.lists(NUMBERS, min_size=1, max_size=6), st.sampled_from((", ", ",", " ", "\n")), st.data())
def test_dropping_a_number_leaves_no_separator_behind(values: list[str], gap: str, data: st.DataObject) -> None:
    step = data.draw(st.integers(0, len(values) - 1))
    rest = values[:step] + values[step + 1 :]
    assert dropped(gap.join(values), step, "temperature") == gap.join(rest)


@given(texts(), st.data())
def test_moving_swaps_two_neighbours(of: tuple[str, str], data: st.DataObject) -> None:
    task, text = of
    before = reading(text, task)
    assume(before.tokens and not before.problem)
    step, by = data.draw(st.integers(0, len(before.tokens) - 1)), data.draw(st.sampled_from((-1, 1)))
    after, place = moved(text, step, by, task)
    if not 0 <= step + by < len(before.tokens):
        assert (after, place) == (text, step)
        return
    assert place == step + by
    assert reading(after, task).tokens == swapped(before.tokens, step, place)
    # And back again: the token is where it was.
    assert reading(moved(after, place, -by, task)[0], task).tokens == before.tokens


@given(sentences, st.data())
def test_a_mark_that_is_moved_stands_right_after_a_word_and_before_a_space(text: str, data: st.DataObject) -> None:
    before = reading(text)
    step, by = data.draw(st.integers(0, len(before.tokens) - 1)), data.draw(st.sampled_from((-1, 1)))
    after, _ = moved(text, step, by)
    assert not re.search(r"\s[.,;:!?]+\w", after), "such as “good .very”"
    assert "  " not in after


def test_moving_to_and_fro() -> None:
    assert moved("The film is not good. Very long.", 4, 1) == ("The film is not. good Very long.", 5)
    assert moved("not good. very", 2, 1) == ("not good very.", 3)
    assert moved("good, very", 0, 1)[0] == ", good very"
    assert moved(TEXT, 5, 1) == (TEXT, 5)
    assert moved(TEXT, 0, -1) == (TEXT, 0)
    assert moved("abc", 0, 1, "python") == ("bac", 1)
    assert moved("10, 20, 30", 1, 1, "temperature") == ("10, 30, 20", 2)
    assert moved("10 F, 20", 0, 1, "temperature")[0] == "20, 10 F"


def test_an_edit_of_a_number_is_of_that_number() -> None:
    assert replaced("15.0, 0", 1, "20", "temperature") == "15.0, 20"
    assert replaced("59F, 50F", 1, "20", "temperature") == "59F, 20"
    assert replaced("10.0, 1, 0", 2, "7", "temperature") == "10.0, 1, 7"
    assert replaced("59F, 50F", 0, "20", "temperature") == "20, 50F"
    assert dropped("15.0, 0", 1, "temperature") == "15.0"
    assert dropped("59 °F, 50", 0, "temperature") == "50"
    assert dropped("day,degrees\nMon,10\nTue,20", 1, "temperature").startswith("day,degrees\nMon,10")
    assert moved("15.0, 0", 0, 1, "temperature") == ("0, 15.0", 1)


def test_a_quotation_mark_is_the_one_that_was_chosen() -> None:
    text = 'He said "good" and “bad”'
    listed = reading(text).tokens
    assert listed == ("He", "said", "“", "good", "”", "and", "“", "bad", "”")
    after = replaced(text, 2, "x")
    assert after.endswith("and “bad”")
    assert reading(after).tokens == ("He", "said", "x", "good", "”", "and", "“", "bad", "”")
    assert dropped(text, 2).endswith("and “bad”")
    after = replaced(text, 6, "x")
    assert after.startswith('He said "good" and')
    assert reading(after).tokens == (*listed[:6], "x", "bad", "”")


@given(texts(), st.data())
def test_replacing_leaves_every_other_token(of: tuple[str, str], data: st.DataObject) -> None:
    task, text = of
    before = reading(text, task)
    assume(before.tokens and not before.problem)
    step = data.draw(st.integers(0, len(before.tokens) - 1))
    typed = {"words": "wonderful", "characters": "a", "numbers": "7"}[TASKS[task].editor]
    after = replaced(text, step, typed, task)
    assert reading(after, task).tokens == (*before.tokens[:step], typed, *before.tokens[step + 1 :])
    first, last = before.spans[step]
    assert after.startswith(text[:first])
    assert after.endswith(text[last:])


def test_what_was_typed_stands_as_it_was_typed() -> None:
    assert replaced(TEXT, 3, "very") == "The film is very good."
    assert replaced(TEXT, 3, "not at all") == "The film is not at all good."
    assert replaced("1, 2", 1, "oops", "temperature") == "1, oops"


@pytest.mark.parametrize("new", ["", " ", "\n\t"])
def test_an_empty_replacement_takes_nothing_out(new: str) -> None:
    with pytest.raises(Refused, match="drop it"):
        replaced(TEXT, 3, new)
    with pytest.raises(Refused, match="drop it"):
        replaced("1, 2", 1, new, "temperature")
    state = reduce(State(Settings(text=TEXT)), [["replace", 3, new]])
    assert state.settings == Settings(text=TEXT)
    assert "drop it" in " ".join(state.said)


def test_a_space_is_a_character_that_can_stand_for_another() -> None:
    assert replaced("a+b", 1, " ", "python") == "a b"


@pytest.mark.parametrize("text", [TEXT, "It's a great idea, wasted.", "one", '"Quoted," he said'])
def test_a_dropped_token_is_gone_and_a_moved_one_has_changed_places(text: str) -> None:
    listed = reading(text).tokens
    for step in range(len(listed)):
        assert len(reading(dropped(text, step)).tokens) == len(listed) - 1
        after, place = moved(text, step, 1)
        assert place == min(step + 1, len(listed) - 1)
        if '"' not in text:
            assert reading(after).tokens == swapped(listed, step, place)


def test_characters_and_numbers_can_be_edited_too() -> None:
    assert dropped("aabb", 1, "counting") == "abb"
    assert moved("abb", 0, 1, "counting") == ("bab", 1)
    assert reading(dropped("1, 2, 3", 1, "temperature"), "temperature").tokens == ("1", "3")


@pytest.mark.parametrize("quote", QUOTES)
def test_text_in_quotes_can_be_edited(quote: str) -> None:
    """What a straight mark stands for depends on where it stands; every other token stays."""
    text = f"She said {quote}good{quote} twice."
    listed = reading(text).tokens
    for step in range(len(listed)):
        others = {token for k, token in enumerate(listed) if k != step and token.isalpha()}
        for after in (dropped(text, step), replaced(text, step, "wonderful"), moved(text, step, 1)[0]):
            assert others <= set(reading(after).tokens)


@pytest.mark.parametrize("task", shown_tasks())
def test_what_is_past_the_limit_is_not_lost(task: str) -> None:
    known, limit = TASKS[task], TASKS[task].limit
    one = {"words": "word ", "characters": "a", "numbers": "7, "}[known.editor]
    text = (one * (limit + 5)).rstrip(", ")
    assert len(known.tokenize(dropped(text, 3, task))) == limit + 4
    assert len(known.tokenize(moved(text, 3, 1, task)[0])) == limit + 5
    assert len(known.tokenize(replaced(text, 3, one.strip(" ,"), task))) == limit + 5


def test_the_step_goes_along_with_its_token() -> None:
    state = reduce(State(Settings(text=TEXT, step=1)), [["move", 1, 1]])
    assert (state.settings.text, state.settings.step) == ("The is film not good.", 2)
    state = reduce(State(Settings(text=TEXT, step=5)), [["drop", 5]])
    assert (state.settings.text, state.settings.step) == ("The film is not good", 4)
    assert state.settings.before == TEXT
    state = reduce(State(Settings(text=TEXT, step=3)), [["replace", 3, "very"]])
    assert (state.settings.text, state.settings.step) == ("The film is very good.", 3)
    assert reduce(state, [["undo"]]).settings.text == TEXT
