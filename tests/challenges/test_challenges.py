"""What is asked of one unit can be done, is not done by zeros, and is missed where one weight is off."""

import numpy as np
import pytest

from lstm_viz.challenges import CHALLENGES, LATCH, Challenge, judge
from lstm_viz.challenges.challenge import LARGEST, LONGEST
from lstm_viz.challenges.judging import unit_of
from lstm_viz.challenges.sequences import inputs_of, tokens

each_challenge = pytest.mark.parametrize("challenge", CHALLENGES.values(), ids=lambda each: each.name)


@each_challenge
def test_the_solution_solves_it_and_zeros_do_not(challenge: Challenge) -> None:
    assert judge(challenge, challenge.solved).solved
    assert challenge.count == 4 * (len(challenge.inputs) + 1 + 1)
    nothing = judge(challenge, challenge.zeros)
    assert not nothing.solved
    assert nothing.misses


@each_challenge
def test_the_solution_can_be_set_by_hand(challenge: Challenge) -> None:
    """It lies within the sliders, on their steps, with room around it: a little to either side still does."""
    solved = challenge.solved
    assert np.abs(solved).max() <= LARGEST
    np.testing.assert_allclose(solved, solved.round(1))
    for place in zip(*np.nonzero(np.abs(solved) >= 5), strict=True):
        for change in (-0.5, 0.5):
            moved = solved.copy()
            moved[place] += change
            assert judge(challenge, moved).solved, (challenge.name, place, change)


@each_challenge
def test_every_weight_of_the_solution_matters(challenge: Challenge) -> None:
    """Any one of them at 0 fails somewhere, at a step and by an amount that are told."""
    for place in zip(*np.nonzero(challenge.solved), strict=True):
        without = challenge.solved.copy()
        without[place] = 0
        found = judge(challenge, without)
        assert not found.solved, (challenge.name, place)
        miss = found.misses[0]
        trial = challenge.trials[miss.trial]
        assert trial.asked[miss.step]
        assert not miss.low <= miss.value <= miss.high


def test_a_latch_that_leaks_holds_for_some_steps() -> None:
    leaky = LATCH.solved.copy()
    forget = LATCH.rows.index("forget_gate")
    leaky[forget, -1] = 4
    held = judge(LATCH, leaky).held
    # With the forget gate at σ(4) a bit is σ(4)ⁿ after n steps, and shown as tanh of that.
    kept = 1 / (1 + np.exp(-4))
    expected = np.log(np.arctanh(0.5)) / np.log(kept)
    assert 0 < held < LATCH.hold
    assert abs(held - expected) <= 2


@each_challenge
def test_its_trials_are_written_as_a_reader_would(challenge: Challenge) -> None:
    for trial in challenge.trials:
        found = tokens(challenge, trial.text, LONGEST)
        inputs, problem = inputs_of(challenge, found)
        assert not problem
        np.testing.assert_allclose(inputs, trial.inputs)
        np.testing.assert_array_equal(challenge.wants(inputs), (trial.low, trial.high))
    assert tokens(challenge, challenge.first, LONGEST)
    assert len({trial.name for trial in challenge.trials}) == len(challenge.trials)
    assert not inputs_of(challenge, [])[0].size


def test_what_cannot_be_read_is_told() -> None:
    inputs, problem = inputs_of(LATCH, tokens(LATCH, "1, zwei* −1*  7", LONGEST))
    assert inputs.tolist() == [[1, 0], [0, 0], [-1, 1], [1, 0]]
    assert problem == "zwei*"
    with pytest.raises(ValueError, match="16 in all"):
        unit_of(LATCH, np.zeros((4, 3)))
