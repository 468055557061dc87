"""A network at several points of its training, as a source and by the settings."""

import numpy as np
import pytest

from lstm_viz.sources import cells_of, shipped, shown_tasks
from lstm_viz.tasks.checkpoints import load_checkpoints
from lstm_viz.ui.settings.link import from_query, to_query
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.chosen import source_of

WITH = [(task, cell) for task in shown_tasks() for cell in cells_of(task) if shipped(task, cell).states]


def test_the_tasks_that_are_followed_through_training() -> None:
    assert {task for task, _ in WITH} == {"sentiment", "counting", "adding"}
    assert {cell for _, cell in WITH} == {"lstm", "gru", "rnn"}


@pytest.mark.parametrize(("task", "cell"), WITH)
def test_states_lead_to_the_network_that_ships(task: str, cell: str) -> None:
    end = shipped(task, cell)
    states = end.states
    assert states is not None
    assert states.steps[0] == 0
    assert list(states.steps) == sorted(set(states.steps)) == list(load_checkpoints(task, cell))
    assert len(states.steps) == len(states.loss) == len(states.score)
    assert states.loss[-1] < states.loss[0] / 1.5
    assert states.score[-1] > states.score[0]
    assert states.at(states.steps[-1]) is end is end.ended
    first = states.at(0)
    assert (first.checkpoint, first.states, first.ended) == (0, states, end)
    assert first.name != end.name
    text = end.task.examples[0].text
    assert np.abs(first.model.predictions(text) - end.model.predictions(text)).max() > 0.1


def test_settings_choose_the_nearest_state() -> None:
    end = shipped("counting")
    assert end.states is not None
    steps = end.states.steps
    middle = steps[len(steps) // 2]
    assert source_of(Settings(task="counting")) is end
    assert source_of(Settings(task="counting", checkpoint=middle)).checkpoint == middle
    assert source_of(Settings(task="counting", checkpoint=middle + 1)).checkpoint == middle
    assert source_of(Settings(task="counting", checkpoint=steps[-1])) is end
    assert source_of(Settings(task="counting", checkpoint=999_999)) is end
    # A task without states is shown as it ended.
    assert source_of(Settings(task="question", checkpoint=0)).checkpoint is None


def test_a_link_keeps_the_state() -> None:
    at = Settings(task="adding", checkpoint=0)
    assert to_query(at)["checkpoint"] == "0"
    assert from_query(to_query(at)) == (at, ())
    assert "checkpoint" not in to_query(Settings())
    settings, said = from_query({"checkpoint": "soon"})
    assert settings.checkpoint is None
    assert said == ("checkpoint: 'soon' is not a whole number.",)
