"""A course follows its plan to the bit, however it is sliced, rewound or saved; and breaks down with a sentence."""

from typing import Any

import numpy as np
import pytest
import torch
from torch.optim.adam import adam
from torch.optim.rmsprop import rmsprop
from torch.optim.sgd import sgd

from lstm_viz.cells import CELLS
from lstm_viz.learning import EXERCISES, TRAINABLE, Course, Plan
from lstm_viz.learning.history import MOST_STATES
from lstm_viz.learning.optimizers import OPTIMIZERS

QUICK = Plan(task="adding", units=3, length=6, updates=40)


def run(course: Course) -> Course:
    while course.advance(1.0):
        pass
    return course


def weights(course: Course, update: int | None = None) -> dict[str, torch.Tensor]:
    return dict(course.states[course.update if update is None else update])


def assert_same(one: Course, other: Course) -> None:
    assert one.update == other.update
    for name, part in weights(one).items():
        assert torch.equal(part, weights(other)[name]), name


def test_how_a_course_is_sliced_changes_nothing_and_its_seed_does() -> None:
    whole, slices = run(Course(QUICK)), Course(QUICK)
    while slices.advance(0):
        torch.rand(3)  # what others draw meanwhile is no business of it
    assert_same(whole, slices)
    np.testing.assert_array_equal(whole.history.loss, slices.history.loss)
    other = run(Course(Plan(**{**QUICK.__dict__, "seed": 2})))
    assert not torch.equal(weights(whole)["head.weight"], weights(other)["head.weight"])


def test_two_cells_of_one_seed_see_the_same_sequences() -> None:
    drawn = [
        Course(Plan(task="counting", cell=cell, units=3, seed=5, updates=2))._drawn()[0].inputs
        for cell in ("lstm", "rnn")
    ]
    assert torch.equal(*drawn)


@pytest.mark.parametrize("optimizer", ["adam", "sgd", "rmsprop"])
def test_a_course_that_is_rewound_goes_on_as_if_it_had_gone_no_further(optimizer: str) -> None:
    plan = Plan(task="parity", units=3, length=8, optimizer=optimizer, updates=40)
    course = run(Course(plan))
    back = course.rewound(17)
    assert back.update == 17
    assert back.history.update[-1] == 17
    assert max(back.states) == 17
    assert_same(run(back), course)


def test_a_change_of_rate_is_remembered_by_the_plan_and_forgotten_where_one_goes_back_past_it() -> None:
    course = Course(QUICK)
    while course.update < 20:
        course.advance(0)
    course.set_rate(0.1)
    run(course)
    assert course.followed.rates == ((20, 0.1),)
    history = course.history
    assert (history.rate == np.where(history.update <= 20, 0.01, 0.1)).all()
    assert_same(run(Course(course.followed)), course)
    assert_same(run(course.rewound(30)), course)
    assert_same(run(course.rewound(20)), run(Course(QUICK)))


def test_optimisers_do_what_those_of_torch_do() -> None:
    # Torch's own functions, not its classes: making the first of those takes seconds.
    plain: dict[str, Any] = {"foreach": False, "lr": 0.02, "weight_decay": 0, "maximize": False}
    theirs: dict[str, Any] = {
        "adam": lambda now, slope, mean, square, count: adam(
            now, slope, mean, square, [], count, amsgrad=False, beta1=0.9, beta2=0.999, eps=1e-8, **plain
        ),
        "rmsprop": lambda now, slope, mean, square, count: rmsprop(
            now, slope, square, [], [], count, alpha=0.99, eps=1e-8, momentum=0, centered=False, **plain
        ),
        "sgd": lambda now, slope, mean, square, count: sgd(
            now, slope, [None], momentum=0, dampening=0, nesterov=False, **plain
        ),
    }
    gradients = torch.randn(20, 5, generator=torch.Generator().manual_seed(0))
    for name, step in theirs.items():
        ours, (other, mean, square) = torch.zeros(5), torch.zeros(3, 5)
        memory, count = OPTIMIZERS[name].begin(ours), torch.tensor(0.0)
        for update, gradient in enumerate(gradients, 1):
            ours = ours + OPTIMIZERS[name].step(gradient, memory, 0.02, update)
            step([other], [gradient], [mean], [square], [count])
            torch.testing.assert_close(ours, other)


def test_states_are_kept_dense_where_most_happens_and_no_more_than_fit() -> None:
    course = run(Course(Plan(task="adding", units=2, length=4, updates=150)))
    updates = list(course.states)
    assert updates[0] == 0
    assert updates[-1] == 150
    assert len(updates) == MOST_STATES
    assert updates == sorted(updates)


@pytest.mark.parametrize("cell", CELLS)
def test_every_cell_learns_and_makes_a_model(cell: str) -> None:
    course = run(Course(Plan(task="adding", cell=cell, units=2, layers=2, length=4, updates=2)))
    assert not course.problem
    assert not torch.equal(course.states[0]["head.bias"], course.states[2]["head.bias"])
    assert course.gradients().shape == (4,)
    model = course.model()
    assert np.isfinite(model.predictions("0.5, 1*, 0.25*")).all()


@pytest.mark.parametrize("task", TRAINABLE)
def test_every_task_makes_a_model_that_reads_its_examples_and_says_how_it_does(task: str) -> None:
    course = run(Course(Plan(task=task, units=2, updates=2)))
    model = course.model()
    for example in model.task.examples:
        assert np.isfinite(model.predictions(example.text)).all()
    assert model.card["scores"][0]["name"] == EXERCISES[task].score_at(course.plan.length)
    assert len(model.card["limits"]) == 1
    assert model.card["settings"]["updates"] == 2
    assert Plan.read(model.card["plan"]) == course.followed


def test_what_breaks_down_stops_with_a_sentence_and_sound_weights() -> None:
    wild = Plan(task="adding", cell="rnn_relu", units=8, length=60, optimizer="sgd", learning_rate=10, clip=0)
    course = run(Course(wild))
    assert course.finished
    assert f"at update {course.update + 1}:" in course.problem
    assert all(torch.isfinite(part).all() for part in weights(course).values())
    assert np.isfinite(course.history.loss).all()
    assert np.isfinite(course.history.score).all()
    assert np.isfinite(course.model().predictions("0.5, 1*, 0.25*")).all()
