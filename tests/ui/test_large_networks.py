"""Networks of many units, on short inputs and long ones: what is drawn of them, and how much is sent for it."""

import numpy as np
import pytest
from torch import nn

from lstm_viz.sources import Source
from lstm_viz.sources.source import DRAWN_WHOLE
from lstm_viz.sources.uploaded import uploaded
from lstm_viz.tasks.readers import Held
from lstm_viz.tasks.uploaded import Choices
from lstm_viz.ui.bridge.payload import pack
from lstm_viz.ui.pages.gates.view import gates_message
from lstm_viz.ui.pages.what_if.view import what_if_message
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from tests.made_files import made_file

BUDGET = 4
"""How much may be sent for a run of any size, against one of 60 steps and 64 units."""
SETTINGS = Settings(task="yours", step=7, unit=150, clamps="forget_gate 1")


def opened(units: int, steps: int) -> Source:
    rows = np.random.default_rng(0).normal(size=(steps, 2)).astype(np.float32)
    return uploaded(made_file(nn.LSTM(2, units), outputs=2), Choices(head=0, held=Held("run.npy", rows)))


@pytest.mark.parametrize(("units", "steps"), [(256, 12), (256, 60), (257, 60), (256, 120), (257, 300)])
def test_a_large_layer_is_drawn_whole_where_there_is_room_and_never_costs_more_than_a_few_small_ones(
    units: int, steps: int
) -> None:
    view, small = View(opened(units, steps), SETTINGS), View(opened(64, 60), SETTINGS)
    whole = units <= 256 and steps <= 60
    assert (len(view.order) == units) == whole == (view.some_units == "")
    assert set(view.order) <= set(range(units))
    assert view.unit in view.order
    assert len(set(view.order)) == len(view.order)
    if not whole:
        assert f"{len(view.order)} of {units} units" in view.some_units
    for message in (gates_message, what_if_message):
        assert len(pack(*message(view))) <= BUDGET * len(pack(*message(small)))


def test_a_layer_that_ships_is_drawn_whole_at_any_length() -> None:
    view = View(opened(DRAWN_WHOLE, 300), SETTINGS)
    assert sorted(view.order) == list(range(DRAWN_WHOLE))
