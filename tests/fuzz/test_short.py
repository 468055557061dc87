"""A short part of ``python -m tests.fuzz``, and that it notices what goes wrong."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.fuzz.reducing import reduced
from tests.fuzz.surface import Case, Surface
from tests.fuzz.surfaces import SURFACES
from tests.fuzz.surfaces.messages import PAGES, Messages
from tests.fuzz.surfaces.models import Models
from tests.fuzz.trying import REFUSED, TAKEN, drawn, outcome_of, tried

SEED = 15
CASES = {
    "links": 120,
    "views": 200,
    "editors": 150,
    "models": 150,
    "trainings": 80,
    "lessons": 6,
    "references": 100,
    "rooms": 100,
    "steering": 100,
    "served": 100,
    "headers": 150,
    "actions": 120,
    "messages": 25,
}
"""How many of each; the whole of it is a command."""
FEW = [each for each in PAGES if each[0] in ("gates_over_time", "start_here", "watch_it_learn")]
"""Pages that are opened here, one of each kind."""
SHORT: dict[str, Callable[[], Surface]] = {"messages": lambda: Messages(FEW), "models": lambda: Models(keras=False)}
"""Keras is slow to import, and each of its files is read in a process of its own."""


@pytest.mark.filterwarnings("ignore")  # a process that tries cases does not take warnings for errors
@pytest.mark.parametrize("name", SURFACES)
def test_nothing_but_a_sentence_comes_of_an_input(name: str) -> None:
    surface = SHORT.get(name, SURFACES[name])()
    surface.begin()
    try:
        for number in range(CASES[name]):
            case = drawn(surface, name, number, SEED)
            assert outcome_of(surface, case.given) in (TAKEN, REFUSED), (name, number, case)
    finally:
        surface.end()


@pytest.mark.parametrize("name", SURFACES)
def test_a_number_always_stands_for_the_same_case(name: str) -> None:
    make = SHORT.get(name, SURFACES[name])
    one, other = make(), make()
    cases = [repr(drawn(one, name, number, SEED)) for number in range(20)]
    assert cases == [repr(drawn(other, name, number, SEED)) for number in range(20)]
    assert len(set(cases)) > 10


class Wrong(Surface):
    """One in which everything goes wrong."""

    title = "wrong"

    def __init__(self, what: str) -> None:
        self.what, self.now = what, 0.0

    def case(self, draw: random.Random) -> Case:
        return Case("", "abcdefgh")

    def attempt(self, given: Any) -> str:
        self.now += 3.0
        if self.what == "raises" and "e" in given:
            raise KeyError(given)
        return "x" * 2000 if self.what == "babbles" else ""

    def clock(self) -> float:
        return self.now if self.what == "hangs" else 0.0


@pytest.mark.parametrize(
    ("what", "said"), [("raises", "KeyError"), ("babbles", "no sentence"), ("hangs", "took 3.0 s")]
)
def test_what_goes_wrong_is_noticed(what: str, said: str) -> None:
    surface = Wrong(what)
    found = tried(surface, 0, drawn(surface, "wrong", 0, SEED))
    assert found.wrong
    assert said in found.outcome


def test_what_fails_is_made_small() -> None:
    assert reduced("abcdefgh", lambda text: "e" in text) == "e"
    assert reduced(b"abcdefgh", lambda text: b"e" in text) == b"e"
    given = {"page": "a", "said": [[1, {"x": "long", "y": [2, 3]}], "more"]}
    assert reduced(given, lambda value: 3 in value["said"][0][1]["y"] if _has(value) else False) == {
        "said": [[None, {"y": [3]}]]
    }


def _has(value: Any) -> bool:
    try:
        return isinstance(value["said"][0][1]["y"], list)
    except (KeyError, IndexError, TypeError):
        return False
