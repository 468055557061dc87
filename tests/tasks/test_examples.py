"""What every example tells the reader to look for is there, in numbers."""

import re
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from lstm_viz.tasks import TASKS, Example, Model, load_model, model_names
from lstm_viz.tasks.adding import READER as ADDING_READER
from lstm_viz.tasks.temperature import READER

Steps = NDArray[np.float32]
"""A prediction after every step."""


class Seen:
    """An example as the shipped LSTM sees it."""

    def __init__(self, model: Model, text: str) -> None:
        self.model = model
        self.text = text
        self.tokens = model.task.tokenize(text)
        self.values = model.predictions(text)

    def of(self, label: str) -> Steps:
        return self.values[:, self.model.labels.index(label)]

    def at(self, token: str, label: str = "positive") -> float:
        return float(self.of(label)[self.tokens.index(token)])

    def change_at(self, token: str, label: str = "positive") -> float:
        place = self.tokens.index(token)
        return float(self.of(label)[place] - self.of(label)[place - 1])

    def with_cell(self, cell: str) -> "Seen":
        return Seen(load_model(self.model.task.name, cell), self.text)

    def again(self, text: str) -> "Seen":
        return Seen(self.model, text)


def not_good(seen: Seen) -> None:
    assert seen.change_at("not") < -0.4
    assert seen.again("The film is good").at("good") > 0.8
    assert seen.at("good") < 0.3


def but(seen: Seen) -> None:
    start, end = seen.tokens.index("but"), seen.tokens.index("mess")
    assert seen.change_at("good") > 0.3
    assert seen.of("positive")[start:end].min() > 0.6
    assert seen.at("mess") < 0.1


def one_word(seen: Seen) -> None:
    assert seen.at("best") > 0.9
    other = seen.again("This is one of the worst films of the year.")
    assert len(other.tokens) == len(seen.tokens)
    assert other.at(".") < 0.1


def late_turn(seen: Seen) -> None:
    assert seen.at("great") > 0.8
    assert seen.at("wasted") < 0.3


def slow_then_moving(seen: Seen) -> None:
    assert len(seen.tokens) >= 60
    assert seen.at("loud") < 0.1
    assert seen.at("honest") > 0.9
    assert seen.of("positive")[-1] > 0.9


def unknown_words(seen: Seen) -> None:
    unknown = seen.model.unknown(" ".join(seen.tokens))
    assert [token for token, new in zip(seen.tokens, unknown, strict=True) if new] == [
        "Zxqwy",
        "Brobdingnag",
        "splendiferous",
    ]
    arriving = seen.model.inputs(" ".join(seen.tokens))[np.array(unknown)]
    assert (arriving == arriving[0]).all()
    assert seen.change_at("dull") < -0.4


def where_it_fails(seen: Seen) -> None:
    assert seen.of("positive")[-1] < 0.2


def one_hot_day(seen: Seen) -> None:
    guesses, hot = seen.of("tomorrow"), seen.tokens.index("28")
    assert guesses[hot] - guesses[hot - 1] > 6
    assert guesses[hot] < 28
    assert abs(guesses[hot + 2] - 15) < 1.5


def warmer_every_day(seen: Seen) -> None:
    days = np.array(READER.values(seen.tokens))
    assert (seen.of("tomorrow")[4:] < days[4:]).all()


def heat_wave(seen: Seen) -> None:
    days = np.array(READER.values(seen.tokens))
    hot = days > 33
    assert hot.sum() >= 3
    assert (days[hot] - seen.of("tomorrow")[hot] > 1).all()


def cold_week(seen: Seen) -> None:
    ahead = seen.model.forecast(", ".join(seen.tokens))
    assert len(ahead) == seen.model.task.horizon
    assert all(later > earlier for earlier, later in pairwise(ahead))


def never_seen(seen: Seen) -> None:
    assert seen.model.unknown(", ".join(seen.tokens))[-3:] == [True] * 3
    rises = np.diff(seen.of("tomorrow"))
    assert (rises[1:] < 4).all()
    assert (np.diff(rises) < 0).all()


def how_many(seen: Seen) -> None:
    assert seen.values[0].argmax() == seen.model.labels.index("number")
    assert seen.values[0].max() < 0.7
    assert seen.at("many", "number") > 0.9


def how_do(seen: Seen) -> None:
    assert seen.values[1].argmax() == seen.model.labels.index("description")
    assert seen.of("description")[-1] > 0.9


def long_wait(seen: Seen) -> None:
    assert seen.values[: seen.tokens.index("river")].max() < 0.7
    assert seen.of("location")[-1] > 0.9


def animal_or_city(seen: Seen) -> None:
    assert seen.at("animal", "entity") > 0.5
    assert seen.again("What city sleeps standing up?").at("city", "location") > 0.7


def known_from_the_start(seen: Seen) -> None:
    assert seen.of("human").min() > 0.8


def unknown_name(seen: Seen) -> None:
    assert seen.model.unknown("NASA") == [True]
    assert seen.at("stand", "abbreviation") > 0.9


def expected(seen: Seen, place: int) -> float:
    """The probability that the network gave to the character that then came at a place."""
    return float(seen.of(seen.tokens[place])[place - 1])


def imports(seen: Seen) -> None:
    start = "".join(seen.tokens).rindex("port")
    assert all(expected(seen, place) > 0.9 for place in range(start, start + 4))


def method(seen: Seen) -> None:
    text = "".join(seen.tokens)
    spaces = text.index("self.x") - 8
    assert all(expected(seen, place) > 0.9 for place in range(spaces, spaces + 8))
    assert all(expected(seen, match.start() + 3) > 0.9 for match in re.finditer("self", text))


def loop(seen: Seen) -> None:
    text = "".join(seen.tokens)
    assert expected(seen, text.index(":") + 1) > 0.7
    assert expected(seen, text.index("print") + 4) > 0.9


def along_the_line(seen: Seen) -> None:
    text = "".join(seen.tokens)
    (found,) = (u for u in seen.model.card["findings"]["units"] if u["property"] == "position in the line")
    unit = seen.model.trace(text).layers[0][found["quantity"]][:, found["unit"]]
    position = np.array([place - text.rfind("\n", 0, place + 1) for place in range(len(text))])
    assert np.corrcoef(unit, position)[0, 1] < -0.5


def no_brackets_counted(seen: Seen) -> None:
    place = seen.tokens.index(")")
    assert seen.tokens[: place + 1].count("(") - 1 == 3
    assert seen.of("\n")[place] > 0.3


def closest_unit(seen: Seen, target: Steps) -> float:
    """The best correlation, of either sign, of a unit's cell state with the target."""
    states = seen.model.trace("".join(seen.tokens)).layers[0]["cell_state"]
    return max(abs(float(np.corrcoef(unit, target)[0, 1])) for unit in states.T)


def open_symbols(seen: Seen) -> Steps:
    return np.cumsum([1 if token in "a(" else -1 for token in seen.tokens]).astype(np.float32)


def may_follow(seen: Seen) -> Steps:
    return seen.model.may_follow("".join(seen.tokens))


def as_many(seen: Seen) -> None:
    assert closest_unit(seen, open_symbols(seen)) >= 0.99
    assert (seen.of("complete") > 0.8).tolist() == [False] * (len(seen.tokens) - 1) + [True]


def one_short(seen: Seen) -> None:
    assert seen.of("complete").max() < 0.2
    assert may_follow(seen)[-1, seen.model.task.followers.index("b")] > 0.8


def one_too_many(seen: Seen) -> None:
    assert seen.of("complete")[-2] > 0.8
    assert seen.of("complete")[-1] < 0.3
    assert may_follow(seen)[-1].max() < 0.3


def matching_brackets(seen: Seen) -> None:
    depth = open_symbols(seen)
    assert closest_unit(seen, depth) >= 0.95
    assert ((seen.of("complete") > 0.5) == (depth == 0)).all()


def further(seen: Seen) -> None:
    assert seen.tokens.count("a") > 50
    assert seen.with_cell("gru").of("complete")[-1] < 0.5
    assert (seen.of("complete") > 0.5).tolist() == [False] * (len(seen.tokens) - 1) + [True]


def mixed_up(seen: Seen) -> None:
    assert may_follow(seen)[-1].max() < 0.3


def marked_sums(seen: Seen) -> Steps:
    """After every step, the sum of the marked numbers so far, and 0.5 for each to come."""
    numbers, places = np.array(ADDING_READER.values(seen.tokens)), ADDING_READER.marked(seen.tokens)
    seen_by = np.array([[place <= step for place in places] for step in range(len(numbers))])
    return np.where(seen_by, numbers[places], 0.5).sum(1).astype(np.float32)


def two_of_twelve(seen: Seen) -> None:
    first, second = ADDING_READER.marked(seen.tokens)
    assert seen.of("sum")[first - 1] == pytest.approx(1, abs=0.05)
    np.testing.assert_allclose(seen.of("sum")[second:], marked_sums(seen)[second:], atol=0.1)


def half_known(seen: Seen) -> None:
    first, second = ADDING_READER.marked(seen.tokens)
    assert second - first == 40
    np.testing.assert_allclose(seen.of("sum")[first:second], marked_sums(seen)[first:second], atol=0.1)


def long_ago(seen: Seen) -> None:
    assert len(seen.tokens) - 1 - ADDING_READER.marked(seen.tokens)[1] == 487
    assert seen.of("sum")[-1] == pytest.approx(marked_sums(seen)[-1], abs=0.1)
    assert abs(seen.with_cell("rnn").of("sum")[-1] - marked_sums(seen)[-1]) > 0.3


def no_mark(seen: Seen) -> None:
    np.testing.assert_allclose(seen.of("sum")[4:], 1, atol=0.05)


def too_large(seen: Seen) -> None:
    assert seen.model.unknown(", ".join(seen.tokens)) == [False, True, False, True, False]
    assert sum(ADDING_READER.values([seen.tokens[place] for place in (1, 3)])) == 5
    assert seen.of("sum").max() < 3


CHECKS: dict[tuple[str, str], Callable[[Seen], None]] = {
    ("sentiment", "Not good"): not_good,
    ("sentiment", "But"): but,
    ("sentiment", "One word decides"): one_word,
    ("sentiment", "A late turn"): late_turn,
    ("sentiment", "Slow, then moving"): slow_then_moving,
    ("sentiment", "Unknown words"): unknown_words,
    ("sentiment", "Where it fails"): where_it_fails,
    ("temperature", "One hot day"): one_hot_day,
    ("temperature", "Warmer every day"): warmer_every_day,
    ("temperature", "Heat wave, Seattle 2015"): heat_wave,
    ("temperature", "A cold week"): cold_week,
    ("temperature", "Never seen"): never_seen,
    ("question", "How many"): how_many,
    ("question", "How do"): how_do,
    ("question", "A long wait"): long_wait,
    ("question", "One word decides"): animal_or_city,
    ("question", "Known from the start"): known_from_the_start,
    ("question", "An unknown word"): unknown_name,
    ("python", "Imports"): imports,
    ("python", "A method"): method,
    ("python", "A loop"): loop,
    ("python", "Along the line"): along_the_line,
    ("python", "Where it fails"): no_brackets_counted,
    ("counting", "As many b’s as a’s"): as_many,
    ("counting", "One short"): one_short,
    ("counting", "One too many"): one_too_many,
    ("counting", "Brackets"): matching_brackets,
    ("counting", "Further than it was trained"): further,
    ("counting", "Mixed up"): mixed_up,
    ("adding", "Two of twelve"): two_of_twelve,
    ("adding", "Half of it known"): half_known,
    ("adding", "Long ago"): long_ago,
    ("adding", "No mark"): no_mark,
    ("adding", "Too large"): too_large,
}
EXAMPLES = [(task, example) for task in model_names() for example in TASKS[task].examples]


@pytest.mark.parametrize(("task", "example"), EXAMPLES, ids=[f"{task}: {e.title}" for task, e in EXAMPLES])
def test_an_example_shows_what_it_says(task: str, example: Example) -> None:
    CHECKS[task, example.title](Seen(load_model(task), example.text))


def test_every_check_has_its_example() -> None:
    assert {(task, example.title) for task, example in EXAMPLES} == set(CHECKS)
