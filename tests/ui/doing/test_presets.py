"""Every experiment does what it promises, and opens at the place that it holds."""

from typing import Any

import pytest

from lstm_viz.ui.doing.presets import presets
from lstm_viz.ui.doing.reducer import reduce
from lstm_viz.ui.doing.state import State
from lstm_viz.ui.pages.what_if.view import WhatIfView, what_if_message
from lstm_viz.ui.settings import holds
from lstm_viz.ui.settings.link import link
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View


def outcomes(title: str) -> tuple[Any, Any, View]:
    """Predictions without and with a preset's clamps, (T, labels) each."""
    (preset,) = [preset for preset in presets() if preset.title == title]
    written = "~".join(hold.write() for hold in preset.clamps)
    view = View.of(Settings(task=preset.task, cell=preset.cell, text=preset.text, clamps=written))
    runs = WhatIfView(view)
    assert all(each.active and not each.note for each in runs.resolved)
    return view.model.predictions(runs.base), view.model.predictions(runs.changed), view


def test_preset_forget_at_but() -> None:
    free, held, view = outcomes("Forget at “but”")
    but, funny = (view.reading.tokens.index(word) for word in ("but", "funny"))
    assert abs(held[but, 1] - 0.5) < abs(free[but, 1] - 0.5)
    assert held[funny, 1] > 0.8
    assert free[funny, 1] < 0.5


def test_preset_keep_not_out() -> None:
    free, held, _ = outcomes("Keep “not” out")
    assert free[-1, 1] < 0.3
    assert held[-1, 1] > 0.9


def test_preset_never_forget() -> None:
    free, held, view = outcomes("Never forget")
    assert free[view.reading.tokens.index("mess"), 1] < 0.1
    assert held[-1, 1] > 0.9


def test_preset_stop_the_counter() -> None:
    free, held, _ = outcomes("Stop the counter")
    assert free[:, 0].argmax() == 15
    assert free[15, 0] > 0.5
    assert held[:, 0].argmax() == 12
    assert held[12, 0] > 0.5


def test_preset_open_for_a_thousand_steps() -> None:
    _, held, view = outcomes("Open for 1,000 steps")
    assert len(view.reading.tokens) == 1000
    assert abs(held[-1, 0] - 0.36) < 0.2
    leaky = WhatIfView(View.of(Settings(task="adding", text=view.text, clamps="forget_gate 0.99")))
    assert abs(view.model.predictions(leaky.changed)[-1, 0] - 1) < 0.2
    assert view.settings.text is not None
    assert link(view.settings) is not None


@pytest.mark.parametrize("index", range(len(presets())))
def test_an_experiment_is_shown_as_chosen_with_its_place_selected(index: int) -> None:
    state = reduce(State(Settings(text="a film", before="film", clamps="input_gate 1")), [["preset", index]])
    preset, view = presets()[index], View.of(state.settings)
    assert (view.source.task.name, view.model.cell, view.text) == (preset.task, preset.cell, preset.text)
    assert (state.settings.before, state.settings.clamps) == (None, holds.write(preset.clamps))
    first = preset.clamps[0]
    if first.steps:
        assert state.settings.step == first.steps[0][0]
    if first.units:
        assert state.settings.unit == first.units[0][0]
    chips = what_if_message(view)[0]["presets"]
    assert [each["title"] for each in chips if each["chosen"]] == [preset.title]
    back = reduce(state, [["undo"]]).settings
    assert (back.text, back.before, back.clamps) == ("a film", "film", "input_gate 1")
