"""What every example tells the reader to look for is there, in numbers."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from lstm_viz.tasks import TASKS, Example, Model, load_model, model_names

Steps = NDArray[np.float32]
"""A prediction after every step."""


class Seen:
    """An example as the shipped LSTM sees it."""

    def __init__(self, model: Model, text: str) -> None:
        self.model = model
        self.tokens = model.task.tokenize(text)
        self.values = model.predictions(text)

    def of(self, label: str) -> Steps:
        return self.values[:, self.model.labels.index(label)]

    def at(self, token: str, label: str = "positive") -> float:
        return float(self.of(label)[self.tokens.index(token)])

    def change_at(self, token: str, label: str = "positive") -> float:
        place = self.tokens.index(token)
        return float(self.of(label)[place] - self.of(label)[place - 1])

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
    days = seen.model.task.reader.values(seen.tokens)  # type: ignore[attr-defined]
    assert (seen.of("tomorrow")[4:] < days[4:]).all()


def heat_wave(seen: Seen) -> None:
    days = np.array(seen.model.task.reader.values(seen.tokens))  # type: ignore[attr-defined]
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
}
EXAMPLES = [(task, example) for task in model_names() for example in TASKS[task].examples]


@pytest.mark.parametrize(("task", "example"), EXAMPLES, ids=[f"{task}: {e.title}" for task, e in EXAMPLES])
def test_an_example_shows_what_it_says(task: str, example: Example) -> None:
    CHECKS[task, example.title](Seen(load_model(task), example.text))


def test_every_check_has_its_example() -> None:
    assert {(task, example.title) for task, example in EXAMPLES} == set(CHECKS)
