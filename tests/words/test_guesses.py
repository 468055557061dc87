"""Every number in a sentence on guessed numbers is recomputed from the values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_viz.words import describe_forecast, describe_sum, number

TOKENS = [f"w{chr(97 + k)}" for k in range(26)]
pairs = st.lists(st.tuples(st.floats(-40, 60), st.floats(-40, 60)), min_size=1, max_size=15)


@given(pairs, st.lists(st.floats(-40, 60), min_size=1, max_size=9))
def test_forecasts(values: list[tuple[float, float]], ahead: list[float]) -> None:
    guesses, actual = np.array(values).T
    labels = TOKENS[: len(values)]
    sentence = describe_forecast(guesses, actual, ahead, labels, unit="°C", noun="day")
    end = f" and {number(ahead[-1])} °C after {len(ahead)} days" if len(ahead) > 1 else ""
    assert sentence.endswith(f"From “{labels[-1]}”, the forecast runs to {number(ahead[0])} °C in a day{end}.")
    if len(values) > 1:
        missed = np.mean([abs(guesses[k] - actual[k + 1]) for k in range(len(values) - 1)])
        still = np.mean([abs(actual[k] - actual[k + 1]) for k in range(len(values) - 1)])
        assert f" by {number(missed)} °C; “as the day before” by {number(still)} °C." in sentence
        assert ("on average" in sentence) == (len(values) > 2)


@given(pairs, st.data())
def test_sums(values: list[tuple[float, float]], data: st.DataObject) -> None:
    guesses, actual = np.array(values).T
    marked = sorted(data.draw(st.sets(st.integers(0, len(values) - 1), max_size=3)))
    labels = TOKENS[: len(values)]
    sentence = describe_sum(guesses, actual, marked, labels)
    assert f"the last guess is {number(guesses[-1])}" in sentence
    assert ("No number is marked" in sentence) == (not marked)
    if marked:
        total = sum(actual[step] for step in marked)
        assert f" {number(total)}; " in sentence
        first, last = (float(number(value).replace("−", "-").replace(",", "")) for value in (guesses[-1], total))
        assert f"off by {number(abs(first - last))}." in sentence
    for step in marked:
        if step:
            assert f"{number(guesses[step] - guesses[step - 1])} at “{labels[step]}”" in sentence


def test_lengths_must_agree() -> None:
    with pytest.raises(ValueError, match=r"expected \(2,\)"):
        describe_forecast(np.zeros(3), np.zeros(2), [1.0], ["a", "b"])
    with pytest.raises(ValueError, match=r"expected \(2,\)"):
        describe_sum(np.zeros(2), np.zeros(3), [], ["a", "b"])
