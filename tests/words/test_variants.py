"""What is said of a variant is what its seeds did."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_viz.words.variants import BesideLSTM, describe_counts, describe_errors, describe_lstm

ERRORS = st.lists(st.sampled_from([0.001, 0.002, 0.01, 0.2]), min_size=5, max_size=5).map(np.array)
COUNTS = st.lists(st.sampled_from([0.0, 9.0, 10.0, 13.0, 20.0, 31.0]), min_size=5, max_size=5).map(np.array)
WORDS = {1: ("better",), -1: ("worse",), 0: ("no clear difference",)}


def settled(gains: np.ndarray, middle: float) -> int:
    """1, −1 or 0: the median, the mean and four of five seeds, or nothing; above 0 is better."""
    better = min(middle, gains.mean()) > 0 and (gains > 0).sum() >= 4
    worse = max(middle, gains.mean()) < 0 and (gains < 0).sum() >= 4
    return int(better) - int(worse)


def test_a_cell_that_fails_with_one_seed_is_not_better_by_its_median() -> None:
    steady, fails = np.array([0.003, 0.003, 0.002, 0.003, 0.004]), np.array([0.001, 0.001, 0.001, 0.001, 0.2])
    beside = BesideLSTM(fails, steady, lower_is_better=True)
    assert beside.verdict == 0
    assert beside.told() == "0.001 against 0.003, lower with 4 of 5 seeds, yet its mean is 0.0408 against 0.003"
    assert BesideLSTM(steady, fails, lower_is_better=True).verdict == 0


@settings(max_examples=40)
@given(ERRORS, ERRORS, ERRORS, ERRORS)
def test_errors_are_better_or_worse_by_median_and_seeds(
    own: np.ndarray, lstm: np.ndarray, own_twice: np.ndarray, lstm_twice: np.ndarray
) -> None:
    errors = {30: BesideLSTM(own, lstm, True), 60: BesideLSTM(own_twice, lstm_twice, True)}
    verdict, numbers = describe_errors("GRU", "Adding", errors)
    first, _, second = verdict.removeprefix("GRU on Adding: ").partition("the trained length")
    expected = [
        settled(mine - other, float(np.median(mine) - np.median(other)))
        for mine, other in ((-own, -lstm), (-own_twice, -lstm_twice))
    ]
    assert [each.verdict for each in errors.values()] == expected
    assert all(word in first for word in WORDS[expected[0]])
    if expected[0] == expected[1]:
        assert second in (" and at twice that.", " or at twice that.")
    else:
        assert all(word in second for word in WORDS[expected[1]])
        assert ("but" in second) == (0 not in expected)
    for length, each in errors.items():
        mine, other = float(np.median(each.own)), float(np.median(each.lstm))
        if mine == other:
            assert f"n {length} numbers its median error is {mine:.3g}, as the LSTM's" in numbers
            continue
        count, side = (
            ((each.own < each.lstm).sum(), "lower") if mine < other else ((each.own > each.lstm).sum(), "higher")
        )
        told = f"its median error is {mine:.3g} against {other:.3g}, {side} with {count} of 5 seeds"
        assert f"n {length} numbers {told}" in numbers
    alone = describe_lstm("Adding", errors)[1]
    assert f"On 30 numbers, the trained length, its median error is {np.median(own):.3g};" in alone
    assert f"on 60 numbers, twice that, its median error is {np.median(own_twice):.3g}." in alone


@settings(max_examples=40)
@given(COUNTS, COUNTS)
def test_counting_is_further_or_less_far_by_median_and_seeds(own: np.ndarray, lstm: np.ndarray) -> None:
    longest = BesideLSTM(own, lstm, False)
    verdict, numbers = describe_counts("GRU", "Counting", longest, (10, 20))
    expected = settled(own - lstm, float(np.median(own) - np.median(lstm)))
    assert ("counts further" in verdict, "counts less far" in verdict) == (expected > 0, expected < 0)
    assert f"Its median longest n is {np.median(own):.3g}" in numbers
    assert f"{(own >= 10).sum()} of 5 seeds get to the trained n, 10 (the LSTM: {(lstm >= 10).sum()})" in numbers
    assert f"{(own >= 20).sum()} of 5 seeds get to twice that, 20 (the LSTM: {(lstm >= 20).sum()})." in numbers
    hits = {n: BesideLSTM((own >= n).astype(float), (lstm >= n).astype(float), False) for n in (10, 20)}
    assert f"{(own >= 10).sum()} of 5 seeds are right up to n = 10, the trained length" in describe_lstm("C", hits)[1]
