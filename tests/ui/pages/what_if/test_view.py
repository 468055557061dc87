"""The What if? page without a browser: the message is the two runs, and the ranking what clamping would do."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

import lstm_viz
from lstm_viz.analysis.answers.readout import readout
from lstm_viz.sources.uploaded import uploaded
from lstm_viz.tasks.uploaded import Choices
from lstm_viz.ui.pages.what_if.unit_ranking import ranked
from lstm_viz.ui.pages.what_if.view import WhatIfView, what_if_message, what_if_numbers, what_if_words
from lstm_viz.ui.settings.holds import TOO_FAR
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from lstm_viz.words import number, place
from lstm_viz.words.alike import alike
from tests.made_files import made_file
from tests.ui.messages import received

TEXT = "The film is not good."


def message(**values: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    return received(what_if_message(View.of(Settings(**values))))


def test_the_message_is_the_two_runs() -> None:
    header, arrays = message(text=TEXT, clamps="input_gate 0 t3", shown="cell_state", step=3, unit=7)
    model = lstm_viz.load_model("sentiment")
    free, held = model.trace(TEXT), model.trace(TEXT, clamp=[lstm_viz.Clamp("input_gate", 0.0, steps=[3])])
    np.testing.assert_allclose(arrays["before"], free.layers[0].cell_state, atol=1e-6)
    np.testing.assert_allclose(arrays["after"], held.layers[0].cell_state, atol=1e-6)
    np.testing.assert_allclose(arrays["difference"], arrays["after"] - arrays["before"], atol=1e-6)
    assert header["prediction"]["after"] == pytest.approx(model.predictions(held)[-1, 1], abs=1e-6)
    assert "The difference first passes that at “not”" in header["captions"]["moved"]
    assert arrays["heldSteps"][:, 0].tolist() == [0, 0, 0, 1, 0, 0]
    _, arrays = message(text=TEXT, clamps="input_gate 0 t3 u4", shown="input_gate")
    assert np.argwhere(arrays["held"] > 0).tolist() == [[3, 4]]


def test_what_is_held_so_far_that_numbers_grow_past_all_bounds_holds_nothing_and_says_so() -> None:
    asked: dict[str, Any] = {"task": "parity", "cell": "slstm", "text": "10110"}
    free, _ = message(**asked)
    for clamps in ("stabiliser -100", "input_sum 999999~stabiliser 0 t2-3", "stabiliser 999999 t1~stabiliser 0 t2"):
        header, arrays = message(**asked, clamps=clamps)
        assert {each["note"] for each in header["clamps"]} == {TOO_FAR}, clamps
        assert not any(each["active"] for each in header["clamps"])
        assert not arrays["held"].any()
        assert not arrays["difference"].any()
        assert header["prediction"]["after"] == free["prediction"]["after"]
    # Nearer, the stabiliser cancels: with another m at a step the answer is the same.
    header, _ = message(**asked, clamps="stabiliser -9 t2")
    assert header["clamps"][0]["active"]
    assert header["prediction"]["after"] == pytest.approx(free["prediction"]["after"], abs=1e-5)
    model = lstm_viz.load_model("parity", "slstm")
    with pytest.raises(ValueError, match=r"clamp: with stabiliser held, the numbers grow past .* at time_step"):
        model.trace("10110", clamp=[lstm_viz.Clamp("stabiliser", -100.0, steps=[3])])


@pytest.mark.parametrize("text", [TEXT, ""])
def test_words_and_numbers_are_two_halves_of_the_message(text: str) -> None:
    view = View.of(Settings(text=text, before="A film.", clamps="input_gate mean t1-2"))
    header, arrays = what_if_message(view)
    said, (counted, drawn) = what_if_words(view), what_if_numbers(view)
    assert not said.keys() & counted.keys()
    assert received(({**said, **counted}, {}))[0] == received((header, {}))[0]
    assert arrays.keys() == drawn.keys()


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


@settings(max_examples=40)
@given(
    gate=st.sampled_from(["forget_gate", "input_gate", "output_gate", "candidate"]),
    value=st.sampled_from(["0", "0.3", "1", "mean"]),
    unit=st.none() | st.integers(0, 63),
    step=st.integers(0, 5),
    text=st.sampled_from([TEXT, "The film is truly not good.", "The film is good."]),
    cell=st.sampled_from(["lstm", "gru"]),
)
def test_what_is_said_of_the_difference_is_true_of_the_values(
    gate: str, value: str, unit: int | None, step: int, text: str, cell: str
) -> None:
    """Where it starts and ends, and how many units it moves, are by the size that the sentence itself names."""
    if cell == "gru":
        gate = {"forget_gate": "reset_gate", "candidate": "candidate"}.get(gate, "update_gate")
    clamps = f"{gate} {value} t{step}" + ("" if unit is None else f" u{unit}")
    header, arrays = message(text=text, before=TEXT, clamps=clamps, cell=cell, shown="hidden_state")
    said, sizes = header["captions"]["moved"], np.abs(arrays["difference"])
    steps, columns = header["axis"]["edges"], range(len(sizes))
    if "Every hidden state is as it was" in said:
        assert not np.nanmax(sizes)
        return
    named = re.search(r"by more than (\d+\.\d+)", said)
    assert named is not None
    threshold = float(named[1])
    assert threshold == header["moved"]["threshold"]
    passed = [steps[k] for k in columns if (sizes[k] > threshold).any()]
    if "No unit" in said:
        assert not passed
        return
    assert f"of {int((sizes > threshold).any(axis=0).sum())} of {sizes.shape[1]} units" in said
    tokens = [label for label in header["axis"]["labels"] if label]
    assert f"at {place(tokens, passed[0])}" in said
    assert f"at {place(tokens, passed[-1])}" in said
    assert ("one step later" in said) == (passed[0] == passed[-1] < len(tokens) - 1)


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


def check_most(found: dict[str, Any]) -> None:
    """No unit is said to matter where none of them moves the answer by what an eye can see."""
    before, caption = found["before"], found["caption"]
    shown = [row["prediction"] for row in found["rows"]]
    if "None of them moves" in caption:
        assert f"{found['shown']} from {number(before)} by more than 0.05" in caption
        assert all(alike(before, each) for each in shown)
    else:
        assert f"unit {found['rows'][0]['unit']} moves the {found['title']} furthest" in caption


@pytest.mark.parametrize(("task", "text"), [("sentiment", "A great film, and a warm one."), ("counting", "aab")])
@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_the_ranking_names_a_unit_only_where_one_moves_the_answer(task: str, text: str, cell: str) -> None:
    view = WhatIfView(View.of(Settings(task=task, cell=cell, text=text, ranking="all")))
    found = ranked(view)
    check_most(found)
    gate = view.layer.definition.gates[0].name
    column = readout(view.view.model, view.view.model.predictions(view.base)[-1]).column
    ends = [
        view.view.model.predictions(view.view.model.trace(text, clamp=[lstm_viz.Clamp(gate, 0.0, units=[unit])]))[-1]
        for unit in range(view.layer.units)
    ]
    if any(not alike(found["before"], float(end[column])) for end in ends):
        assert "None of them" not in found["caption"]


def test_the_ranking_is_what_clamping_would_do() -> None:
    view = WhatIfView(View.of(Settings(text=TEXT, clamps="input_gate 0.5 t1", ranking="all")))
    model, shares = lstm_viz.load_model("sentiment"), list[float]()
    found = ranked(view, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)
    check_most(found)
    changes = [abs(row["change"]) for row in found["rows"]]
    assert changes == sorted(changes, reverse=True)
    for row in found["rows"][:3]:
        both = [lstm_viz.Clamp("input_gate", 0.5, steps=[1]), lstm_viz.Clamp(row["gate"], 0.0, units=[row["unit"]])]
        expected = model.predictions(model.trace(TEXT, clamp=both))[-1, 1]
        assert row["prediction"] == pytest.approx(expected, abs=1e-5)
    assert ranked(WhatIfView(View.of(Settings(text=TEXT, cell="rnn", ranking="all"))))["rows"] == []


def test_of_a_network_of_ones_own_small_outputs_are_told_apart_and_others_experiments_left_out() -> None:
    file = made_file(nn.LSTM(2, 6), outputs=2)
    head = replace(file.heads[0], weight=file.heads[0].weight / 100, bias=None)
    source = uploaded(replace(file, heads=(head,)), Choices(head=0, text="1 2\n3 -1\n0 1"))
    held = what_if_message(View(source, Settings(task="yours", clamps="forget_gate 1")))[0]
    assert held["presets"] == []
    assert message(text=TEXT)[0]["presets"]
    ends = held["prediction"]["before"], held["prediction"]["after"]
    spread = held["prediction"]["high"] - held["prediction"]["low"]
    assert 0.05 * spread < abs(ends[1] - ends[0]) < 0.05
    assert re.search(r"at the end (rises|falls) from", held["captions"]["prediction"]), held["captions"]["prediction"]
