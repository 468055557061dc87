"""What is about the same is not ranked, and every number said of several networks is one of theirs."""

import re
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lstm_viz.words import number
from lstm_viz.words.alike import ALIKE, alike, apart, arrow, grouped, moved, told
from lstm_viz.words.lengths import describe_long_answers
from lstm_viz.words.side_by_side import describe_ends, describe_kinds, describe_way

TOKENS = [f"w{chr(97 + k)}" for k in range(26)]  # all different, none with a digit
CELLS = ("LSTM", "GRU", "RNN")

values = st.floats(0, 1) | st.sampled_from([0.5, 0.504, 0.505, 0.549, 0.55, 0.5501, 0.555])
lines = st.integers(1, 8).flatmap(
    lambda steps: st.lists(st.lists(values, min_size=steps, max_size=steps), min_size=2, max_size=3)
)


def shown(value: float) -> float:
    return float(number(value).replace("−", "-").replace(",", ""))


@given(values, values)
def test_a_change_is_told_in_its_direction_and_never_from_a_value_to_itself(before: float, after: float) -> None:
    said, change = moved(before, after), shown(after) - shown(before)
    assert ("rises" in said) == (change > ALIKE + 1e-9)
    assert ("falls" in said) == (change < -ALIKE - 1e-9)
    assert ("hardly" in said) == (0 < abs(change) <= ALIKE + 1e-9)
    assert ("stays at" in said) == (change == 0)
    assert said.count(number(after)) >= 1
    assert ("→" in arrow(before, after)) == (number(before) != number(after))
    assert abs(apart(before, after) - abs(change)) < 1e-9


@given(st.dictionaries(st.sampled_from([*CELLS, "Peepholes"]), values, min_size=1))
def test_nothing_is_ranked_within_the_tolerance(ends: dict[str, float]) -> None:
    groups = grouped(ends)
    assert sorted(name for group in groups for name in group) == sorted(ends)
    for upper, lower in pairwise(groups):
        assert not alike(min(upper.values()), max(lower.values()))
        assert min(upper.values()) > max(lower.values())
    for group in groups:
        assert list(group) == [name for name in ends if name in group], "in the order given"
        assert all(alike(a, b) for a, b in pairwise(sorted(group.values())))
    said = told(ends)
    assert all(f"{name} {number(value)}" in said for name, value in ends.items())
    for part, group in zip(said.split("; "), groups, strict=True):
        spread = apart(min(group.values()), max(group.values()))
        assert ("about the same" in part) == (len(group) > 1 and 0 < spread <= ALIKE + 1e-9)
        assert ("close together" in part) == (spread > ALIKE + 1e-9)
    assert describe_ends(ends, "P") == f"At the end, P: {said}."


@given(lines)
def test_where_answers_differ_most(drawn: list[list[float]]) -> None:
    said = {cell: np.array(line) for cell, line in zip(CELLS, drawn, strict=False)}
    labels = TOKENS[: len(drawn[0])]
    sentence, gaps = describe_way(said, labels), np.ptp(np.array(drawn), axis=0)
    step = int(gaps.argmax())
    if len(labels) == 1:
        assert not sentence
    elif alike(min(line[step] for line in drawn), max(line[step] for line in drawn)):
        shown = max(apart(min(column), max(column)) for column in zip(*drawn, strict=True))
        said_apart = f"about the same, at most {number(shown)} apart" if shown else "the same"
        assert sentence == f"At every step they are {said_apart}."
        assert all(apart(min(column), max(column)) <= ALIKE + 0.011 for column in zip(*drawn, strict=True))
    elif step == len(labels) - 1:
        assert sentence == "Nowhere do they differ more."
    else:
        assert f"most at “{labels[step]}”: {told({cell: line[step] for cell, line in said.items()})}" in sentence


@given(st.lists(st.lists(st.floats(0.01, 1), min_size=3, max_size=3), min_size=2, max_size=3))
def test_a_network_between_two_classes_wavers(drawn: list[list[float]]) -> None:
    ends = {cell: np.array(row) / sum(row) for cell, row in zip(CELLS, drawn, strict=False)}
    names = ["red", "green", "blue"]
    said = describe_kinds(ends, names)
    for cell, row in ends.items():
        second, first = sorted(row)[-2:]
        leader = names[int(row.argmax())]
        if alike(first, second):
            assert re.search(rf"the {cell} wavers between “\w+” .*and “\w+”", said)
        else:
            assert f"the {cell} says “{leader}”" in said or said.startswith(f"All end with “{leader}”: ")


@given(lines)
def test_long_answers_are_judged_by_their_end_first(drawn: list[list[float]]) -> None:
    right, limit = np.array(drawn[0]), 0.1
    for line in drawn[1:]:
        said = describe_long_answers({"GRU": np.array(line)}, right, limit)
        wrong = [k for k, (one, other) in enumerate(zip(line, right, strict=True)) if abs(one - other) > limit]
        last = len(line) - 1
        assert said.startswith(f"GRU ends at {number(line[-1])}, {'wrong' if last in wrong else 'right'}")
        if not wrong:
            assert "never off" in said
        elif last not in wrong:
            assert f"at {len(wrong)} of {len(line)} steps, the last of them step {wrong[-1]}." in said
        else:
            since = next(k for k in range(len(line)) if all(each in wrong for each in range(k, len(line))))
            where = "at the last step only" if since == last else f"from step {since} on" if since else "throughout"
            assert said.endswith(f"{where}.")
