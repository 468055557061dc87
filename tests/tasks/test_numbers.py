import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_viz.tasks.adding import READER as MARKED
from lstm_viz.tasks.readers.numbers import MOST, Unit
from lstm_viz.tasks.temperature import FAHRENHEIT
from lstm_viz.tasks.temperature import READER as PLAIN
from tests.tasks.reading import tokens_of


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("1, 2.5 3\n4;5", ["1", "2.5", "3", "4", "5"]),
        ("", []),
        (" \n , ; ", []),
        ("−1.5 -2 +3 .5 4.", ["-1.5", "-2", "3", "0.5", "4"]),
        ("12 °C, 12°C, 12 C 12C", ["12"] * 4),
        ("50 °F, 32F", ["10", "0"]),
        ("temp\n3\n4", ["3", "4"]),
        ("date,temp\n2015-01-01,3\n2015-01-02,4.5", ["3", "4.5"]),
        ("1e1", ["10"]),
    ],
)
def test_numbers_are_read_however_they_are_separated(text: str, tokens: list[str]) -> None:
    assert tokens_of(PLAIN, text) == tokens


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1\n2\nabc", "line 3: 'abc' is not a number"),
        ("1\n\nnan", "line 3: 'nan' is not a number"),
        ("inf", "line 1: 'inf' is not a number"),
        ("1e99", "line 1: '1e99' is too large; numbers between ±1,000,000 can be read"),
        ("9" * 400, "line 1: '9999999999999999999…' is too large; numbers between ±1,000,000 can be read"),
        ("4 K", "line 1: '4K' has a unit that is not known here; use C or F"),
        ("0.5*", "line 1: '0.5*' is marked, but this task has no marks"),
        ("date,temp\n2015-01-01,3\n2015-01-02", "line 3: 1 columns, but the first row has 2"),
        ("low,high\n1,2", "line 2: 2 columns of numbers; paste the one to use"),
        ("x" * 99, "line 1: 'xxxxxxxxxxxxxxxxxxx…' is not a number"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        tokens_of(PLAIN, text)


def test_marks_are_read_and_reach_the_network() -> None:
    tokens = tokens_of(MARKED, "0.31, 0.52*, 0.1*")
    assert tokens == ["0.31", "0.52*", "0.1*"]
    assert MARKED.marked(tokens) == [1, 2]
    np.testing.assert_allclose(MARKED.encode(tokens, ()), [[0.31, 0], [0.52, 1], [0.1, 1]], atol=1e-6)


@given(st.lists(st.tuples(st.floats(-MOST, MOST).map(lambda x: round(x, 2)), st.booleans()), max_size=30))
def test_numbers_survive_being_written_and_read_again(numbers: list[tuple[float, bool]]) -> None:
    values = [value for value, _ in numbers]
    marked = [place for place, (_, mark) in enumerate(numbers) if mark]
    tokens = tokens_of(MARKED, MARKED.text(values, marked))
    np.testing.assert_allclose(MARKED.values(tokens), values, rtol=1e-5)
    assert MARKED.marked(tokens) == marked


@given(st.text())
def test_any_text_is_read_or_refused_with_a_line(text: str) -> None:
    try:
        tokens_of(PLAIN, text)
    except ValueError as error:
        assert str(error).startswith("line ")  # noqa: PT017 - either way is right


def test_temperatures_are_scaled_and_converted() -> None:
    values = np.array([-3.0, 20.0])
    np.testing.assert_allclose(PLAIN.unscale(PLAIN.scale(values)), values)
    assert FAHRENHEIT.write(100) == 212
    assert FAHRENHEIT(FAHRENHEIT.write(-40)) == pytest.approx(-40)


def test_a_unit_stays_the_same_whichever_is_the_tasks_own() -> None:
    assert FAHRENHEIT.within(FAHRENHEIT) == Unit()
    celsius = Unit().within(FAHRENHEIT)
    assert celsius(100) == pytest.approx(212)
    assert celsius.within(celsius) == Unit()


def test_numbers_outside_the_training_range_are_flagged() -> None:
    assert PLAIN.unknown(["-5", "0", "10", "11"], (0.0, 10.0)) == [True, False, False, True]
