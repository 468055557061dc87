"""The menu of networks and their cards, and which network the settings choose."""

import pytest

from lstm_viz.sources import cells_of, shipped, shown_tasks
from lstm_viz.tasks import load_model
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.chosen import source_of
from lstm_viz.ui.views.menu import menu


@pytest.mark.parametrize("task", shown_tasks())
def test_the_menu_names_what_the_task_asks_and_the_card_what_was_measured(task):
    model = load_model(task)
    shown = menu(shipped(task))
    assert tuple(name for name, _ in shown["tasks"]) == shown_tasks()
    assert shown["question"] == model.task.question
    text = "\n".join(line for _, lines in shown["card"] for line in lines)
    assert f"{model.card['parameters']:,}" in text
    for score in model.card["scores"]:
        assert f"{score['value']:.4g} ({score['items']:,}" in text
    for value in (model.card["data"], model.card["url"], model.card["reference"], model.card["date"]):
        assert value in text
    for checksum in model.card["sha256"].values():
        assert checksum[:12] in text
    for found in model.card["findings"].get("units", ()):
        assert f"{found['property']}: unit {found['unit']}’s " in text
        assert f"{found['steps']:,} fresh steps" in text


def test_a_network_that_does_not_ship_stands_back_for_one_that_does():
    assert source_of(Settings(task=shown_tasks()[0], cell="rnn_relu")).model.cell == cells_of(shown_tasks()[0])[0]
