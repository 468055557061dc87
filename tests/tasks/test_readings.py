"""Tokens come with their places in the text, so that nothing has to search for one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_viz.tasks import TASKS
from lstm_viz.tasks.readers import Characters, Numbers, Words

texts = st.text(st.sampled_from("ab \t\n\r\"'`’“”.,-–−0159FC*°;([)]") | st.characters(), max_size=60)


@pytest.mark.parametrize("name", TASKS)
@given(text=texts)
def test_places_rise_do_not_overlap_and_leave_out_only_what_is_not_read(name: str, text: str) -> None:
    reading = TASKS[name].read(text)
    assert len(reading.spans) == len(reading.tokens)
    ends = [0]
    for start, stop in reading.spans:
        assert ends[-1] <= start < stop <= len(text)
        ends.append(stop)
    gaps = [text[a:b] for a, (b, _) in zip(ends, [*reading.spans, (len(text), 0)], strict=True)]
    if not reading.problem:
        reader = TASKS[name].reader
        left = {Words: r"\W*", Characters: r"\s*", Numbers: r"[,;\s]*"}[type(reader)]
        assert all(re.fullmatch(left, gap) for gap in gaps)


@given(text=texts)
def test_a_word_stands_where_its_place_says(text: str) -> None:
    reading = TASKS["sentiment"].read(text)
    for token, (start, stop) in zip(reading.tokens, reading.spans, strict=True):
        there = text[start:stop]
        assert there == token or (len(there) <= 2 and token in "“”‘’") or (there[0] == "-" and token in "()[]{}")


@pytest.mark.parametrize(
    ("task", "text", "places"),
    [
        ("sentiment", 'He said "good" and “bad”', ["He", "said", '"', "good", '"', "and", "“", "bad", "”"]),
        ("sentiment", "It isn't", ["It", "is", "n't"]),
        ("temperature", "59F, 50 °F\n−3", ["59F", "50 °F", "−3"]),
        ("temperature", "day,high\nMon,3\nTue,15.0", ["3", "15.0"]),
        ("python", "a\r\nb", ["a", "\r\n", "b"]),
        ("counting", "a b", ["a", "b"]),
    ],
)
def test_places_of_what_is_spelt_otherwise_than_typed(task: str, text: str, places: list[str]) -> None:
    assert [text[start:stop] for start, stop in TASKS[task].read(text).spans] == places


def test_a_text_past_the_limit_is_read_up_to_it_and_says_so() -> None:
    task = TASKS["sentiment"]
    reading = task.read("good " * (task.limit + 5))
    assert len(reading.tokens) == len(reading.spans) == task.limit
    assert "Remove 5 of them" in reading.problem
    assert "are shown" in reading.problem
    assert task.read(" ").problem.startswith("There are no words here yet")
