"""A plan is plain values: it says what is wrong with them, and is the same after it was written and read."""

import re

import pytest

from lstm_viz.learning import FIELDS, TRAINABLE, Plan, fields_of

ODD = Plan(
    task="echo",
    cell="gru",
    units=16,
    layers=2,
    forget_bias=-1.5,
    learning_rate=2e-5,
    optimizer="sgd",
    clip=0,
    length=30,
    curriculum=False,
    distance=9,
    updates=120,
    seed=77,
    rates=((5, 0.1), (60, 1e-5)),
)


@pytest.mark.parametrize("plan", [Plan(), ODD, *(Plan(task=task) for task in TRAINABLE)])
def test_a_plan_is_the_same_after_it_was_written_and_read(plan: Plan) -> None:
    assert Plan.read(plan.written) == plan
    assert len(Plan(task=plan.task, units=16).written) < 40


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"task": "sentiment"}, "task: got 'sentiment'; expected one of adding, counting"),
        ({"units": 65}, "units: got 65; expected a whole number from 1 to 64"),
        ({"layers": 0}, "layers: got 0"),
        ({"learning_rate": float("nan")}, "learning_rate: got nan; expected a number from 1e-05 to 10"),
        ({"task": "echo", "distance": 20, "length": 20}, "length: got 20; expected a whole number from 21 to 200"),
        ({"units": 64, "layers": 3, "length": 200}, "64 units × 3 layers × 200 steps are 38,400; at most 12,800"),
        ({"rates": ((3, 0.1), (3, 0.2))}, "rates: got"),
        ({"rates": ((3,),)}, "rates: got"),
    ],
)
def test_what_is_out_of_bounds_is_refused_in_a_sentence(values: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        Plan(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "units-x",
        "units-1e3",
        "colour-red",
        "rates-3",
        "curriculum-maybe",
        "~" * 3000,
        "units-" + "9" * 1500,
        "clip-nan",
    ],
)
def test_a_text_that_is_no_plan_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"^(plan|units|rates|curriculum|clip): "):
        Plan.read(text)
    with pytest.raises(ValueError, match="units: got '1e3'; expected a whole number from 1 to 64"):
        Plan.read("units-1e3")


def test_what_a_plan_says_names_what_counts_for_its_task_and_cell() -> None:
    assert "forget bias" in Plan().said
    assert "forget bias" not in Plan(cell="rnn").said
    assert "9 steps ago" in ODD.said
    assert fields_of("echo", 9)["length"].low == 10
    assert all(field.help.endswith(".") and field.label for field in FIELDS.values())
