"""Every experiment says what comes of it, from the values, and opens at the place that it holds."""

import numpy as np
import pytest

from lstm_viz.ui.doing.presets import presets
from lstm_viz.ui.doing.reducer import reduce
from lstm_viz.ui.doing.state import State
from lstm_viz.ui.pages.what_if.view import WhatIfView, what_if_message
from lstm_viz.ui.settings import holds
from lstm_viz.ui.settings.link import link
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from tests.words.test_what_if import check_outcome


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
    header, arrays = what_if_message(view)
    assert [each["title"] for each in header["presets"] if each["chosen"]] == [preset.title]
    check_outcome(header, arrays, view)
    back = reduce(state, [["undo"]]).settings
    assert (back.text, back.before, back.clamps) == ("a film", "film", "input_gate 1")


def test_a_word_that_is_kept_out_is_still_read_by_the_other_gates() -> None:
    (preset,) = (each for each in presets() if each.title == "Keep “not” out")
    view = View.of(Settings(task=preset.task, text=preset.text, clamps=holds.write(preset.clamps)))
    free, held, step = view.layer, WhatIfView(view).layer, preset.clamps[0].steps[0][0]
    np.testing.assert_allclose(held.cell_state[step], free["forget_gate"][step] * free.cell_state[step - 1], atol=1e-6)
    swapped = View.of(Settings(task=preset.task, text=preset.text.replace("not", "very"))).layer
    for gate in free.definition.gates:
        if gate.name != "input_gate":
            assert f"the {gate.label.lower()}s" in preset.about
            assert np.abs(swapped[gate.name][step] - free[gate.name][step]).max() > 0.01


def test_the_counter_is_held_still_by_its_own_gates_alone() -> None:
    (preset,) = (each for each in presets() if each.title == "Stop the counter")
    assert {hold.quantity: hold.value for hold in preset.clamps} == {"input_gate": 0.0, "forget_gate": 1.0}
    view = View.of(Settings(task=preset.task, text=preset.text, clamps=holds.write(preset.clamps)))
    ((unit, _),) = preset.clamps[0].units
    memory = WhatIfView(view).layer.cell_state[:, unit]
    assert len({*memory[3:7].tolist()}) == 1
    assert len({*view.layer.cell_state[3:7, unit].tolist()}) > 1


def test_a_thousand_steps_still_fit_a_link() -> None:
    long = [each for each in presets() if each.task == "adding"]
    assert len(long) == 2
    for each in long:
        view = View.of(Settings(task=each.task, text=each.text, clamps=holds.write(each.clamps)))
        assert len(view.reading.tokens) == 1000
        assert link(view.settings) is not None
        assert all(hold.active and not hold.note for hold in WhatIfView(view).resolved)
