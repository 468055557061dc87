"""What is said of a variant is what its seeds did."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_viz.words.variants import AtLength, describe_lstm, describe_variant

SCORES = st.lists(st.sampled_from([0.001, 0.002, 0.01, 0.2]), min_size=5, max_size=5)
HITS = st.lists(st.sampled_from([0.0, 1.0]), min_size=5, max_size=5)


def signs(at: AtLength) -> tuple[int, int]:
    """With how many seeds the cell is better, and worse."""
    gains = (at.lstm - at.own) * (1 if at.is_error else -1)
    return int((gains > 0).sum()), int((gains < 0).sum())


@settings(max_examples=60)
@given(st.booleans(), st.data())
def test_a_verdict_is_the_medians_and_four_of_five_seeds(is_error: bool, data: st.DataObject) -> None:
    drawn = [np.array(data.draw(SCORES if is_error else HITS)) for _ in range(4)]
    lengths = [AtLength(30, drawn[0], drawn[1], is_error), AtLength(60, drawn[2], drawn[3], is_error)]
    verdict, numbers = describe_variant("GRU", "Adding", "numbers", lengths)
    assert verdict.startswith("GRU on Adding: ")
    at_trained, _, at_twice = verdict.partition("trained length")
    for at, said in zip(lengths, (at_trained, at_twice), strict=True):
        better, worse = signs(at)
        middle = np.median if is_error else np.mean
        gain = (middle(at.lstm) - middle(at.own)) * (1 if is_error else -1)
        expected = int(better >= 4 and gain > 0) - int(worse >= 4 and gain < 0)
        assert at.verdict == expected
        shared = verdict if lengths[0].verdict == lengths[1].verdict else said
        if "neither gets to" in shared:
            assert not at.own.any()
            assert not at.lstm.any()
        else:
            assert ("better" in shared, "worse" in shared) == (expected > 0, expected < 0)
        if is_error:
            own, other = np.median(at.own), np.median(at.lstm)
            count, side = (better, "lower") if own < other else (worse, "higher")
            part = f"n {at.length} numbers its median error is {own:.3g} against {other:.3g}"
            assert part in numbers
            assert own == other or f"{part}, {side} with {count} of 5 seeds" in numbers
        else:
            assert f"up to n = {at.length} are right with {at.own.sum():.0f} of 5 seeds" in numbers
    assert ", but " not in verdict or lengths[0].verdict * lengths[1].verdict == -1
    told = describe_lstm("Adding", "numbers", lengths)[1]
    assert all((f"{np.median(at.own):.3g}" if is_error else f"{at.own.sum():.0f} of") in told for at in lengths)
