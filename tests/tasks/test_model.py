from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from lstm_viz import Clamp
from lstm_viz.tasks import TASKS, load_model, model_names
from lstm_viz.tasks.checkpoints import load_checkpoints
from lstm_viz.tasks.model import FOLDER
from lstm_viz.tasks.network import RECURRENT
from lstm_viz.tasks.report import SHOWN, cards, table
from lstm_viz.tasks.scores import figure

MODELS = [(name, cell) for name in TASKS for cell in RECURRENT if (FOLDER / f"{name}-{cell}.json").exists()]
MEGABYTE = 1_000_000


def test_wrong_names_are_answered_with_the_right_ones() -> None:
    with pytest.raises(ValueError, match="there is no model 'sentimental'; choose one of sentiment, "):
        load_model("sentimental")
    with pytest.raises(ValueError, match="no 'sentiment' model with the cell 'qrnn'; there is one with lstm, gru, rnn"):
        load_model("sentiment", cell="qrnn")


def test_a_model_is_loaded_once_however_many_ask() -> None:
    with ThreadPoolExecutor(8) as pool:
        models = set(pool.map(load_model, ["sentiment"] * 8))
    assert len(models) == 1


def test_a_model_cannot_be_trained_on_by_mistake() -> None:
    network = load_model("sentiment").network
    assert not network.training
    assert not any(parameter.requires_grad for parameter in network.parameters())


@pytest.mark.parametrize(("name", "cell"), MODELS)
def test_every_model_answers_its_first_example(name: str, cell: str) -> None:
    model = load_model(name, cell)
    text = model.task.examples[0].text
    trace, values = model.trace(text), model.predictions(text)
    assert values.shape == (len(model.task.tokenize(text)), len(model.labels))
    assert len(model.unknown(text)) == len(values)
    np.testing.assert_allclose(model.predictions(trace), values)
    assert np.isfinite(values).all()
    answer = model.predict(text)
    if model.task.is_classifier:
        np.testing.assert_allclose(values.sum(1), 1, atol=1e-5)
        assert set(answer) == set(model.labels)
    if model.task.horizon > 1:
        assert len(answer) == model.task.horizon
        assert next(iter(answer.values())) == pytest.approx(values[-1, 0], abs=1e-4)
    if model.task.followers:
        assert model.may_follow(trace).shape == (len(values), len(model.task.followers))


def test_labels_of_a_trace_are_the_tokens() -> None:
    labels = load_model("sentiment").trace("It isn't dull").labels
    assert list(labels) == ["It", "is", "n't", "dull"]


@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_nothing_to_read_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="There are no words here yet"):
        load_model("sentiment").trace(text)


def test_the_limit_is_named() -> None:
    model = load_model("sentiment")
    assert len(model.trace("good " * model.task.limit).labels) == model.task.limit
    with pytest.raises(ValueError, match=r"This has 1,001 words; the limit is 1,000\. Remove 1 of them\."):
        model.trace("good " * (model.task.limit + 1))


def test_a_clamped_trace_has_predictions_of_its_own() -> None:
    model = load_model("sentiment")
    text = "The film is not good."
    held = model.trace(text, clamp=[Clamp("input_gate", 0.0)])
    as_it_is, clamped = model.predictions(text), model.predictions(held)
    assert as_it_is.shape == clamped.shape
    assert np.abs(as_it_is - clamped)[3, 1] > 0.1


def test_without_evidence_the_network_cannot_tell() -> None:
    for word in ("the", "it", "this", "film"):
        assert load_model("sentiment").predict(word)["positive"] == pytest.approx(0.5, abs=0.2)


@pytest.mark.parametrize(("name", "cell"), MODELS)
def test_cards_hold_what_was_measured(name: str, cell: str) -> None:
    model = load_model(name, cell)
    card = model.card
    assert card["parameters"] == sum(parameter.numel() for parameter in model.network.parameters())
    assert card["forget_gate_bias"] == pytest.approx(model.network.forget_bias)
    assert all(score["items"] > 0 for score in card["scores"])
    assert card["training_seconds"] > 0
    assert {"seed", "learning_rate", "epochs"} <= set(card["settings"])
    assert card["url"].startswith("https://")
    assert card["reference"]


def test_the_cells_of_a_task_have_the_same_size_and_settings_but_for_learning_rate_and_epochs() -> None:
    for name in model_names():
        mine = [card for (task, _), card in cards().items() if task == name]
        assert len({card["network"]["hidden_size"] for card in mine}) == 1
        assert len({str({**card["settings"], "seed": 0, "learning_rate": 0, "epochs": 0}) for card in mine}) == 1


def test_the_weights_are_small() -> None:
    assert sum(path.stat().st_size for path in Path(FOLDER).rglob("*.safetensors")) < 20 * MEGABYTE


@pytest.mark.parametrize(
    ("name", "cell"),
    [(path.stem.split("-")[0], path.stem.split("-")[1]) for path in (FOLDER / "checkpoints").iterdir()],
)
def test_checkpoints_lead_from_an_untrained_model_to_the_shipped_one(name: str, cell: str) -> None:
    states = load_checkpoints(name, cell)
    assert len(states) >= 10
    assert min(states) == 0
    text = TASKS[name].examples[0].text
    shipped = load_model(name, cell).predictions(text)
    apart = [float(np.abs(states[step].predictions(text) - shipped).max()) for step in sorted(states)]
    assert apart[0] > 0.1
    assert apart[-1] < 0.02


def test_the_table_has_two_rows_for_every_task() -> None:
    _, _, *rows = [line.split("|")[1:-1] for line in table().splitlines()]
    assert len(rows) == SHOWN * len(model_names())
    assert [row[0].strip() for row in rows[::SHOWN]] == [TASKS[name].title for name in model_names()]
    for name, row in zip(model_names(), rows[::SHOWN], strict=True):
        scores = [cards()[name, cell]["scores"][0] for cell in RECURRENT]
        assert [cell.strip() for cell in row[2:5]] == [figure(score) for score in scores]
