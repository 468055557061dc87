"""Errors by length: what is counted as right, and that the answers are the networks' own."""

import numpy as np
import pytest
import torch

from lstm_viz.analysis.answers.lengths import answers, best_guess, mean_error, truth
from lstm_viz.tasks import load_model
from lstm_viz.tasks.made import made_text


def test_truth_of_made_inputs() -> None:
    assert made_text("counting", 6) == "aaabbb"
    assert truth(load_model("counting"), "aabb").tolist() == [0, 0, 0, 1]
    assert made_text("parity", 9, 3) == "100001110"
    assert truth(load_model("parity"), "01011").tolist() == [0, 1, 1, 0, 1]
    inputs = np.array([[0.5, 0.0], [0.2, 1.0], [0.9, 0.0], [0.4, 1.0]])
    np.testing.assert_allclose(best_guess(inputs), [1.0, 0.7, 0.7, 0.6])
    tokens = made_text("adding", 200).split(", ")
    assert len(tokens) == 200
    assert [token.endswith("*") for token in tokens].count(True) == 2
    with pytest.raises(ValueError, match=r"^task: got 'sentiment'; expected one of parity, counting, adding$"):
        made_text("sentiment", 5)


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_answers_are_those_of_a_traced_run(cell: str) -> None:
    for task, text in (("counting", "aaabbb"), ("parity", "0110"), ("adding", "0.5, 0.2*, 0.7, 0.1*")):
        model = load_model(task, cell)
        said = model.predictions(text)
        column = model.task.favoured if model.task.is_classifier else 0
        np.testing.assert_allclose(answers(model, text), said[:, column], atol=1e-5)


def test_the_error_of_parity_is_that_of_many_strings() -> None:
    model = load_model("parity", "gru")
    strings = [made_text("parity", 7, seed) for seed in range(20)]
    wrong = [abs(model.predict(text)["odd"] - text.count("1") % 2) for text in strings]
    assert mean_error(model, 7) == pytest.approx(np.mean(wrong), abs=1e-5)
    assert len(set(strings)) > 10


def test_errors_by_length_are_the_networks_own() -> None:
    rng = np.random.default_rng(50)
    values, marks = rng.random((20, 50)), np.zeros((20, 50))
    np.put_along_axis(marks, rng.random((20, 50)).argsort(axis=1)[:, :2], 1, axis=1)
    model = load_model("adding")
    guesses = []
    for row, mark in zip(values, marks, strict=True):
        with torch.no_grad():
            hidden = model.network.recurrent(torch.tensor(np.column_stack([row, mark]), dtype=torch.float32))[0]
            guesses.append(float(model.network.head(hidden[-1])))
    expected = np.abs(np.array(guesses) - (values * marks).sum(axis=1)).mean()
    assert mean_error(model, 50) == pytest.approx(expected, rel=1e-3)
