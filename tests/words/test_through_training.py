"""What is said of two points of a training is what their values give."""

import random
import re

import numpy as np
import pytest

from lstm_viz.sources import Source, cells_of, shipped, shown_tasks
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.through import through, training
from lstm_viz.ui.views.view import View

WITH = [(task, cell) for task in shown_tasks() for cell in cells_of(task) if shipped(task, cell).states]


def near_ends(source: Source, text: str, gate: str) -> float:
    """The share of a gate's values below 0.1 or above 0.9."""
    values = source.model.trace(text).layers[0][gate]
    return float(np.mean((values < 0.1) | (values > 0.9)))


def as_said(share: float) -> str:
    """A share as sentences have it, rounded here by other means."""
    whole = f"{100 * share:.0f}%"
    return {"0%": "0%" if share == 0 else "under 1%", "100%": "100%" if share == 1 else "over 99%"}.get(whole, whole)


def went(first: str, second: str) -> str:
    """From one to the other, or that they are the same."""
    return f"{first} in both" if first == second else f"{first} → {second}"


@pytest.mark.parametrize(("task", "cell"), WITH)
def test_what_is_said_between_two_marks_is_so(task: str, cell: str) -> None:
    chance = random.Random(f"{task} {cell}")
    end = shipped(task, cell)
    states = end.states
    assert states is not None
    for _ in range(3):
        since, at = chance.sample(states.steps, 2)
        example = chance.choice(end.task.examples).text
        settings = Settings(task=task, cell=cell, text=example, since=since, checkpoint=at, timeline=True)
        told = through(View.of(settings))
        assert told is not None
        assert (states.steps[told["since"]], states.steps[told["at"]]) == (since, at)
        said = told["said"]
        before, now = states.at(since), states.at(at)
        for gate in end.cell.gates:
            shares = [as_said(near_ends(each, example, gate.name)) for each in (before, now)]
            assert f"{gate.label.lower()} {went(*shares)}" in said, said
        # What either says at the end, in the column that the sentence names.
        values = [each.model.predictions(example)[-1] for each in (before, now)]
        column = 0
        if end.task.is_classifier:
            named = re.search(r"P\(([^)]+)\)", said)
            assert named, said
            column = end.model.labels.index(named[1])
        shown = went(*(f"{float(each[column]):.2f}".replace("-", "−") for each in values))
        assert f": {shown}" in said, (said, shown)
        # The unit that puts most in, by leaving each out of the output layer's sum.
        weight, _ = now.model.head
        row = weight[column] - weight[1 - column] if len(weight) == 2 else weight[column]
        hidden = now.model.trace(example).layers[0].hidden_state[-1]
        most = re.search(r"unit (\d+) puts most", said)
        assert most, said
        shares_in = np.abs(row * hidden)
        assert shares_in[int(most[1])] >= shares_in.max() * (1 - 1e-5)
        scores = [float(states.score[states.steps.index(step)]) for step in (since, at)]
        assert f"{scores[0]:.1%} → {scores[1]:.1%}." in said


def test_nothing_is_said_where_nothing_is_compared() -> None:
    assert through(View.of(Settings())) is None
    same = through(View.of(Settings(checkpoint=0)))
    assert same is not None
    assert (same["at"], same["since"], same["said"]) == (0, 0, "")
    assert through(View.of(Settings(task="question", timeline=True))) is None
    assert training(shipped("question")) is None
    empty = through(View.of(Settings(timeline=True, text="")))
    assert empty is not None
    assert empty["said"] == ""
