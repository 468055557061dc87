"""What is remembered: the last that fits, for as long as its owner is there."""

import gc
import random
from concurrent.futures import ThreadPoolExecutor

from lstm_viz.sources import shipped
from lstm_viz.sources.remembered import Remembered
from lstm_viz.sources.source import RUNS


class Owner:
    """Something that goes."""


def twice_over(word: str) -> str:
    return word * 2


def many(number: int) -> list[int]:
    return [number] * (number % 7)


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    made: list[str] = []

    def make(word: str) -> str:
        made.append(word)
        return word.upper()

    memory, owner = Remembered(6), Owner()
    remembering = memory.by(owner, make, len)
    asked = ["abc", "de", "abc", "fg", "de", "abc"]
    assert [remembering(word) for word in asked] == [word.upper() for word in asked]
    assert made == ["abc", "de", "fg", "de", "abc"]
    assert memory.size <= memory.most


def test_what_is_larger_than_all_that_fits_is_given_and_not_kept() -> None:
    memory, owner = Remembered(3), Owner()
    remembering = memory.by(owner, twice_over, len)
    assert remembering("ab") == "abab"
    assert memory.size == 0


def test_functions_share_the_room_and_not_what_they_gave() -> None:
    memory, owner = Remembered(6), Owner()
    upper, twice = memory.by(owner, str.upper, len), memory.by(owner, twice_over, len)
    assert (upper("ab"), twice("ab"), upper("ab")) == ("AB", "abab", "AB")
    assert memory.size == 6


def test_what_an_owner_had_made_goes_with_it() -> None:
    memory, one, other = Remembered(100), Owner(), Owner()
    memory.by(one, str.upper, len)("abc")
    of_other = memory.by(other, str.upper, len)
    of_other("de")
    del one
    gc.collect()
    of_other("f")
    assert memory.size == 3


def test_many_at_once_get_what_they_ask_for() -> None:
    memory, owner = Remembered(50), Owner()
    remembering = memory.by(owner, many, len)

    def ask(seed: int) -> bool:
        chance = random.Random(seed)
        numbers = [chance.randrange(40) for _ in range(2000)]
        return all(remembering(number) == many(number) for number in numbers)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(8)))
    assert memory.size <= memory.most
    assert memory.size == sum(size for _, size in memory._kept.values())


def test_a_run_is_made_once_and_counts_with_all_its_arrays() -> None:
    source, before = shipped("sentiment"), RUNS.size
    tokens = ("a", "film", "that", "nobody", "else", "would", "remember")
    run = source.run(tokens)
    assert source.run(tokens) is run
    assert RUNS.size - before == run.inputs.nbytes + sum(
        run.layers[0][name].nbytes for name in run.layers[0].quantities
    )
