"""A part of `python -m benchmarks fuzz_files`: damaged files are read or refused, and nothing else; none takes long.

Those of Keras are left to it: each is read in a process of its own.
"""

import pytest
from torch import nn

from benchmarks.fuzz_files import measured, memory, seeds
from lstm_viz.files import read_file
from tests.files.making import pytorch, safetensors
from tests.fuzz.mutated_bytes import mutated

FILES = 200


@pytest.fixture(scope="module")
def good() -> dict[str, list[bytes]]:
    return seeds(keras=False)


@pytest.mark.filterwarnings("ignore")  # a process that reads files does not take warnings for errors
def test_damaged_files_are_read_or_refused(good: dict[str, list[bytes]]) -> None:
    came: dict[str, set[str]] = {}
    for number in range(FILES):
        format, content = mutated(number, good)
        outcome, seconds, _ = measured(content)
        assert outcome in ("read", "refused"), (number, format, outcome)
        assert seconds < 5, (number, format)
        came.setdefault(format, set()).add(outcome)
    assert came == {format: {"read", "refused"} for format in good}


def test_a_number_always_stands_for_the_same_damage(good: dict[str, list[bytes]]) -> None:
    assert [mutated(number, good) for number in range(30)] == [mutated(number, good) for number in range(30)]
    assert len({content for _, content in (mutated(number, good) for number in range(30))}) == 30


def test_what_goes_wrong_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    content = safetensors(nn.LSTM(2, 3).state_dict())
    assert measured(content)[0] == "read"
    for problem in (KeyError("a"), ValueError("two\nlines"), RecursionError()):

        def wrong(*_: object, problem: Exception = problem) -> None:
            raise problem

        monkeypatch.setattr("benchmarks.fuzz_files.read_file", wrong)
        assert measured(content)[0] not in ("read", "refused")


@pytest.mark.skipif(not memory("VmHWM"), reason="the system does not say how much memory a process took")
def test_reading_takes_less_than_three_times_the_file() -> None:
    weights = nn.LSTM(400, 400, 2).state_dict()
    halves = {name: part.half() for name, part in weights.items()}
    shares = []
    for content in (
        *(safetensors(weights), pytorch(weights), pytorch(weights, old=True)),
        *(safetensors(halves), pytorch(halves)),
    ):
        read_file("warm", pytorch(nn.LSTM(2, 2).state_dict()))
        outcome, _, took = measured(content)
        assert outcome == "read"
        shares.append(took / len(content))
    # Memory that was freed before and is taken again does not show.
    assert 0.5 < max(shares) < 3, shares
