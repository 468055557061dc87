"""Sentences on saturated and held gates."""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lstm_viz import Clamp
from lstm_viz.analysis.saturation import GateSaturation, gate_saturation
from lstm_viz.cells import LSTM
from lstm_viz.words import describe_clamps, describe_saturation
from lstm_viz.words.phrases import percent
from tests.analysis.examples import random_trace


@given(st.integers(2, 20), st.integers(2, 9), st.integers(0, 99))
def test_numbers_on_saturation(steps: int, units: int, seed: int) -> None:
    layer = random_trace("lstm", steps, units, seed).layers[0]
    for gate in gate_saturation(layer):
        values = layer[gate.gate]
        shut, opened = (values < 0.1).mean(axis=0), (values > 0.9).mean(axis=0)
        sentence = describe_saturation(layer.definition, gate)
        assert (
            f"{percent((values < 0.1).mean())} of all {layer.definition[gate.gate].label} values are below 0.1".lower()
            in sentence.lower()
        )
        assert f"{percent((values > 0.9).mean())} above 0.9." in sentence
        counts = re.match(r"(\d+) of (\d+) [a-z-]+ units (?:is|are) shut .* and (\d+) (?:is|are) open", sentence)
        expected = ((shut > 0.5).sum(), (opened > 0.5).sum())
        if counts is None:
            assert sentence.startswith("No unit’s")
            assert expected == (0, 0)
            continue
        assert (int(counts[1]), int(counts[2]), int(counts[3])) == (expected[0], units, expected[1])
        for word, shares in (("shut", shut), ("open", opened)):
            longest = re.search(rf"{word} longest (is unit|are) (.*?) \((.*?) of the steps\)", sentence, re.IGNORECASE)
            assert (longest is None) == (not (shares > 0.5).any())
            if longest is not None:
                first = np.flatnonzero(shares == shares.max())
                assert (longest[1] == "is unit") == (len(first) == 1)
                assert longest[3] == percent(shares.max())
                assert longest[2].startswith(f"{len(first)} units") or str(first[0]) in longest[2]


def saturation(shut: list[float], opened: list[float], steps: int = 10) -> GateSaturation:
    return GateSaturation("input_gate", steps, np.array(shut), np.array(opened))


def test_grammar_of_saturation() -> None:
    assert describe_saturation(LSTM, saturation([0.9, 0.0, 0.0], [0.0, 0.0, 0.6])) == (
        "1 of 3 input-gate units is shut (below 0.1) for more than half the time and 1 is open (above 0.9). "
        "Shut longest is unit 0 (90% of the steps) and open longest is unit 2 (60% of the steps). "
        "30% of all input gate values are below 0.1, 20% above 0.9."
    )
    assert "Open longest are units 0 and 2 (100% of the steps)." in describe_saturation(
        LSTM, saturation([0.0, 0.0, 0.0], [1.0, 0.6, 1.0])
    )
    assert describe_saturation(LSTM, saturation([0.5, 0.0], [0.0, 0.0])) == (
        "No unit’s input gate is below 0.1, or above 0.9, for more than half the time; "
        "25% of all input gate values are below 0.1, 0% above 0.9."
    )
    assert describe_saturation(LSTM, saturation([0.4], [0.2])) == (
        "The input gate of the only unit is below 0.1 at 40% of the steps and above 0.9 at 20%."
    )
    assert describe_saturation(LSTM, saturation([1.0, 0.0], [0.0, 1.0], steps=1)) == (
        "At the only step, 1 of 2 input gates is below 0.1 and 1 above 0.9."
    )


def test_held_gates() -> None:
    labels = ["a", "good", "film"]

    def sentence(clamp: Clamp) -> str:
        return describe_clamps([clamp], LSTM, labels, 8)

    assert sentence(Clamp("forget_gate", 1)) == "The forget gate is held at 1.00 in all units, at every step."
    assert (
        sentence(Clamp("candidate", -0.5, units=3, steps=1)) == "The candidate is held at −0.50 in unit 3, at “good”."
    )
    assert sentence(Clamp("input_gate", 0, units=slice(2, 6), steps=[0, 2])) == (
        "The input gate is held at 0.00 in units 2–5, at steps 0 and 2."
    )
    assert sentence(Clamp("input_gate", 0, units=[0, 2, 4, 6, 7])).endswith("in 5 units, at every step.")
    assert sentence(Clamp("input_gate", 0, units=slice(0, 0))).endswith("nowhere: no step or unit is chosen.")
    assert describe_clamps([], LSTM, labels, 8) == ""
