"""What is read from a file computes what wrote it computes: a part of ``python -m benchmarks formats``."""

import random

import pytest

from benchmarks.formats import FORMATS, MOST, difference


@pytest.mark.parametrize("format", FORMATS)
def test_hidden_states_are_the_writers(format: str) -> None:
    for seed in range(3):
        made = FORMATS[format](random.Random(f"{format} {seed}"))
        assert difference(format, made) <= MOST, made.said
