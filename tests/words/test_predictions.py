"""What is said of a prediction, against the numbers worked out anew."""

import math
import re
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lstm_viz.words.alike import ALIKE
from lstm_viz.words.predictions import (
    Scale,
    describe_choice,
    describe_drawing,
    describe_number,
    describe_place,
    furthest,
)

UNIT = Scale(0, 1)
FACTORS = Scale(1e-6, 1, log=True)
shares = st.integers(0, 100).map(lambda each: each / 100)
curves = st.integers(2, 12).flatmap(
    lambda steps: st.tuples(
        st.lists(st.none() | shares, min_size=steps, max_size=steps), st.lists(shares, min_size=steps, max_size=steps)
    )
)


def numbers(said: str) -> list[float]:
    return [float(each.replace("−", "-")) for each in re.findall(r"−?\d+\.\d+", said)]


@given(shares, shares)
def test_a_number_is_told_with_both_values_and_what_lies_between(guess: float, truth: float) -> None:
    right, gap, said = describe_number(guess, truth, "forget gate", UNIT)
    away = round(abs(guess - truth), 2)
    assert gap == pytest.approx(away)
    assert right == (away <= ALIKE + 1e-9)
    if guess == truth:
        assert said == f"As you said, the forget gate is {truth:.2f}."
    elif right:
        assert numbers(said) == [guess, truth]
        assert said.endswith("about the same.")
    else:
        assert numbers(said) == [guess, truth, away]
        assert said.endswith("higher." if truth > guess else "lower.")


@given(curves)
def test_a_drawing_is_told_by_its_mean_distance_its_furthest_place_and_the_largest_move(
    given_curves: tuple[list[float | None], list[float]],
) -> None:
    drawn, truth = given_curves
    assume(any(each is not None for each in drawn))
    labels = [f"t{k}" for k in range(len(drawn))]
    both = [(k, a, b) for k, (a, b) in enumerate(zip(drawn, truth, strict=True)) if a is not None]
    away = [abs(a - b) for _, a, b in both]
    mean = sum(away) / len(away)
    right, gap, said = describe_drawing(drawn, truth, labels, UNIT)
    assert right is None
    assert gap == pytest.approx(mean)
    if max(away) <= ALIKE + 1e-9:
        assert f"nowhere further from it than {max(away):.2f}." in said
    else:
        step, mine, so = next(each for each, far in zip(both, away, strict=True) if far > max(away) - 1e-12)
        assert f"furthest at “t{step}”: you drew {mine:.2f}, it is {so:.2f}." in said
        assert numbers(said)[0] == pytest.approx(mean, abs=0.00501)
        assert furthest(drawn, truth, UNIT) == step
    left = sum(each is None for each in drawn)
    assert (f"{left} of the {len(drawn)} steps" in said) == bool(left)
    moves = [abs(b - a) for a, b in pairwise(truth)]
    step = moves.index(max(moves)) + 1
    own, then = drawn[step - 1], drawn[step]
    ties = sum(each > max(moves) - 1e-9 for each in moves)
    if ties > 1:
        return  # which of several is told is no matter
    if max(moves) <= ALIKE + 1e-9 or own is None or then is None:
        assert "largest move" not in said
    elif abs(then - own) <= ALIKE + 1e-9:
        assert said.count("hardly shows in yours") == 1
    else:
        way = {True: "rise", False: "fall"}
        told = f"the {way[truth[step] > truth[step - 1]]} from {truth[step - 1]:.2f} to {truth[step]:.2f} at “t{step}”"
        assert told in said
        assert f"is a {way[then > own]} in yours" in said


def test_factors_are_told_where_the_axis_is_one_of_factors() -> None:
    told = describe_number(3e-4, 2.4e-7, "gradient", FACTORS)
    assert told.gap == pytest.approx(1250)
    assert told.said == "You said 3×10⁻⁴; the gradient is 2.4×10⁻⁷, lower by a factor of 1,200."
    drawing = describe_drawing([1e-1, 1e-2], [1e-2, 1e-4], ["10", "20"], FACTORS, axis="length")
    assert drawing.gap == pytest.approx(10**1.5)
    assert "a factor of 32 on average, furthest at length 20: you drew 0.01, it is 1×10⁻⁴." in drawing.said


def test_a_place_and_a_choice_name_what_was_chosen_and_what_is_so() -> None:
    labels = ["a", "film", "but", "a"]
    assert describe_place(3, [1, 2], "the token", labels) == (
        False, 1.0, "You chose the “a” of step 3. “film” or “but” is the token."
    )  # fmt: skip
    assert describe_place(0, [2], "the token", labels).said.endswith("“but” is the token, two steps later.")
    assert describe_place(4, [9], "the unit", None) == (False, None, "You chose unit 4. Unit 9 is the unit.")
    assert describe_choice(["a", "b"], 1, 1).right
    assert describe_choice(["“a”", "“b”"], 0, 1) == (False, None, "You chose “a”; the answer is “b”.")


def test_a_drawing_that_cannot_be_compared_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="a curve over 2 steps has a value for each; 1 were drawn"):
        describe_drawing([0.5], [0.5], ["a", "b"], UNIT)
    with pytest.raises(ValueError, match="nothing was drawn"):
        describe_drawing([None, None], [0.5, 0.5], ["a", "b"], UNIT)


@given(st.floats(-100, 100, allow_nan=False))
def test_no_value_is_written_with_a_hyphen_or_as_a_negative_zero(value: float) -> None:
    shown = Scale(-100, 100, decimals=1).shown(value)
    assert "-" not in shown
    assert shown != "−0.0"
    assert math.isclose(float(shown.replace("−", "-")), value, abs_tol=0.0501)
