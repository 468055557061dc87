"""What is said of an experiment is true of the values: which way the answer goes, how far, how near to the truth."""

import random
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_viz.analysis.answers.truth import known_answer
from lstm_viz.sources import cells_of, shipped, shown_tasks
from lstm_viz.tasks.readers import Numbers
from lstm_viz.ui.doing.reducer import reduce
from lstm_viz.ui.doing.state import Rules, State
from lstm_viz.ui.pages.what_if.view import what_if_message
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from lstm_viz.words import number, place
from lstm_viz.words.alike import alike, apart, span_of
from lstm_viz.words.what_if import describe_apart, describe_outcome, nearness

NETWORKS = [(task, cell) for task in shown_tasks() for cell in cells_of(task)]
RULES = Rules(lasting_comparison=True)


def check_nearness(said: str, before: float, after: float, truth: float, span: float) -> None:
    was, now = apart(before, truth), apart(after, truth)
    word = "about as far as before from" if alike(was, now, span) else "closer to" if now < was else "further from"
    assert said.startswith(f"{word} the true {number(truth)}")


def check_outcome(header: dict[str, Any], arrays: dict[str, Any], view: View) -> None:
    """The sentence on the answer of a page, against the lines that the page draws."""
    said, prediction = header["captions"]["prediction"], header["prediction"]
    before, after = prediction["before"], prediction["after"]
    if said.startswith("Nothing is held"):
        assert before == after
        return
    span = span_of(view.model)
    if number(before) == number(after):
        assert f"{prediction['title']} still ends at {number(after)}" in said
    else:
        verb = "hardly moves (" if alike(before, after, span) else "rises" if after > before else "falls"
        assert f"{prediction['title']} at the end {verb}" in said
        assert re.search(rf"{number(before)} (?:→|to) {number(after)}", said)
        truth, same = known_answer(view.model, view.reading.tokens), view.settings.before is None
        if truth is not None and same:
            check_nearness(said.split(", ", 1)[1], before, after, truth, span)
    steps = header["axis"]["edges"]
    if found := re.search(r"furthest apart at (.+): (\S+?) .*?before, (\S+?) .*?changed", said):
        labels = view.run.labels
        (step,) = (k for k in range(len(labels)) if place(labels, k) == found[1])
        if len(steps) == len(labels):  # a column a step
            first, second = arrays["predictionBefore"][:, 0], arrays["predictionAfter"][:, 0]
            sizes = np.abs(first - second)
            assert sizes[step] == sizes.max()
            assert (number(first[step]), number(second[step])) == (found[2], found[3])


@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(-3, 3), st.sampled_from([1.0, 8.0]))
def test_nearer_or_further_as_the_numbers_on_show_are(before: float, after: float, truth: float, span: float) -> None:
    check_nearness(nearness(before, after, truth, span), before, after, truth, span)
    said = describe_outcome(before, after, "Sum", truth=truth, span=span)
    assert ("rises" in said) == (not alike(before, after, span) and after > before)
    assert ("falls" in said) == (not alike(before, after, span) and after < before)
    assert number(truth) in said


def test_where_two_runs_are_furthest_apart_is_said_only_where_it_is_not_the_end() -> None:
    labels = ["a", "b", "c"]
    assert describe_apart(np.array([0.5, 0.5, 0.5]), np.array([0.5, 0.1, 0.6]), labels) == (
        "The two are furthest apart at “b”: 0.50 before, 0.10 changed."
    )
    assert describe_apart(np.array([0.5, 0.5, 0.5]), np.array([0.5, 0.1, 0.12]), labels) == ""


def test_the_truth_is_the_sum_of_the_marked_numbers() -> None:
    for task in shown_tasks():
        model = shipped(task, "lstm").model
        knows = isinstance(model.task.reader, Numbers) and model.task.reader.marks
        for example in model.task.examples:
            marked = re.findall(r"([\d.]+)\*", example.text) if knows else []
            truth = known_answer(model, model.task.read(example.text).tokens)
            assert truth == (pytest.approx(sum(map(float, marked))) if marked else None)


@pytest.mark.parametrize(("task", "cell"), NETWORKS)
def test_every_experiment_on_every_example_does_what_its_button_says(task: str, cell: str) -> None:
    source = shipped(task, cell)
    chosen = random.Random(f"{task} {cell}").sample(source.task.examples, 2)
    for example in chosen:
        start = Settings(task=task, cell=cell, text=example.text)
        if len(source.read(example.text).tokens) > 200:
            continue
        header, _ = what_if_message(View.of(start))
        sizes = []
        for each in header["tried"]:
            done = reduce(State(start), [["try", each["line"], each["drop"]]], RULES).settings
            view = View.of(done)
            now, arrays = what_if_message(view)
            prediction, unit = now["prediction"], source.task.unit
            assert prediction["title"] == each["name"]
            assert each["before"] == f"{number(prediction['before'])} {unit}".rstrip()
            assert each["after"] == f"{number(prediction['after'])} {unit}".rstrip()
            sizes.append(abs(prediction["after"] - prediction["before"]))
            assert [one["title"] for one in now["tried"] if one["chosen"]] == [each["title"]]
            check_outcome(now, arrays, view)
            if each["note"]:
                truth = known_answer(view.model, view.reading.tokens)
                assert truth is not None
                check_nearness(each["note"], prediction["before"], prediction["after"], truth, span_of(view.model))
            assert ("gate" in each["title"]) == bool(each["line"])
            assert source.cell.gates or not each["line"]
        assert sizes == sorted(sizes, reverse=True)
