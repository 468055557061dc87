"""The menu of networks and their cards, and which network the settings choose."""

import pytest

from lstm_viz.sources import cells_of, shipped, shown_tasks
from lstm_viz.tasks import load_model
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.chosen import source_of
from lstm_viz.ui.views.menu import menu


@pytest.mark.parametrize("task", shown_tasks())
def test_the_menu_names_what_the_task_asks_and_the_card_what_was_measured(task):
    for cell in cells_of(task):
        model = load_model(task, cell)
        shown, card = menu(shipped(task, cell)), model.card
        assert tuple(name for name, _ in shown["tasks"]) == shown_tasks()
        assert shown["question"] == model.task.question
        facts, training = dict(shown["card"]), dict(shown["training"])
        assert f"{card['parameters']:,}" in facts["Network"][0]
        # Every score is there, under the line that says what it was measured on.
        part, said = "", {}
        for line in facts["Scores"]:
            name, _, value = line.removeprefix("– ").partition(": ")
            said[name], part = (part, value), part if value else line
        for score in card["scores"]:
            where, value = said[score["name"]]
            assert where == f"On {score['items']:,} {score['part']}:"
            assert value.replace(",", "").split()[0] in shown_as(score["value"])
        assert len(facts["What it cannot do"]) >= max(1, len(card.get("limits", ())))
        assert (card["data"][1:] in facts["Trained on"][0], facts["Trained on"][1]) == (True, card["url"])
        assert facts["Published score"] == [card["reference"][0].upper() + card["reference"][1:]]
        assert card["date"] in training["Training"][0]
        for checksum in card["sha256"].values():
            assert checksum[:12] in "".join(training["Files read"])
        for found in card["findings"].get("units", ()):
            (line,) = [each for each in facts["Units that track"] if each.startswith(f"{found['property']}: ")]
            assert f"unit {found['unit']}’s " in line
            assert f"{found['steps']:,} fresh steps" in line
            assert ("falling as it rises" in line) == (found["measure"] == "correlation" and found["score"] < 0)
            assert ("lower there" in line) == (found["measure"] != "correlation" and found["score"] < 0.5)
        everything = "".join(line for _, lines in shown["card"] for line in lines)
        assert card["chosen_by"] in ("", *said) or card["chosen_by"] not in everything


def shown_as(value: float) -> set[str]:
    """How a value may be written, without the commas of thousands."""
    return {f"{value:.3g}", f"{value:.0f}", f"{100 * value:.1f}%"}


def test_a_network_that_does_not_ship_stands_back_for_one_that_does():
    assert source_of(Settings(task=shown_tasks()[0], cell="rnn_relu")).model.cell == cells_of(shown_tasks()[0])[0]


def test_a_card_says_of_a_state_on_the_way_what_was_measured_then():
    states = shipped("counting").states
    assert states is not None
    step = states.steps[len(states.steps) // 2]
    row, *rest = menu(shipped("counting", checkpoint=step))["card"]
    at = states.index(step)
    name, (then, else_) = row
    assert name == "On show"
    assert then.startswith(f"After {step:,} training steps: loss {states.loss[at]:.3g}, {states.score_name} ")
    assert f"{100 * states.score[at]:.1f}% on held-out data." in then
    assert f"the end, after {states.steps[-1]:,} training steps." in else_
    assert rest == menu(shipped("counting"))["card"]
