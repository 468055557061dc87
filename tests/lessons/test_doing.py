"""What a step asks to be done is told from the settings before and the view after."""

from dataclasses import replace

import pytest

from lstm_viz.lessons import done
from lstm_viz.lessons.doing import read_do
from lstm_viz.lessons.lesson import Do
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View

BEFORE = Settings(text="a warm but not funny film", step=1, unit=3)
HELD = "forget_gate 1"


def do(said: str) -> Do:
    view = View.of(BEFORE)
    return read_do(said, view, view.reading)


CASES = [
    ("type a word", {"text": "a warm but not funny film indeed"}, {"step": 2}),
    ("Type a word of your own.", {"text": "good"}, {"unit": 2}),
    ("change the text", {"text": ""}, {}),
    ("step through time", {"step": 2}, {"unit": 5}),
    ('choose the token "not"', {"step": 3}, {"step": 4}),
    ("choose step 5", {"step": 99}, {"step": 4}),
    ("click the end", {"step": 5}, {"step": 0}),
    ("choose another unit", {"unit": 4}, {"step": 4}),
    ("choose unit 7", {"unit": 7}, {"unit": 6}),
    ("hold the forget gate", {"clamps": HELD}, {"clamps": "input_gate 1"}),
    ("hold a gate", {"clamps": "input_gate 0"}, {}),
    ("open the forget gate", {"clamps": HELD}, {"clamps": "forget_gate 0"}),
    ("shut the forget gate of unit 3", {"clamps": "forget_gate 0 u3"}, {"clamps": "forget_gate 0 u4"}),
    ("hold the forget gates open", {"clamps": HELD}, {"clamps": "forget_gate 0.1"}),
    ("choose another cell", {"cell": "gru"}, {"step": 3}),
    ("choose the GRU", {"cell": "gru"}, {"cell": "rnn"}),
    ("choose another network", {"task": "counting", "text": None}, {}),
    ("choose the stage Forget", {"stage": "forget"}, {"stage": "learn"}),
    ("choose another notation", {"notation": "udacity"}, {}),
    ("choose Udacity notation", {"notation": "udacity"}, {"notation": "textbook"}),
    ("order the units", {"order": "index"}, {}),
    ("change the length", {"length": 500}, {}),
]


@pytest.mark.parametrize(("said", "after", "other"), CASES, ids=[said for said, _, _ in CASES])
def test_an_action_counts_when_it_was_done(said: str, after: dict[str, object], other: dict[str, object]) -> None:
    action = do(said)
    assert done(action, BEFORE, View.of(replace(BEFORE, **after)))  # type: ignore[arg-type]
    assert not done(action, BEFORE, View.of(replace(BEFORE, **other)))  # type: ignore[arg-type]
    assert not done(action, BEFORE, View.of(BEFORE))


def test_letting_go_needs_something_held() -> None:
    held, action = replace(BEFORE, clamps=HELD), do("let go")
    assert done(action, held, View.of(BEFORE))
    assert not done(action, held, View.of(held))
    assert not done(action, BEFORE, View.of(BEFORE))


def test_a_hold_that_was_there_before_does_not_count() -> None:
    held = replace(BEFORE, clamps=HELD)
    assert not done(do("hold the forget gate"), held, View.of(held))


def test_a_place_is_found_in_what_the_reader_has_typed() -> None:
    action = do("choose the step where P(positive) rises most")
    for text in ("the plot is a bore but the cast is wonderful", "good", "it is a wonderful film"):
        now = View.of(replace(BEFORE, text=text))
        rises = now.model.predictions(now.run)[:, 1]
        best = max(range(len(rises)), key=lambda k: rises[k] - rises[max(0, k - 1)])
        right = [k for k in range(len(rises)) if done(action, BEFORE, View.of(replace(BEFORE, text=text, step=k)))]
        assert best in right
        assert len(right) <= 2


def test_an_author_may_say_it_in_words_of_their_own() -> None:
    assert do("choose step 4 | Click the word funny") == replace(do("choose step 4"), said="Click the word funny")


@pytest.mark.parametrize(
    "said", ["sing", "choose", "choose the moon", "hold the door", "choose unit", "type", "|", "a | b"]
)
def test_other_actions_are_refused_with_those_that_there_are(said: str) -> None:
    with pytest.raises(ValueError, match=r"type a word|whole number"):
        do(said)
