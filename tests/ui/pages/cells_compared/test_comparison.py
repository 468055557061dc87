"""The comparison of cells without a browser: what is sent is each network's own answer, and the words agree."""

import re
from typing import Any

import numpy as np
import pytest

from lstm_viz.cells import CELLS
from lstm_viz.sources import shipped, shown_tasks
from lstm_viz.tasks import TASKS, load_model
from lstm_viz.ui.pages.cells_compared.comparison import (
    Comparison,
    comparison_message,
    comparison_numbers,
    comparison_words,
    describe_answers,
    telling_example,
    views_of,
)
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from tests.ui.messages import received


def compared(**values: Any) -> Comparison:
    settings = Settings(**values)
    return Comparison(views_of(settings, settings.task))


def sent(**values: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    settings = Settings(**values)
    return received(comparison_message(View.of(settings), views_of(settings, settings.task)))


def test_the_same_text_goes_through_every_cell() -> None:
    view = compared(text="a warm and funny film")
    assert list(view.views) == ["lstm", "gru", "rnn"]
    header, arrays = sent(text="a warm and funny film")
    assert header["steps"] == 5
    for cell in view.views:
        model = load_model("sentiment", cell)
        np.testing.assert_allclose(arrays[f"{cell}.answer"][:, 0], model.predictions("a warm and funny film")[:, 1])
        assert arrays[cell].shape == (5, 64)
        assert sorted(next(c["order"] for c in header["cells"] if c["name"] == cell)) == list(range(64))
    head, parameters, *scores = header["rows"]
    assert head == ["Measure", "LSTM", "GRU", "RNN"]
    assert parameters[1] == f"{load_model('sentiment').card['recurrent_parameters']:,}"
    cards = [load_model("sentiment", cell).card["scores"] for cell in view.views]
    assert [float(score) for _, *row in scores for score in row] == [
        pytest.approx(card[k]["value"], abs=0.00051) for k in range(len(cards[0])) for card in cards
    ]


@pytest.mark.parametrize("task", shown_tasks())
def test_scores_to_be_compared_have_as_many_decimals(task: str) -> None:
    settings = Settings(task=task)
    views = views_of(settings, task)
    cards = [{each["name"].lower(): each["value"] for each in view.model.card["scores"]} for view in views.values()]
    for name, *shown in Comparison(views).rows()[2:]:
        values = [card.get(name.lower()) for card in cards]
        assert [text == "–" for text in shown] == [value is None for value in values]
        texts = [text.replace(",", "") for text in shown if text != "–"]
        decimals = {len(text.partition(".")[2]) for text in texts}
        assert len(decimals) == 1, shown
        for text, value in zip(texts, [value for value in values if value is not None], strict=True):
            assert abs(float(text) - value) <= 0.51 * 10.0 ** -decimals.copy().pop()
            assert not value or abs(float(text) - value) <= 0.06 * abs(value), (name, shown)


@pytest.mark.parametrize("text", ["", "   ", "word " * 1500, "<script>", "\u202eabc", "🙂"])
def test_no_text_breaks_it(text: str) -> None:
    header, _ = sent(text=text)
    assert bool(header["steps"]) == bool(header["captions"]) == bool(text.strip())
    assert bool(header["problem"]) == (not text.strip() or len(text) > 1000)


@pytest.mark.parametrize("text", ["a film", ""])
def test_words_and_numbers_are_two_halves_of_the_message(text: str) -> None:
    settings = Settings(text=text)
    both = View.of(settings), views_of(settings, settings.task)
    header, arrays = comparison_message(*both)
    said, (counted, drawn) = comparison_words(*both), comparison_numbers(*both)
    assert not said.keys() & counted.keys()
    assert received(({**said, **counted}, {}))[0] == received((header, {}))[0]
    assert arrays.keys() == drawn.keys()


@pytest.mark.parametrize("task", [task for task in shown_tasks() if task != "python"])
def test_what_is_said_of_the_answers_is_so(task: str) -> None:
    reader, texts = TASKS[task].reader, [example.text for example in TASKS[task].examples]
    between = {"words": " ", "characters": "", "numbers": ", "}[reader.kind]
    # Nobody wrote the second half: the tokens of each example the other way round.
    for text in [*texts, *(between.join(TASKS[task].tokenize(text)[::-1]) for text in texts)]:
        view = compared(task=task, text=text)
        caption = describe_answers(view)
        assert sent(task=task, text=text)[0]["captions"]["answer"] == caption
        models = {CELLS[cell].title: load_model(task, cell) for cell in view.views}
        said = {title: model.predictions(text) for title, model in models.items()}
        first = next(iter(models.values()))
        if len(first.labels) > 2:
            for title, values in said.items():
                assert re.search(rf"{title} (says “{first.labels[values[-1].argmax()]}”|[\w ]*0\.|wavers)", caption), (
                    caption
                )
            continue
        column = first.task.favoured if len(first.labels) == 2 else 0
        ends = {title: f"{values[-1, column]:.2f}" for title, values in said.items()}
        end = re.search(r"At the end, [^:]+: (.*?)\.(?= [A-Z]|$)", caption)
        assert end, caption
        assert all(f"{title} {value}" in end[1] for title, value in ends.items()), caption
        lines = np.stack([values[:, column] for values in said.values()])
        if most := re.search(r"They differ most at (?:“.*?”|the “.*?” of step (\d+)): (.*)\.", caption):
            step = int(np.ptp(lines, axis=0).argmax())
            assert most[1] is None or int(most[1]) == step
            assert all(f"{title} {values[step, column]:.2f}" in most[2] for title, values in said.items()), caption
        if "marked" in caption:
            marked = [float(each.rstrip("*")) for each in re.findall(r"[\d.]+\*", text)]
            assert f"sum to {sum(marked):.2f}." in caption


@pytest.mark.parametrize("task", ["sentiment", "counting"])
def test_the_page_opens_where_the_cells_differ(task: str) -> None:
    models = [load_model(task, cell) for cell in ("lstm", "gru", "rnn")]
    apart = {}
    for example in TASKS[task].examples:
        ends = [model.predictions(example.text)[-1, model.task.favoured] for model in models]
        apart[example.text] = float(np.ptp(ends))
    opened = telling_example({cell: shipped(task, cell) for cell in ("lstm", "gru", "rnn")})
    assert apart[opened] == pytest.approx(max(apart.values()), abs=1e-6)
    # The best case is a good one.
    assert apart[opened] > 0.5


def test_of_the_next_character_the_one_that_came_is_followed() -> None:
    text = "def add(a, b):"
    view = compared(task="python", text=text)
    assert view.name == "P(what came)"
    for cell, line in view.lines.items():
        model = load_model("python", cell)
        said = model.predictions(text)
        assert np.isnan(line[0])
        given = [said[k, model.labels.index(character)] for k, character in enumerate(text[1:])]
        np.testing.assert_allclose(line[1:], given, rtol=1e-6)
    caption = describe_answers(view)
    assert f"On average over {len(text) - 1} of them: " in caption
    for cell, line in view.lines.items():
        assert f"{CELLS[cell].title} {np.nanmean(line):.2f}" in caption
    assert "so far there is one" in describe_answers(compared(task="python", text="d"))


def test_an_untrained_network_stands_beside_its_trained_one_and_its_caption_says_what_training_changed() -> None:
    text = "a warm and funny film"
    header, arrays = sent(text=text, untrained="gru")
    name = "GRU, untrained"
    assert [cell["name"] for cell in header["cells"]] == ["lstm", "gru", "rnn", name]
    assert header["beside"] == [["lstm", "LSTM"], ["gru", "GRU"], ["rnn", "RNN"]]
    assert header["networks"][name] == {**header["networks"]["gru"], "checkpoint": 0}
    states = shipped("sentiment", "gru").states
    assert states is not None
    untrained = states.at(0).model
    np.testing.assert_allclose(arrays[f"{name}.answer"][:, 0], untrained.predictions(text)[:, 1])
    said = header["captions"][name]
    assert "Untrained → the end." in said
    assert f"{states.score[0]:.1%} → {states.score[-1]:.1%}." in said
    # Of the cards' scores, which are of the end, it has none.
    assert len(header["rows"][0]) == 4
    # Where all are as they were then, nothing was changed.
    header, arrays = sent(text=text, untrained="gru", checkpoint=0)
    np.testing.assert_array_equal(arrays[name], arrays["gru"])
    assert "→" not in header["captions"][name]
    # A task whose networks were not followed has none.
    header, _ = sent(task="question", untrained="gru")
    assert (header["beside"], len(header["cells"])) == ([], len(header["networks"]))
