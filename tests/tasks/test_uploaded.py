"""A file as a model: numbers, tokens and probes, with a head and without, every kind of module."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from lstm_viz.tasks.readers.table import Held
from lstm_viz.tasks.uploaded import Choices, plain_name, uploaded_model
from tests.made_files import made_file

MODULES = [
    nn.LSTM(3, 5),
    nn.LSTM(3, 5, 2, bidirectional=True, proj_size=4),
    nn.GRU(3, 5, 2, bias=False),
    nn.RNN(3, 5, bidirectional=True),
    nn.LSTM(3, 5).double(),
]


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_run_is_the_module_s_own(module: Any) -> None:
    model = uploaded_model(made_file(module))
    text = "0.5, -1, 2\n0 0 0\n1;1;1"
    trace = model.trace(text)
    inputs = torch.tensor([[0.5, -1, 2], [0, 0, 0], [1, 1, 1]]).to(module.weight_ih_l0)
    expected = module(inputs)[0].detach().numpy()
    top = [layer for layer in trace.layers if layer.index == trace.layers[-1].index]
    found = np.concatenate([layer.hidden_state for layer in top], axis=1)
    tight = expected.dtype == np.float64
    assert found.dtype == expected.dtype
    np.testing.assert_allclose(found, expected, atol=1e-10 if tight else 1e-5)


def test_what_runs_before_runs_before() -> None:
    below, top, embedding = nn.GRU(4, 6, bidirectional=True), nn.LSTM(12, 5), nn.Embedding(7, 4)
    file = made_file(below, top, outputs=2, symbols=7)
    choices = Choices(recurrent=1, below=(0,), input="tokens", embedding=0, head=0, labels=("no", "yes"))
    model = uploaded_model(file, choices)
    rows = file.embeddings[0].weight
    hidden = top(below(rows[[3, 1, 6]])[0])[0]
    head = file.heads[0]
    expected = (hidden @ head.weight.T + head.bias).softmax(dim=1).detach().numpy()
    np.testing.assert_allclose(model.predictions("3 1 6"), expected, atol=1e-5)
    assert model.labels == ("no", "yes")
    assert list(model.predict("3 1 6")) == ["no", "yes"]
    del embedding


def test_a_symbol_that_the_vocabulary_lacks_is_read_as_its_own_unknown_one() -> None:
    file = made_file(nn.LSTM(4, 5), symbols=4)
    model = uploaded_model(file, Choices(input="tokens", embedding=0, vocabulary=("the", "[UNK]", "film", ".")))
    rows = file.embeddings[0].weight.numpy()
    np.testing.assert_array_equal(model.inputs("The film zzz."), rows[[0, 2, 1, 3]])
    assert model.unknown("The film zzz.") == [False, False, True, False]
    without = uploaded_model(file, Choices(input="tokens", embedding=0, vocabulary=("a", "b", "c", "d")))
    assert not without.inputs("z").any()


def test_a_network_that_guesses_the_next_symbol_has_a_label_for_each() -> None:
    file = made_file(nn.LSTM(5, 6), outputs=5)
    choices = Choices(input="tokens", vocabulary=tuple("abcde"), tokenizer="characters", head=0)
    model = uploaded_model(file, choices)
    assert model.labels == tuple("abcde")
    np.testing.assert_array_equal(model.inputs("da"), np.eye(5, dtype=np.float32)[[3, 0]])
    np.testing.assert_allclose(model.predictions("abc").sum(axis=1), 1, atol=1e-6)


@pytest.mark.parametrize(
    ("choices", "labels", "kind"),
    [
        (Choices(), (), "scaled"),
        (Choices(head=0), ("output 0",), "scaled"),
        (Choices(head=0, labels=("cold", "warm")), ("warm", "cold"), "sigmoid"),
        (Choices(head=0, labels=("size",)), ("size",), "scaled"),
        (Choices(head=0, classifier=True), ("yes", "no"), "sigmoid"),
    ],
    ids=str,
)
def test_what_one_output_stands_for(choices: Choices, labels: tuple[str, ...], kind: str) -> None:
    model = uploaded_model(made_file(nn.GRU(2, 3), outputs=1), choices)
    assert (model.labels, model.task.answers.kind) == (labels, kind)
    assert model.predictions("1, 2").shape == (1, len(labels))


def test_without_a_head_nothing_is_predicted() -> None:
    model = uploaded_model(made_file(nn.LSTM(2, 3)))
    assert not model.answers
    with pytest.raises(ValueError, match=r"no output layer of .* was chosen"):
        model.predict("1, 2")


def test_rows_of_a_file_are_read_where_the_text_says_which() -> None:
    rows = np.random.default_rng(0).normal(size=(30, 2)).astype(np.float32)
    model = uploaded_model(made_file(nn.LSTM(2, 3)), Choices(held=Held("run.npy", rows)))
    assert model.task.examples[0].text == "rows 0 to 29 of run.npy"
    np.testing.assert_array_equal(model.inputs("rows 7 to 12 of run.npy"), rows[7:13])
    with pytest.raises(ValueError, match=r"run\.npy has 0 to 29"):
        model.trace("rows 7 to 30")


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        (Choices(recurrent=3), "the file has 2 recurrent modules"),
        (Choices(cell="gru"), "can be lstm"),
        (Choices(recurrent=0, below=(1,)), "shows 5 numbers a step, and the one above it reads 2"),
        (Choices(head=0), "reads 5 numbers, and the module on show gives 3"),
        (Choices(recurrent=1, head=0, labels=("a", "b")), "got 2 labels for 4 outputs"),
        (Choices(input="tokens", vocabulary=("a", "b", "c")), "has 3 symbols, and the table 2 rows"),
        (Choices(input="words"), "expected numbers, tokens or probe"),
        (Choices(input="tokens", tokenizer="bpe"), "text of a tokenizer.json"),
        (Choices(input="tokens", embedding=0), "the file has 0 embeddings"),
    ],
    ids=str,
)
def test_choices_that_do_not_fit_are_named(choices: Choices, said: str) -> None:
    file = made_file(nn.LSTM(2, 3), nn.LSTM(3, 5), outputs=4)
    with pytest.raises(ValueError, match=said):
        uploaded_model(file, choices)


def test_a_file_is_named_so_that_it_can_be_shown() -> None:
    assert plain_name("C:\\models\\a\nb.pt") == "a b.pt"
    assert plain_name("\u202e\x00") == "a file without a name"
    assert len(plain_name("x" * 500 + ".safetensors")) == 40
