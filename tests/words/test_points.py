"""What is said to look for in an example is true of every network that it is said of, trained or not."""

import pytest

from lstm_viz.analysis.seen import Seen
from lstm_viz.sources import cells_of, checkpoint_steps, shipped, shown_tasks
from lstm_viz.tasks import TASKS, Example, Model
from lstm_viz.tasks.registry import ONLY_TRAINED
from lstm_viz.ui.views.examples import compared_examples, examples
from lstm_viz.words.points import SAY, compare_points
from tests.words.points_checked import CHECKS, check


def every(task: str) -> list[Model]:
    """All networks that ship for a task, and some of them as they were before training and in the middle of it."""
    found = [shipped(task, cell).model for cell in cells_of(task)]
    steps = checkpoint_steps(task)
    return [
        *found,
        *(shipped(task, "lstm", checkpoint=step).model for step in (steps[:1] + steps[len(steps) // 2 :][:1])),
    ]


@pytest.mark.parametrize("task", shown_tasks())
def test_what_is_said_of_an_example_is_so(task: str) -> None:
    for model in every(task):
        gates = [gate.label.lower() for gate in shipped(task, model.cell).cell.gates]
        for example in TASKS[task].examples:
            said = " ".join(check(point, model, example.text) for point in example.points)
            # Words of gates and of a cell state are for cells that have them.
            assert gates or "gate" not in said.replace("No gates", "").lower(), said
            assert "cell state" not in said or "cell_state" in [
                quantity.name for quantity in shipped(task, model.cell).cell.recorded
            ]
            assert len(said) <= 330, said


@pytest.mark.parametrize("task", shown_tasks())
def test_the_page_says_the_same_of_one_network_and_compares_several(task: str) -> None:
    sources = {cell: shipped(task, cell) for cell in cells_of(task)[:3]}
    source = sources["lstm"]
    place = source.places[0]
    shown, compared = examples(source, place), compared_examples(sources, place)
    assert [each["text"] for each in shown] == [each.text for each in source.task.examples]
    for example, one, several in zip(source.task.examples, shown, compared, strict=True):
        sentences = [SAY[type(point)](point, Seen.of(source.model, example.text)).sentence for point in example.points]
        assert one["look_for"] == " ".join(sentences)
        seen = {each.cell.title: Seen.of(each.model, example.text) for each in sources.values()}
        assert several["look_for"] == compare_points(example.points, seen)
        for point in example.points[:2]:
            briefs = {title: SAY[type(point)](point, each).brief for title, each in seen.items()}
            assert all(f"{title} {brief}" in several["look_for"] for title, brief in briefs.items()) or (
                sentences[example.points.index(point)] in several["look_for"]
            )


def test_every_point_has_its_check_and_is_used() -> None:
    every_task = [*TASKS.values(), *ONLY_TRAINED.values()]
    used = {type(point) for task in every_task for example in task.examples for point in example.points}
    assert used == set(CHECKS) == set(SAY)


def fails(task: str, example: Example) -> bool:
    """Whether the shipped LSTM fails at what an example asks."""
    source = shipped(task)
    said = " ".join(SAY[type(point)](point, Seen.of(source.model, example.text)).sentence for point in example.points)
    return "is wrong" in said or "does not count" in said


def test_where_a_network_is_said_to_fail_it_does() -> None:
    found = [(task, each) for task in shown_tasks() for each in TASKS[task].examples if each.title == "Where it fails"]
    assert found
    assert [(task, example.text) for task, example in found if not fails(task, example)] == []
