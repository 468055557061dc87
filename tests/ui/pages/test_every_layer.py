"""Sources of every shape on every page: each layer and direction is shown as it is, and nothing fails for a shape."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from torch import nn

from lstm_viz.analysis.gradients import gradients
from lstm_viz.analysis.memory.ledger import memory_ledger
from lstm_viz.sources import Place, Source
from lstm_viz.ui.pages.cells_compared.comparison import comparison_message
from lstm_viz.ui.pages.gates.view import gates_message
from lstm_viz.ui.pages.inside.view import inside_message
from lstm_viz.ui.pages.ledger.view import ledger_message
from lstm_viz.ui.pages.vanishing.view import trained_flow
from lstm_viz.ui.pages.what_if.unit_ranking import ranked
from lstm_viz.ui.pages.what_if.view import WhatIfView, what_if_message
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.envelope import Parts
from lstm_viz.ui.views.view import View
from tests.made_sources import made_source
from tests.ui.messages import received, received_sheet

TEXT, BEFORE = "The film is slow, but never dull.", "The film is slow, and never dull."
DEEP: dict[str, Any] = {"num_layers": 2, "bidirectional": True}
SOURCES: dict[str, Source] = {
    "lstm": made_source(nn.LSTM, **DEEP),
    "gru": made_source(nn.GRU, **DEEP),
    "rnn": made_source(nn.RNN, **DEEP),
    "one direction": made_source(nn.LSTM, num_layers=2),
    "no bias": made_source(nn.LSTM, bias=False, **DEEP),
    "projection": made_source(nn.LSTM, proj_size=4, **DEEP),
    "rnn_sigmoid": made_source("rnn_sigmoid"),
    "rnn_relu": made_source("rnn_relu"),
    "temperature": made_source(nn.LSTM, task="temperature", **DEEP),
}
EVERY = [(name, place) for name, source in SOURCES.items() for place in source.places]
OF_WORDS = [(name, place) for name, place in EVERY if name != "temperature"]
PROJECTED = "projection"


def named(cases: list[tuple[str, Place]]) -> Any:
    return pytest.mark.parametrize(("name", "place"), cases, ids=[f"{n}, {p.name}" for n, p in cases])


every_place = named(EVERY)
without_projection = named([(name, place) for name, place in EVERY if name != PROJECTED])


def view_of(name: str, place: Place, **values: Any) -> View:
    texts = {"task": "temperature", "text": "10, 20, 15, 30", "before": "10, 20, 15"}
    given = texts if name == "temperature" else {"text": TEXT, "before": BEFORE}
    where = {"layer": place.index, "direction": place.direction, "step": 2, "unit": 3}
    return View(SOURCES[name], Settings(**{**given, **where, **values}))


def shows(view: View, parts: Parts) -> tuple[dict[str, Any], dict[str, Any]]:
    """What arrives, after a look at what every page says of the layers."""
    header, arrays = received_sheet(parts)
    names = [f"{each.index} {each.direction}" for each in view.source.places]
    assert [value for value, _ in header["layers"]] == names
    assert header["layer"] == f"{view.settings.layer} {view.settings.direction}"
    assert header["units"] == 6
    return header, arrays


def test_layers_and_directions_are_in_torchs_order() -> None:
    assert [(place.index, place.direction) for place in SOURCES["lstm"].places] == [
        (0, "forward"),
        (0, "backward"),
        (1, "forward"),
        (1, "backward"),
    ]
    assert SOURCES["rnn_sigmoid"].places == (Place(0, "forward"),)
    source = SOURCES["one direction"]
    assert source.place(9, "backward") == Place(1, "forward")
    assert [source.answers_from(place) for place in source.places] == [False, True]
    assert not any(map(SOURCES["lstm"].answers_from, SOURCES["lstm"].places))


@every_place
def test_gates_over_time(name: str, place: Place) -> None:
    view = view_of(name, place)
    header, arrays = shows(view, gates_message(view))
    layer = view.run.layer(place.index, place.direction)
    assert [each["name"] for each in header["quantities"]] == list(layer.quantities)
    for quantity in layer.quantities:
        np.testing.assert_array_equal(arrays[quantity], layer[quantity])
    runs = [view.model.trace(each.text).layer(place.index, place.direction) for each in view.source.task.examples]
    assert sorted(header["order"]) == list(range(runs[0].units))
    assert header["chosen"]["values"] == {quantity: float(layer[quantity][2, 3]) for quantity in layer.quantities}
    before = view.model.trace(view.settings.before or "").layer(place.index, place.direction).hidden_state
    if name != "temperature":
        np.testing.assert_allclose(arrays["change"], layer.hidden_state - before, atol=1e-6)


@every_place
def test_gates_over_time_at_the_last_unit(name: str, place: Place) -> None:
    """Behind a projection there are more units than hidden states, and each can be chosen."""
    view = view_of(name, place, unit=5, step=99)
    header, _ = shows(view, gates_message(view))
    assert header["chosen"]["unit"] == 5
    own = [name for name in view.layer.quantities if view.layer[name].shape[1] == 6]
    assert list(header["chosen"]["values"]) == own
    assert header["chosen"]["step"] == len(view.run) - 1


@without_projection
def test_inside_the_cell(name: str, place: Place) -> None:
    view = view_of(name, place)
    header, arrays = shows(view, inside_message(view))
    layer = view.run.layer(place.index, place.direction)
    assert header["backward"] == (place.direction == "backward")
    for quantity in layer.quantities:
        np.testing.assert_array_equal(arrays[quantity], layer[quantity])
    np.testing.assert_array_equal(arrays["hidden_state-"], layer.before("hidden_state"))
    below = [each.hidden_state for each in view.run.layers if each.index == place.index - 1]
    np.testing.assert_array_equal(arrays["inputs"], np.hstack(below) if below else view.run.inputs)
    weights = view.source.weights(layer)
    for quantity, weight in weights.input.items():
        np.testing.assert_array_equal(arrays[f"weights of inputs for {quantity}"], weight)
    assert "limits" not in inside_message(view, header["key"])[0]
    others = {inside_message(view_of(name, each))[0]["key"] for each in view.source.places}
    assert len(others) == len(view.source.places), "each layer has numbers of its own"


@every_place
@pytest.mark.parametrize("overall", [False, True])
def test_memory_ledger(name: str, place: Place, overall: bool) -> None:
    view = view_of(name, place, overall=overall)
    header, arrays = shows(view, ledger_message(view)) if view.source.cell.memory else (ledger_message(view))
    if view.source.cell.memory is None:
        assert header["reason"]
        return
    layer = view.run.layer(place.index, place.direction)
    memory = layer[view.source.cell.memory.name]
    np.testing.assert_allclose(arrays["memory"], memory[:, 3], atol=1e-6)
    if not overall:
        parts = np.nansum(arrays["map"], axis=1) + arrays["initial"]
        np.testing.assert_allclose(parts, memory[:, 3], atol=1e-5)
    said = header["chosen"]
    numbers = said["numbers"]
    assert numbers["together"] == pytest.approx(memory[2, 3], abs=1e-5)
    # What a step put in at its own time is the first of its course, in the order of reading.
    ledger = memory_ledger(layer, units=[3]).contributions[:, :, 0]
    assert numbers["added"] == pytest.approx(ledger[said["source"], said["source"]])
    later = view_of(name, place, source=3 if place.direction == "forward" else 1)
    assert ledger_message(later)[0]["chosen"]["numbers"]["share"] == "unread"
    earlier = view_of(name, place, source=1 if place.direction == "forward" else 3)
    assert ledger_message(earlier)[0]["chosen"]["numbers"]["share"] != "unread"
    # The answer is split only where it is read from this layer alone.
    assert (header["split"] is not None) == view.source.answers_from(place)
    if header["split"]:
        whole = arrays["split"].sum() + header["split"]["initial"] + header["split"]["bias"] + header["split"]["empty"]
        said = view.model.predictions(view.run)[2]
        assert abs(whole) == pytest.approx(abs(np.log(said[1] / said[0])), abs=1e-3)


@without_projection
def test_what_if(name: str, place: Place) -> None:
    gates = SOURCES[name].cell.gates
    held = f"{gates[0].name} 0.5 u1" if gates else "candidate 0 u1"
    view = view_of(name, place, before=None, clamps=held, ranking="all", shown="hidden_state")
    runs = WhatIfView(view)
    ranking = ranked(runs)
    header, arrays = shows(view, what_if_message(view, ranking))
    layer = view.run.layer(place.index, place.direction)
    np.testing.assert_array_equal(arrays["before"], layer.hidden_state)
    if not gates:
        assert ranking["rows"] == []
        return
    assert [each["active"] for each in header["clamps"]] == [True]
    np.testing.assert_allclose(runs.layer[gates[0].name][:, 1], 0.5)
    np.testing.assert_array_equal(arrays["after"], runs.layer.hidden_state)
    # Only the chosen layer is held; what comes before it stays as it was.
    for each, other in zip(runs.base.layers, runs.changed.layers, strict=True):
        if each.index < place.index or (each.index == place.index and each.direction != place.direction):
            np.testing.assert_allclose(each.hidden_state, other.hidden_state, atol=1e-6)
    top = ranking["rows"][0]
    both = replace(view.settings, clamps=f"{held}~{top['gate']} 0 u{top['unit']}")
    shut = WhatIfView(View(view.source, both))
    column = 1 if view.source.task.is_classifier else 0
    said = view.model.predictions(shut.changed)[-1, column]
    assert said == pytest.approx(top["prediction"], abs=1e-4)


@named([(name, place) for name, place in OF_WORDS if name != PROJECTED])
def test_beside_itself(name: str, place: Place) -> None:
    view = view_of(name, place, before=None)
    views = {view.model.cell: view, "gru" if view.model.cell != "gru" else "lstm": view}
    header, arrays = shows(view, comparison_message(view, views))
    layer = view.run.layer(place.index, place.direction)
    for cell in views:
        np.testing.assert_array_equal(arrays[cell], layer.hidden_state)
        np.testing.assert_array_equal(arrays[f"{cell}.answer"][:, 0], view.model.predictions(view.run)[:, 1])
    assert "At every step they are the same" in header["captions"]["answer"]


@without_projection
def test_vanishing_gradient(name: str, place: Place) -> None:
    view = view_of(name, place)
    flow = trained_flow(view.source, view.settings, view.text)
    layer = view.run.layer(place.index, place.direction)
    states = flow.layer.hidden_state[::-1] if place.direction == "backward" else flow.layer.hidden_state
    np.testing.assert_allclose(states, layer.hidden_state, atol=1e-5)
    assert flow.layer.cell == view.source.cell.name
    assert np.isfinite(flow.log10("hidden_state")[-1])
    # Read in its own direction, a backward layer is a forward one.
    inputs = view.source.inputs(view.run, place)
    turned = inputs[::-1].copy() if place.direction == "backward" else inputs.copy()
    if not view.source.answers_from(place):
        own = gradients(view.source.module(place), turned)
        np.testing.assert_allclose(flow.log10("hidden_state"), own.log10("hidden_state"))


def test_a_projection_says_what_cannot_be_shown_and_fails_nowhere_else() -> None:
    for place in SOURCES[PROJECTED].places:
        view = view_of(PROJECTED, place)
        header, arrays = received(gates_message(view))
        layer = view.run.layer(place.index, place.direction)
        assert arrays["hidden_state"].shape == layer.hidden_state.shape
        assert arrays["cell_state"].shape == layer.cell_state.shape
        assert len(header["reach"]) == 6
