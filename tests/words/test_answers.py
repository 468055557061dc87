"""Every number in a sentence on probabilities of several things is recomputed from the values."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_viz.words import describe_classes, describe_followers, describe_next, given_to_what_came, number
from lstm_viz.words.alike import alike
from lstm_viz.words.answers import LIKELY, probability

TOKENS = [f"w{chr(97 + k)}" for k in range(26)]  # all different, none with a digit
NAMES = ["red", "green", "blue", "grey"]


@st.composite
def shares(draw: st.DrawFn, columns: int = len(NAMES)) -> np.ndarray:
    """Rows of probabilities that add up to one."""
    row = st.lists(st.floats(0.01, 1), min_size=columns, max_size=columns)
    raw = np.array(draw(st.lists(row, min_size=1, max_size=12)))
    return raw / raw.sum(axis=1, keepdims=True)


@given(shares())
def test_classes(values: np.ndarray) -> None:
    labels = TOKENS[: len(values)]
    sentence = describe_classes(values, labels, NAMES)
    order = sorted(range(len(NAMES)), key=lambda k: -values[-1, k])
    first, second = values[-1, order[0]], values[-1, order[1]]
    beside = "about level with" if alike(first, second) else "ahead of"
    end = f"{probability(first)}, {beside} “{NAMES[order[1]]}” ({probability(second)})."
    assert sentence.endswith(end)
    leaders = [int(row.argmax()) for row in values]
    if len(set(leaders)) > 1:
        changes = sum(a != b for a, b in pairwise(leaders))
        times = {1: "once", 2: "twice"}.get(changes, f"{changes} times")
        last = max(k for k in range(1, len(leaders)) if leaders[k] != leaders[k - 1])
        assert sentence.startswith(f"The lead changes {times}: “{NAMES[leaders[-1]]}” has it from “{labels[last]}” on")
    elif len(values) > 1:
        assert sentence.startswith(f"“{NAMES[leaders[-1]]}” leads throughout")
    else:
        assert sentence.startswith(f"After “wa”, the only step, “{NAMES[leaders[-1]]}” is likeliest")


@given(shares(), st.data())
def test_next(values: np.ndarray, data: st.DataObject) -> None:
    steps = len(values)
    came = data.draw(st.lists(st.integers(-1, 3), min_size=steps, max_size=steps))
    sentence = describe_next(values, came, TOKENS[:steps], NAMES)
    foreseen = {step: values[step - 1, came[step]] for step in range(1, steps) if came[step] >= 0}
    order = sorted(range(len(NAMES)), key=lambda k: -values[-1, k])
    first, second = (f"“{NAMES[k]}” ({probability(values[-1, k])})" for k in order[:2])
    level = f"Next, {first} is about as likely as {second}."
    ranked = f"Next, “{NAMES[order[0]]}” is likeliest ({probability(values[-1, order[0]])}), before {second}."
    assert sentence.endswith(level if alike(values[-1, order[0]], values[-1, order[1]]) else ranked)
    if len(foreseen) > 1:
        worst = min(foreseen, key=lambda step: foreseen[step])
        mean = np.mean(list(foreseen.values()))
        bits = np.mean([-np.log2(share) for share in foreseen.values()])
        assert f"given {probability(mean)}, and took {number(bits)} bits" in sentence
        assert f"“{TOKENS[worst]}” ({probability(foreseen[worst])})" in sentence
    elif foreseen:
        ((step, share),) = foreseen.items()
        assert f"“{TOKENS[step]}”, had {probability(share)}." in sentence
    else:
        assert sentence.startswith("Next")


def test_what_was_given_to_what_came_looks_one_step_back() -> None:
    values = np.array([[0.9, 0.1], [0.3, 0.7], [0.5, 0.5]])
    np.testing.assert_array_equal(given_to_what_came(values, [1, 0, -1]), [np.nan, 0.9, np.nan])


def test_a_symbol_that_was_ruled_out_takes_many_bits_not_infinitely_many() -> None:
    sentence = describe_next(np.array([[1.0, 0.0]] * 3), [0, 1, 0], ["a", "b", "c"], ["a", "b"])
    assert "inf" not in sentence
    assert "“b” (0)" in sentence


@given(shares())
def test_followers(values: np.ndarray) -> None:
    labels = TOKENS[: len(values)]
    sentence = describe_followers(values, labels, NAMES)
    assert sentence.startswith(f"After “{labels[-1]}”, ")
    may, _, not_ = sentence.partition(", but not ")
    for name, share in zip(NAMES, values[-1], strict=True):
        if "none of" in sentence:
            assert share < LIKELY
            assert f"“{name}” ({probability(share)})" in sentence
        elif share >= LIKELY:
            assert f"“{name}” may follow ({probability(share)})" in may
        else:
            assert f"“{name}” ({probability(share)})" in not_


def test_all_may_follow() -> None:
    assert describe_followers(np.array([[0.9, 0.75]]), ["a"], ["a", "b"]) == (
        "After “a”, “a” may follow (0.90) and “b” may follow (0.75)."
    )


@given(st.floats(0, 1))
def test_probabilities_say_0_and_1_only_where_that_is_exact(share: float) -> None:
    shown = probability(share)
    assert (shown == "0") == (round(share, 9) == 0)
    assert (shown == "1") == (round(share, 9) == 1)
    if re.fullmatch(r"[\d.]+", shown):
        assert abs(float(shown) - share) <= 0.005 + 1e-9


def test_values_must_fit_their_labels_and_names() -> None:
    with pytest.raises(ValueError, match=r"shape \(2, 3\), expected \(2, 2\): steps by names"):
        describe_classes(np.zeros((2, 3)), ["a", "b"], ["x", "y"])
