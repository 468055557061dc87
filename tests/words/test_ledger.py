"""What is said of a memory and of an answer split is true of the values, of made ones and of every network's."""

import random
import re
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from lstm_viz.analysis.answers.followed import followed
from lstm_viz.analysis.memory.split import Split
from lstm_viz.sources import cells_of, shipped, shown_tasks
from lstm_viz.ui.pages.ledger.view import LedgerView, ledger_words
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from lstm_viz.words.alike import alike, span_of
from lstm_viz.words.ledger import describe_makeup, describe_split
from lstm_viz.words.phrases import number, place

NUMBER = r"(−?[\d,]+(?:\.\d\d)?)"
NETWORKS = [(task, cell) for task in shown_tasks() for cell in cells_of(task) if shipped(task, cell).cell.memory]

values = st.lists(st.sampled_from([0.0, 0.001]) | st.floats(-3, 3), min_size=1, max_size=8)


def read(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


def found(pattern: str, sentence: str) -> list[float]:
    return [read(each) for each in re.findall(pattern, sentence)]


def check_makeup(sentence: str, parts: NDArray[np.float64], initial: float, labels: Sequence[str], step: int) -> None:
    """The parts that a sentence names have the signs and sizes that it says, and with the rest they make the whole."""
    opening, told = re.fullmatch(rf"At .+?, it is {NUMBER}([:.;,] .+)", sentence).groups()  # type: ignore[union-attr]
    total = parts.sum() + initial
    assert sentence.startswith(f"At {place(labels, step)}, it is")
    assert read(opening) == pytest.approx(total, abs=0.006)
    if "no step’s part" in told:
        assert np.abs(parts).max() < 0.0051
        return
    starts = {j: f"{place(labels, j)} (" for j in range(len(parts))}
    named = {j: start for j, start in starts.items() if start in told}
    for j, start in named.items():
        assert found(rf"{re.escape(start)}{NUMBER}\)", told) == pytest.approx([parts[j]], abs=0.006)
    if " of it from " in told or "Most of it" in told:
        rest = found(rf"makes? {NUMBER}\.$", told)
        assert sum(parts[j] for j in named) + sum(rest) == pytest.approx(total, abs=0.006)
        assert all(parts[j] * total > 0 for j in named), "parts of the other sign are no part of it"
        same = [abs(each) for each in (*parts, initial) if each * total > 0]
        assert sum(abs(parts[j]) for j in named) > sum(same) / 2
        return
    for side in told.removeprefix(": ").removesuffix(".").split("; "):
        if "initial state" in side:
            assert found(NUMBER, side) == pytest.approx([initial], abs=0.006)
            continue
        sign = 1 if " raise" in side else -1
        mine = [sign * part for part in parts if part * sign > 0]
        here = [j for j, start in named.items() if start in side]
        assert all(parts[j] * sign > 0 for j in here)
        if by := found(rf"it by {NUMBER}", side):
            assert by == pytest.approx([sum(mine)], abs=0.006)
            assert side.startswith(f"{len(mine)} steps ")
            first, second = sorted(mine, reverse=True)[:2]
            if number(first) == number(second):
                assert not here, "of equals, none is said to be the largest"
                assert found(rf"none of them by more than {NUMBER}", side) == [read(number(first))]
            else:
                assert [sign * parts[j] for j in here] == pytest.approx([first])
        else:
            assert len(here) == len(mine)
    assert ("raise" in told) == (sum(part for part in parts if part > 0) >= 0.005)
    assert ("lower" in told) == (-sum(part for part in parts if part < 0) >= 0.005)


@given(values, st.floats(-1, 1) | st.just(0.0), st.data())
def test_what_a_memory_is_made_of(parts: list[float], initial: float, data: st.DataObject) -> None:
    step = data.draw(st.integers(0, len(parts) - 1))
    labels = data.draw(st.lists(st.sampled_from("abc"), min_size=len(parts), max_size=len(parts)))
    given_parts = np.array(parts)
    check_makeup(describe_makeup(given_parts, initial, labels, step, "it"), given_parts, initial, labels, step)


def check_split(sentence: str, split: Split) -> None:
    """What adds, less what takes off, with what no step put in, is the whole; the largest of each is named."""
    ups, downs = split.parts[split.parts > 0], split.parts[split.parts < 0]
    adds, takes = found(rf"adds {NUMBER}", sentence), found(rf"takes {NUMBER} off", sentence)
    assert sum(adds) == pytest.approx(ups.sum(), abs=0.006 + 5e-4 * abs(ups.sum()))
    assert sum(takes) == pytest.approx(-downs.sum(), abs=0.006 + 5e-4 * abs(downs.sum()))
    fixed = found(rf"{NUMBER} (?:is there|is what|comes from)", sentence)
    assert sum(fixed) == pytest.approx(split.bias + split.initial + split.empty, abs=0.02)
    assert found(rf"(?:is|are) {NUMBER}", sentence)[0] == pytest.approx(split.total, abs=0.006)
    wanted: list[float] = []
    equal: list[float] = []
    for side, told in ((ups, adds), (downs, takes)):
        if len(side) > 1 and told:
            first, second = sorted(side, key=abs, reverse=True)[:2]
            (equal if number(first) == number(second) else wanted).append(first)
    assert found(rf"most \({NUMBER}\)", sentence) == pytest.approx(wanted, abs=0.006)
    assert found(rf"no step’s more than {NUMBER}", sentence) == pytest.approx(np.abs(equal), abs=0.006)
    for each in sentence.split(". "):
        assert "that of" not in each or each.startswith("The memory of"), "“that of” needs something it stands for"


@given(values, st.floats(-2, 2), st.sampled_from([0.0, 0.4]), st.sampled_from([0.0, -0.7]))
def test_what_an_answer_is_made_of(parts: list[float], bias: float, initial: float, empty: float) -> None:
    split = Split(len(parts) - 1, np.array(parts), initial, bias, empty)
    check_split(describe_split(split, [str(k) for k in range(len(parts))], "log-odds of yes"), split)


@pytest.mark.parametrize(("task", "cell"), NETWORKS)
def test_the_ledger_of_every_network_and_example(task: str, cell: str) -> None:
    source = shipped(task, cell)
    for example in source.task.examples:
        steps = len(source.read(example.text).tokens)
        for step in {0, steps // 2, steps - 1}:
            view = View(source, Settings(task=task, cell=cell, text=example.text, step=step))
            ledger = LedgerView(view)
            labels, (left, initial) = view.run.labels, ledger.left
            parts, start = left[step].astype(float), float(initial[step])
            check_makeup(describe_makeup(parts, start, labels, step, "it"), parts, start, labels, step)
            check_split(ledger.shares.caption, ledger.split)
            if stays := re.search(r"\(step (\d+)\) is the largest part at (\d+) of", ledger.captions()["stack"]):
                sizes = np.round(np.abs(ledger.ledger.contributions[:, :, 0]), 2)
                others = np.delete(sizes, int(stays[1]), axis=1).max(axis=1)
                assert int(stays[2]) == (sizes[:, int(stays[1])] > others).sum()
            assert ledger.split.total == pytest.approx(ledger.readout.score(ledger.layer.hidden_state[step]), abs=1e-3)


WITHOUT = [(task, cell) for task in shown_tasks() for cell in cells_of(task) if not shipped(task, cell).cell.memory]


@pytest.mark.parametrize(("task", "cell"), WITHOUT)
def test_what_each_step_still_changes_where_there_is_no_ledger(task: str, cell: str) -> None:
    """Bars and sentences, against a run of the text without the step."""
    source = shipped(task, cell)
    model = source.model
    for example in source.task.examples[:3]:
        view = View(source, Settings(task=task, cell=cell, text=example.text))
        tokens, shown = view.reading.tokens, ledger_words(view)["leftOut"]
        if len(tokens) > 60:  # several steps a column
            assert len(shown["labels"]) <= 60
            continue
        predictions = model.predictions(view.run)
        column, whole = followed(model, predictions), float(predictions[-1, followed(model, predictions)])
        chance = random.Random(example.text).sample(range(len(tokens)), min(3, len(tokens)))
        most = int(np.abs(shown["answer"]).argmax())
        for step in {*chance, most}:
            run = model.trace_tokens([*tokens[:step], *tokens[step + 1 :]])
            without = float(model.predictions(run)[-1, column])
            assert shown["answer"][step] == pytest.approx(whole - without, abs=2e-5)
            moved = np.abs(run.layers[0].hidden_state[-1] - view.layer.hidden_state[-1]).mean()
            assert shown["state"][step] == pytest.approx(moved, abs=2e-5)
        told = shown["captions"]["answer"]
        assert told.startswith(f"{shown['name']} at the end is {number(whole)}")
        if "without" in told:
            assert f"without {place(view.run.labels, most)} it would be {number(whole - shown['answer'][most])}" in told
        else:
            assert alike(whole, whole - shown["answer"][most], span_of(model))
        state = shown["captions"]["state"]
        for value, same in re.findall(rf"{NUMBER} without any one of (\d+) steps", state):
            assert int(same) == sum(number(each) == value for each in shown["state"])
        high = found(rf"units: {NUMBER} without", state)
        assert high == pytest.approx([max(shown["state"])], abs=0.006)
