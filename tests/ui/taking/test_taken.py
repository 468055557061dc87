"""The numbers of a view as files: all of them where they fit, less and said so where they do not."""

import io

import numpy as np
import pandas as pd
import pytest
import torch

import lstm_viz
from lstm_viz.ui.jobs import Stopped
from lstm_viz.ui.taking import taken
from lstm_viz.ui.taking.taken import Extra, Taken
from lstm_viz.ui.taking.taking import NOTHING, Taking

STEPS, UNITS = 7, 4


def numbers() -> Taken:
    torch.manual_seed(0)
    inputs = torch.randn(STEPS, 3)
    run, other = (lstm_viz.trace(torch.nn.LSTM(3, UNITS, num_layers=2), inputs, labels=list("abcdefg")) for _ in "ab")
    square = Extra("left", "left", np.ones((STEPS, STEPS)), {"time_step": range(STEPS), "source_step": range(STEPS)})
    halves = Extra("halves", "halves", [0.5, 1.5], {"x": [0.5, 1.0]}, {"run": "now"})
    return Taken({"now": run, "before": other}, [square, halves], layer=1, unit=2)


def test_a_table_holds_what_a_trace_s_own_does_and_a_csv_loses_nothing() -> None:
    made = numbers()
    table, note = made.to_frame()
    assert not note
    theirs = made.runs["now"].to_frame()
    theirs = theirs[theirs.layer == 1].reset_index(drop=True)
    mine = table[(table.run == "now") & table.unit.notna()].reset_index(drop=True)
    for column in ("layer", "direction", "time_step", "token", "unit", "quantity", "value"):
        assert mine[column].tolist() == theirs[column].tolist()
    read = pd.read_csv(io.BytesIO(made.to_csv()[0]))
    np.testing.assert_array_equal(read.value.to_numpy(), table.value.to_numpy())
    assert set(table.quantity) == {*made.runs["now"].layers[1].quantities, "left", "halves"}
    assert table[table.quantity == "left"].token.iloc[-1] == "g"


def test_a_csv_is_the_table_as_pandas_would_write_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taken, "ROWS", 5)
    made, told = numbers(), list[float]()
    odd = Extra("odd", 'a "name", so', [np.nan, 1e-7, 1e16, np.inf], {"label": ["a,b", "ü", "", "\n"]})
    for extras in ((*made.extras, odd), made.extras[:0]):
        each = Taken(made.runs, extras, layer=1, unit=2)
        assert each.to_csv(told.append)[0] == each.to_frame()[0].to_csv(index=False, lineterminator="\n").encode()
    second = told.index(0.0, 1)
    assert told[:second] == sorted(told[:second])
    assert all(0 <= share < 1 for share in told)


def test_an_npz_tells_how_far_it_is_and_can_be_ended_anywhere() -> None:
    told = list[float]()
    content, _ = numbers().to_npz(told.append)
    assert content == numbers().to_npz()[0]
    assert told[0] == 0.0
    assert len(told) > 10
    assert max(told) <= 1.0

    def end(share: float) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        numbers().to_npz(end)


def test_an_npz_is_the_first_run_with_more_in_it() -> None:
    made = numbers()
    content, note = made.to_npz()
    assert not note
    assert lstm_viz.load_trace(io.BytesIO(content)).labels == made.labels
    with np.load(io.BytesIO(content)) as found:
        np.testing.assert_array_equal(found["before.cell_state"], made.runs["before"].layers[1].cell_state)
        assert found["left"].shape == (STEPS, STEPS)
        assert "left.time_step" not in found.files
        assert found["halves.x"].tolist() == [0.5, 1.0]


def test_what_is_too_large_is_less_and_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = 2 * STEPS * UNITS * 6
    monkeypatch.setattr(taken, "MOST_ROWS", whole - 1)
    monkeypatch.setattr(taken, "MOST_ADDED", STEPS * STEPS - 1)
    table, note = numbers().to_frame()
    assert set(table.unit.dropna()) == {2}
    assert set(table.quantity) >= {"halves", "cell_state"}
    assert "left" not in set(table.quantity)
    assert note == (
        f"All units are {whole:,} numbers, and a CSV takes at most {whole - 1:,}: this one has unit 2. The Python "
        "snippet makes the rest. Left out, with more than 48 numbers: left."
    )
    monkeypatch.setattr(taken, "MOST_NUMBERS", 2 * whole - 1)
    content, note = numbers().to_npz()
    assert [layer.index for layer in lstm_viz.load_trace(io.BytesIO(content)).layers] == [1]
    assert note.startswith("The whole run is too large for a download: this file has the layer on show.")
    monkeypatch.setattr(taken, "MOST_NUMBERS", whole - 1)
    content, note = numbers().to_npz()
    assert not content
    assert note.startswith(f"This view has {whole:,} numbers; a download takes at most {whole - 1:,}.")


def test_an_answer_is_a_file_or_a_sentence() -> None:
    taking = Taking("view", numbers, lambda theme: f"theme = {theme!r}\n")
    given, content = taking.answer({"id": "7", "kind": "py", "theme": "dark"})
    assert (given["id"], given["name"], content) == ("7", "view.py", b"theme = 'dark'\n")
    assert taking.answer({"kind": "csv"})[0]["name"] == "view.csv"
    empty = Taking("view", None, lambda theme: "")
    for asked in ({"kind": "csv"}, {"kind": "no such"}, {}, {"kind": "html"}):
        given, content = empty.answer(asked)
        assert (given["note"], given["name"], content) == (NOTHING, "", b"")
