"""What Build by hand sends, and what can be taken away from it."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from lstm_viz.challenges import CHALLENGES
from lstm_viz.challenges.breaking import BREAKING
from lstm_viz.ui.bridge.payload import pack, unpack
from lstm_viz.ui.pages.by_hand.message import OWN, changing, constant
from lstm_viz.ui.pages.by_hand.taken import by_hand_run, by_hand_taking
from lstm_viz.ui.settings.kinds import write_numbers
from lstm_viz.ui.settings.link import from_query, to_query
from lstm_viz.ui.settings.settings import Settings

SOLVED = {name: write_numbers(each.solved.ravel().tolist(), 3) for name, each in CHALLENGES.items()}
VIEWS = [
    *(Settings(challenge=name, weights=weights, trial=1) for name, weights in SOLVED.items()),
    Settings(challenge="latch", weights="1_2_3", sequence="1* -1 x 0.5"),
    Settings(challenge=BREAKING, shut="input_gate.2~output_gate.99~forget_gate.1", trial=3),
]


@pytest.mark.parametrize("files", [True, False])
def test_a_message_holds_every_challenge(files: bool) -> None:
    header, arrays = constant("pytorch", files)
    told, given = unpack(pack({**header, **changing(VIEWS[0], "", {0.5: (("input_gate", 2),)}, "")}, arrays))
    assert [each["name"] for each in told["challenges"]] == list(CHALLENGES)
    assert set(told["settings"]) == set(told["defaults"]) == set(OWN)
    assert told["found"][0]["words"] == "the input gate of unit 2"
    assert bool(told["cell"]) == files != bool(told["cellText"])
    for each, challenge in zip(told["challenges"], CHALLENGES.values(), strict=True):
        assert each["count"].endswith(f"= {challenge.count} weights")
        for trial, own in zip(each["trials"], challenge.trials, strict=True):
            np.testing.assert_array_equal(given[trial["arrays"]["low"]], own.low.astype(np.float32))
    assert len(pack(header, arrays)) < 90_000


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: f"{view.challenge} {view.weights[:5]}")
def test_a_view_survives_its_link_and_its_python_makes_its_numbers(view: Settings) -> None:
    assert from_query(to_query(view)) == (view, ())
    assert json.dumps(changing(view, "", None, ""))
    taking = by_hand_taking(view)
    names: dict[str, Any] = {}
    exec(compile(taking.snippet("light"), "<snippet>", "exec"), names)
    run = by_hand_run(view)
    assert run is not None
    assert names["trace"].labels == run.labels
    for quantity in run.layers[0].quantities:
        np.testing.assert_array_equal(names["trace"].layers[0][quantity], run.layers[0][quantity])
    if view.weights == SOLVED.get(view.challenge):
        assert names["judged"].solved
    assert taking.numbers is not None
    assert b"forget_gate" in taking.numbers().to_csv()[0]


def test_nothing_to_read_is_nothing_to_take() -> None:
    taking = by_hand_taking(Settings(sequence="   "))
    asked: Mapping[str, Any] = {"id": "1", "kind": "csv"}
    assert taking.answer(asked)[0]["note"]
