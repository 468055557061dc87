"""A question tells its answer to nobody; what came of a prediction is told with the numbers of a trace."""

import json
from typing import Any

import numpy as np
import pytest

import lstm_viz
from lstm_viz.lessons import Question, answered, asked
from lstm_viz.lessons.questions import read_question
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View

TEXT = "The film was good , but the ending was not"
VIEW = View.of(Settings(text=TEXT, unit=44))
MODEL = lstm_viz.load_model("sentiment")
TRACE = MODEL.trace(TEXT)
FORGET = TRACE.layers[0].forget_gate[:, 44].astype(float)
P = MODEL.predictions(TRACE)[:, 1].astype(float)


def question(kind: str, line: str) -> Question:
    return read_question(kind, line, "What?", "", "")


def test_a_range_is_chosen() -> None:
    put = question("choose", 'forget gate of unit 44 at "but": below 0.2 | 0.2 to 0.8 | above 0.8')
    assert asked(put, VIEW) == {"kind": "choose", "prompt": "What?", "options": list(put.options)}
    found = answered(put, VIEW, 0)
    assert (found["truth"], found["right"], found["gap"]) == (0, True, None)
    assert f"{FORGET[5]:.2f}" in found["said"]
    wrong = answered(put, VIEW, 2)
    assert (wrong["truth"], wrong["right"]) == (0, False)


COMPARED = [
    ("P(positive) at step 3 against P(positive) at the end: larger | smaller | about the same", 0),
    ("P(positive) at the end against P(positive) at step 3: larger | smaller", 1),
    ("P(positive) at step 1 against P(positive) at step 1: larger | smaller | about the same", 2),
    ('the step where P(positive) rises most among "film", "good", "ending"', 1),
    ("the unit whose forget gate is lowest at step 3 among 0, 1, unit 16", None),
    ('largest of P(positive) at "film"; P(positive) at "good"; P(positive) at the end', 1),
    ('smallest of P(positive) at "film"; P(positive) at "good"; P(positive) at the end', 2),
]


@pytest.mark.parametrize(("line", "right"), COMPARED, ids=[line[:40] for line, _ in COMPARED])
def test_what_is_compared_is_right_as_the_trace_has_it(line: str, right: int | None) -> None:
    put = question("choose", line)
    if right is None:
        gates = TRACE.layers[0].forget_gate[3]
        lowest = np.flatnonzero(np.round(gates, 2) == np.round(gates.min(), 2))
        options = [k for k, unit in enumerate((0, 1, 16)) if unit in lowest]
        if not options:
            with pytest.raises(ValueError, match="none of the options"):
                answered(put, VIEW, 0)
            return
        right = options[0]
    assert answered(put, VIEW, right)["right"] is True
    assert [answered(put, VIEW, k)["truth"] for k in range(len(put.options)) if k != right] == [right] * (
        len(put.options) - 1
    )


def test_a_number_is_set() -> None:
    put = question("number", 'forget gate of unit 44 at "ending"')
    told = asked(put, VIEW)
    assert (told["range"], told["decimals"], told["unit"]) == ([0.0, 1.0], 2, "")
    assert told["name"] == "forget gate of unit 44 at “ending”"
    truth = round(FORGET[7], 2)
    assert answered(put, VIEW, truth) | {"said": ""} == {"truth": truth, "right": True, "gap": 0.0, "said": ""}
    far = answered(put, VIEW, 0.1)
    assert (far["right"], far["gap"]) == (False, pytest.approx(truth - 0.1))
    assert f"{truth:.2f}" in far["said"]


def test_a_place_is_clicked_or_found() -> None:
    for kind in ("click", "find"):
        put = question(kind, "the step where the forget gate of unit 44 is lowest")
        told = asked(put, VIEW)
        assert told["what"] == "step"
        if kind == "click":
            assert told["labels"] == list(TRACE.labels)
            assert sorted(told["units"]) == list(range(64))
        found = answered(put, VIEW, 1)
        alike = np.flatnonzero(np.round(FORGET, 2) == np.round(FORGET.min(), 2)).tolist()
        assert sorted(found["truth"]) == alike
        assert found["right"] is False
        assert all(answered(put, VIEW, place)["right"] for place in alike), "all that look alike are right"


def test_a_curve_is_drawn() -> None:
    put = question("draw", "P(positive)")
    told = asked(put, VIEW)
    assert (told["range"], told["scale"], told["labels"]) == ([0.0, 1.0], "linear", list(TRACE.labels))
    found = answered(put, VIEW, P.tolist())
    assert found["truth"] == [round(each, 2) for each in P]
    assert found["gap"] == pytest.approx(0, abs=0.005)
    off = answered(put, VIEW, [None] * 9 + [1.0])
    assert off["gap"] == pytest.approx(1 - round(P[9], 2))


def test_lengths_and_distances_are_drawn_on_scales_of_their_own() -> None:
    error = asked(question("draw", "error of the GRU by length"), View.of(Settings(task="adding")))
    assert (error["labels"][0], error["labels"][-1], error["scale"]) == ("10", "2,000", "linear")
    view = View.of(Settings(networks="fresh", length=500, hidden=4))
    gradient = asked(question("draw", "gradient of the RNN by distance"), view)
    low, high = gradient["range"]
    assert gradient["scale"] == "log"
    assert 0 < low < high
    assert len(gradient["labels"]) <= 120
    truth = answered(question("draw", "gradient of the RNN by distance"), view, [1.0] * len(gradient["labels"]))[
        "truth"
    ]
    assert all(low <= each <= high for each in truth)


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("choose", "P(positive) at the end: below 0.5 | above 0.5"),
        ("number", "cell state of unit 44 at the end"),
        ("click", "the step where the forget gate of unit 44 is lowest"),
        ("find", "the unit whose cell state moves most"),
        ("draw", "cell state of unit 44"),
    ],
)
def test_what_is_asked_does_not_change_with_the_answer(kind: str, line: str) -> None:
    """Two units, or two layers of numbers, whose answers differ are asked about in the same words."""
    told, other = (json.dumps(_but_units(question(kind, each))) for each in (line, line.replace("44", "47")))
    assert told == other.replace("47", "44")
    if kind in ("number", "draw"):
        course = TRACE.layers[0].cell_state[:, 44]
        assert not any(f"{value:.2f}" in told for value in course if abs(value) > 0.05)


def _but_units(put: Question) -> dict[str, Any]:
    """What is asked, without the order of rows, which is the same for every question."""
    return {name: each for name, each in asked(put, VIEW).items() if name != "units"}


NONSENSE: list[Any] = [None, True, -1, 99, "1", [], {}, float("nan"), [float("inf")] * 10, [None] * 10, ["a"] * 10]


@pytest.mark.parametrize("kind", ["choose", "number", "click", "find", "draw"])
def test_nonsense_is_refused_in_a_sentence(kind: str) -> None:
    lines = {
        "choose": "P(positive) at the end: below 0.5 | above 0.5",
        "number": "P(positive) at the end",
        "draw": "P(positive)",
    }
    put = question(kind, lines.get(kind, "the step where P(positive) is lowest"))
    refused = [_refused(put, each) for each in NONSENSE]
    assert all("\n" not in each for each in refused if each)
    assert sum(map(bool, refused)) >= len(NONSENSE) - 2, "a slider takes a number past its ends for its end"


def _refused(put: Question, prediction: Any) -> str:
    """Why a prediction is refused, or ""."""
    try:
        answered(put, VIEW, prediction)
    except ValueError as error:
        return str(error)
    return ""
