"""A unit that is built by hand runs, is judged and reads its sequences in the browser as in Python."""

import random
from typing import Any

import numpy as np
import pytest

from lstm_viz.cells import LSTM
from lstm_viz.cells.compiler import compiled
from lstm_viz.challenges import CHALLENGES, Challenge
from lstm_viz.challenges.breaking import CELL, GATES, TASK, counter, cuts_of, strings
from lstm_viz.challenges.challenge import LONGEST
from lstm_viz.challenges.judging import judge_values, read_in, unit_of, weights_of
from lstm_viz.challenges.sequences import inputs_of, tokens
from lstm_viz.sources import shipped
from lstm_viz.ui.pages.by_hand.message import breaking
from lstm_viz.ui.settings.kinds import write_numbers
from tests.web.in_page import WITHIN, InPage

JUDGED = 'async (asked) => (await import("/tests/web/by_hand.js")).judged(asked)'
BROKEN = 'async (asked) => (await import("/tests/web/by_hand.js")).broken(asked)'
READ = 'async (asked) => (await import("/tests/web/by_hand.js")).readTexts(asked)'


def bounds(values: np.ndarray) -> list[Any]:
    """Numbers as JSON has them: None for NaN, a word for what has no bound."""
    named = {np.inf: "above", -np.inf: "below"}
    return [None if np.isnan(value) else named.get(value, value) for value in values.tolist()]


def told(challenge: Challenge) -> dict[str, Any]:
    """A challenge as the browser's modules take it."""
    return {
        "name": challenge.name,
        "inputs": list(challenge.inputs.items()),
        "writes": challenge.writes,
        "reads": challenge.reads,
        "within": challenge.within,
        "hold": challenge.hold,
        "trials": [
            {
                "steps": len(each.inputs),
                "values": each.inputs.ravel().tolist(),
                "low": bounds(each.low),
                "high": bounds(each.high),
                "begins": each.begins,
            }
            for each in challenge.trials
        ],
    }


def weights_tried(challenge: Challenge) -> list[np.ndarray]:
    """Zeros, the solution, the solution with each of its weights at 0, and some at random."""
    rng, solved = np.random.default_rng(5), challenge.solved
    found = [challenge.zeros, solved, *(rng.uniform(-6, 6, challenge.shape).round(3) for _ in range(3))]
    for place in zip(*np.nonzero(solved), strict=True):
        one = solved.copy()
        one[place] = 0
        found.append(one)
    return found


def test_judged_alike(in_page: InPage) -> None:
    challenges = {each.name: told(each) for each in CHALLENGES.values()}
    tried = [(each, weights) for each in CHALLENGES.values() for weights in weights_tried(each)]
    written = [write_numbers(weights.ravel().tolist(), 3) for _, weights in tried]
    asked = [{"name": each.name, "weights": text} for (each, _), text in zip(tried, written, strict=True)]
    address = in_page.serve(compiled(LSTM), ".js")
    found = in_page.evaluate(JUDGED, {"cell": address, "challenges": challenges, "tried": asked})
    assert len(found) == len(tried) > 4 * 8
    for (challenge, weights), text, seen in zip(tried, written, found, strict=True):
        np.testing.assert_array_equal(weights_of(challenge, text), weights)
        assert seen["written"] == text
        values = read_in(challenge, unit_of(challenge, weights))
        for read, expected in zip(seen["read"], values, strict=True):
            np.testing.assert_allclose(read, expected, atol=WITHIN, rtol=WITHIN)
        here, there = judge_values(challenge.trials, values, challenge.hold), seen["judged"]
        assert (there["held"], there["passed"], there["trials"]) == (here.held, here.passed, here.trials)
        assert there["error"] == pytest.approx(here.error, abs=WITHIN)
        places = [(miss["trial"], miss["step"]) for miss in there["misses"]]
        assert places == [(miss.trial, miss.step) for miss in here.misses]


def test_read_alike(in_page: InPage) -> None:
    signs, random_ = list("ab,ab,  x1*-.5+−\n0.25;é😀"), random.Random(3)
    texts = [(name, "".join(random_.choices(signs, k=k))) for k in range(40) for name in CHALLENGES]
    texts += [(each.name, each.first) for each in CHALLENGES.values()] + [(name, "1* -1 " * 200) for name in CHALLENGES]
    asked = [{"name": name, "text": text} for name, text in texts]
    challenges = {each.name: told(each) for each in CHALLENGES.values()}
    found = in_page.evaluate(READ, {"challenges": challenges, "texts": asked, "longest": LONGEST})
    for (name, text), seen in zip(texts, found, strict=True):
        challenge = CHALLENGES[name]
        read = tokens(challenge, text, LONGEST)
        inputs, strange = inputs_of(challenge, read)
        low, high = challenge.wants(inputs)
        assert seen["tokens"] == read
        assert seen["strange"] == strange
        np.testing.assert_allclose(seen["inputs"], inputs.ravel())
        assert [seen["low"], seen["high"]] == [bounds(low), bounds(high)]


def test_broken_alike(in_page: InPage) -> None:
    rng, units = np.random.default_rng(4), counter().units
    cuts = ["", "input_gate.2", "forget_gate.10~nonsense~input_gate.999~cell_state.1~output_gate.2~output_gate.2"]
    cuts += ["~".join(f"{rng.choice(GATES)}.{rng.integers(units)}" for _ in range(k)) for k in range(1, 6)]
    told = breaking(files=False)
    asked = {"texts": told["texts"], "holds": told["holds"], "gates": GATES, "cuts": cuts}
    found = in_page.evaluate(BROKEN, {"about": in_page.about(shipped(TASK, CELL)), **asked})
    kept = [tuple(cut for cut in cuts_of(each) if cut[1] < units) for each in cuts]
    expected = counter().right(kept)
    assert expected.shape == (len(cuts), len(strings().texts))
    for seen, own, right in zip(found, kept, expected, strict=True):
        assert seen["right"] == right.tolist()
        assert cuts_of(seen["written"]) == own
