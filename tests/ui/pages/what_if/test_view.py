"""The What if? page without a browser: actions, undo, token edits, presets, ranking and the message."""

from dataclasses import asdict
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lstm_viz
from lstm_viz.tasks import TASKS
from lstm_viz.ui.bridge.payload import unpack
from lstm_viz.ui.doing import history, token_edits
from lstm_viz.ui.pages.what_if.actions import KEPT, perform
from lstm_viz.ui.pages.what_if.presets import presets
from lstm_viz.ui.pages.what_if.ranked import ranked
from lstm_viz.ui.pages.what_if.view import WhatIfView
from lstm_viz.ui.settings.link import link
from lstm_viz.ui.settings.settings import Settings, nearest_settings

TEXT = "The film is not good."
WORDS = TASKS["sentiment"].tokenize


def message(**values: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    return unpack(WhatIfView(Settings(**values)).message(0, 0))


def run(*actions: Any, **start: Any) -> tuple[dict[str, Any], dict[str, Any], str]:
    state, past, refusal = asdict(Settings(**start)), history.fresh(), ""
    for action in actions:
        state, past, refusal = perform(action, state, past)
        state = asdict(nearest_settings(state)[0])
    return state, past, refusal


some_actions = st.sampled_from(
    [
        ["type", "A warm film."],
        ["type", ""],
        ["example", TEXT],
        ["hold", "forget_gate", "0", "all", "2"],
        ["hold", "input_gate", "mean", "3, 5-8", "all"],
        ["release", 0],
        ["release all"],
        ["drop", 1],
        ["replace", 2, "was <b>"],
        ["move", 0, 1],
        ["compare from here"],
        ["restore"],
        ["preset", 1],
    ]
)


@settings(max_examples=60)
@given(st.lists(some_actions, max_size=8))
def test_undoing_everything_returns_to_the_start_and_redoing_to_the_end(actions: list[Any]) -> None:
    state, past, _ = run(*actions, text=TEXT)
    end = {name: state[name] for name in KEPT}
    changes = len(past["past"])
    for _ in range(changes):
        state, past, _ = perform(["undo"], state, past)
    assert {name: state[name] for name in KEPT} == {name: asdict(Settings(text=TEXT))[name] for name in KEPT}
    assert not past["past"]
    for _ in range(changes):
        state, past, _ = perform(["redo"], state, past)
    assert {name: state[name] for name in KEPT} == end


def test_typing_is_one_change_and_compares_with_the_text_before_it() -> None:
    state, past, _ = run(["type", "The"], ["type", "Then"], ["type", "Then one"], text=TEXT)
    assert (state["before"], state["text"]) == (TEXT, "Then one")
    assert len(past["past"]) == 1


@pytest.mark.parametrize(
    "action",
    [
        [],
        None,
        "undo",
        ["hold"],
        ["release", 7],
        ["release", "x"],
        ["drop", 99],
        ["preset", 40],
        ["move"],
        ["no such"],
        [["undo"]],
    ],
)
def test_nonsense_from_a_browser_changes_nothing(action: Any) -> None:
    state, past, refusal = run(action, text=TEXT)
    assert state == asdict(Settings(text=TEXT))
    assert past == history.fresh()
    assert refusal == ""


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (["0.5x", "all", "all"], "“0.5x” is not a number to hold a gate at"),
        (["0", "three", "all"], "“three” does not name units; write numbers"),
        (["0", "all", "4..x"], "“4..x” does not name steps"),
    ],
)
def test_a_form_filled_in_wrongly_says_so_and_loses_nothing(arguments: list[str], refusal: str) -> None:
    state, _, said = run(["hold", "input_gate", "1", "all", "2"], ["hold", "forget_gate", *arguments], text=TEXT)
    assert said.startswith(refusal)
    assert state["clamps"] == "input_gate 1 t2"


@pytest.mark.parametrize("text", [TEXT, "It's a great idea, wasted.", "one", '"Quoted," he said'])
def test_a_dropped_token_is_gone_and_a_moved_one_has_changed_places(text: str) -> None:
    tokens = WORDS(text)
    for step in range(len(tokens)):
        rest = WORDS(token_edits.drop(text, step, WORDS))
        assert len(rest) == len(tokens) - 1
        moved, place = token_edits.move(text, step, 1, WORDS)
        expected = list(tokens)
        if step + 1 < len(tokens):
            expected[step], expected[step + 1] = expected[step + 1], expected[step]
        assert sorted(WORDS(moved)) == sorted(expected) or '"' in text
        assert place == min(step + 1, len(tokens) - 1)
    assert token_edits.replace(TEXT, 3, "very", WORDS) == "The film is very good."


def test_characters_and_numbers_can_be_edited_too() -> None:
    assert token_edits.drop("aabb", 1, list) == "abb"
    assert token_edits.move("abc", 0, 1, list) == ("bac", 1)
    numbers = TASKS["temperature"].tokenize
    assert numbers(token_edits.drop("1, 2, 3", 1, numbers)) == ["1", "3"]


def test_the_message_is_the_two_runs() -> None:
    header, arrays = message(text=TEXT, clamps="input_gate 0 t3", shown="cell_state", step=3, unit=7)
    model = lstm_viz.load_model("sentiment")
    free, held = model.trace(TEXT), model.trace(TEXT, clamp=[lstm_viz.Clamp("input_gate", 0.0, steps=[3])])
    np.testing.assert_allclose(arrays["before"], free.layers[0].cell_state, atol=1e-6)
    np.testing.assert_allclose(arrays["after"], held.layers[0].cell_state, atol=1e-6)
    np.testing.assert_allclose(arrays["difference"], arrays["after"] - arrays["before"], atol=1e-6)
    assert header["prediction"]["after"] == pytest.approx(model.predictions(held)[-1, 1], abs=1e-6)
    assert "The difference starts at “not”" in header["moved"]["caption"]
    assert arrays["heldSteps"][:, 0].tolist() == [0, 0, 0, 1, 0, 0]
    _, arrays = message(text=TEXT, clamps="input_gate 0 t3 u4", shown="input_gate")
    assert np.argwhere(arrays["held"] > 0).tolist() == [[3, 4]]


def test_an_edit_lines_up_the_tokens_that_stayed() -> None:
    header, arrays = message(text="The film is truly not good.", before=TEXT, shown="hidden_state")
    assert header["axis"]["before"] == ["The", "film", "is", "", "not", "good", "."]
    assert header["axis"]["edited"] == [3]
    assert np.isnan(arrays["before"][3]).all()
    assert not arrays["difference"][:3].any()
    assert arrays["difference"][4:].any()
    header, arrays = message(text="The film is good.", before=TEXT)
    assert header["axis"]["labels"] == ["The", "film", "is", "", "good", "."]
    assert header["axis"]["edges"] == [0, 1, 2, 3, 3, 4, 5]
    assert np.isnan(arrays["after"][3]).all()


@pytest.mark.parametrize("text", ["", "   ", "x", "<script>alert(1)</script>", "\x00\u202e", "word " * 3000])
def test_any_text_gives_a_message(text: str) -> None:
    header, arrays = message(text=text, before=TEXT, clamps="forget_gate 0 t900~update_gate 1~input_gate 7")
    assert [clamp["active"] for clamp in header["clamps"]] == [len(text) > 9000, False, False]
    assert all(clamp["note"] for clamp in header["clamps"] if not clamp["active"])
    assert sum(array.nbytes for array in arrays.values()) < 4 * 60 * 64 * 6 * 4


@pytest.mark.parametrize("cell", ["gru", "rnn"])
def test_other_cells_keep_the_clamps_they_lack(cell: str) -> None:
    header, _ = message(text=TEXT, cell=cell, clamps="forget_gate 0", shown="forget_gate")
    assert header["clamps"][0]["note"].startswith(f"the {cell.upper()} has no forget gate")
    assert header["quantity"]["name"] in {"reset_gate", "hidden_state"}


def outcomes(title: str) -> tuple[Any, Any, WhatIfView]:
    """Predictions without and with a preset's clamps, (T, labels) each."""
    (preset,) = [preset for preset in presets() if preset.title == title]
    written = "~".join(hold.write() for hold in preset.clamps)
    view = WhatIfView(Settings(task=preset.task, cell=preset.cell, text=preset.text, clamps=written))
    assert all(each.active and not each.note for each in view.resolved)
    return view.model.predictions(view.base), view.model.predictions(view.changed), view


def test_preset_forget_at_but() -> None:
    free, held, view = outcomes("Forget at “but”")
    but, funny = (view.reading[0].index(word) for word in ("but", "funny"))
    assert abs(held[but, 1] - 0.5) < abs(free[but, 1] - 0.5)
    assert held[funny, 1] > 0.8
    assert free[funny, 1] < 0.5


def test_preset_keep_not_out() -> None:
    free, held, _ = outcomes("Keep “not” out")
    assert free[-1, 1] < 0.3
    assert held[-1, 1] > 0.9


def test_preset_never_forget() -> None:
    free, held, view = outcomes("Never forget")
    assert free[view.reading[0].index("mess"), 1] < 0.1
    assert held[-1, 1] > 0.9


def test_preset_stop_the_counter() -> None:
    free, held, _ = outcomes("Stop the counter")
    assert free[:, 0].argmax() == 15
    assert free[15, 0] > 0.5
    assert held[:, 0].argmax() == 12
    assert held[12, 0] > 0.5


def test_preset_open_for_a_thousand_steps() -> None:
    _, held, view = outcomes("Open for 1,000 steps")
    assert len(view.reading[0]) == 1000
    assert abs(held[-1, 0] - 0.36) < 0.2
    leaky = WhatIfView(Settings(task="adding", text=view.text, clamps="forget_gate 0.99"))
    assert abs(leaky.model.predictions(leaky.changed)[-1, 0] - 1) < 0.2
    assert view.settings.text is not None
    assert link(view.settings) is not None


def test_the_ranking_is_what_clamping_would_do() -> None:
    view = WhatIfView(Settings(text=TEXT, clamps="input_gate 0.5 t1", ranking="all"))
    shares: list[float] = []
    found = ranked(view, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)
    changes = [abs(row["change"]) for row in found["rows"]]
    assert changes == sorted(changes, reverse=True)
    for row in found["rows"][:3]:
        both = [lstm_viz.Clamp("input_gate", 0.5, steps=[1]), lstm_viz.Clamp(row["gate"], 0.0, units=[row["unit"]])]
        expected = view.model.predictions(view.model.trace(TEXT, clamp=both))[-1, 1]
        assert row["prediction"] == pytest.approx(expected, abs=1e-5)
    assert ranked(WhatIfView(Settings(text=TEXT, cell="rnn", ranking="all")))["rows"] == []
