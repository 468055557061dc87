"""`read_model`: a file of one's own becomes a model like those that ship, by one line."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import lstm_viz as lv


class Tagger(nn.Module):
    def __init__(self, symbols: int = 4, outputs: int = 2) -> None:
        super().__init__()
        self.embedding = nn.Embedding(symbols, 3)
        self.encoder = nn.GRU(3, 5, bidirectional=True)
        self.decoder = nn.LSTM(10, 6)
        self.fc = nn.Linear(6, outputs)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        return self.fc(self.decoder(self.encoder(self.embedding(tokens))[0])[0])


TAGGER = Tagger()


@pytest.fixture
def tagger(tmp_path: Path) -> Path:
    torch.save({"state_dict": TAGGER.state_dict()}, tmp_path / "tagger.ckpt")
    return tmp_path / "tagger.ckpt"


def saved(folder: Path, module: nn.Module) -> Path:
    torch.save(module.state_dict(), folder / "model.pt")
    return folder / "model.pt"


def test_the_model_s_own_answers(tagger: Path) -> None:
    model = lv.read_model(tagger, "decoder", vocabulary=["the", "film", "is", "good"], labels=["no", "yes"])
    expected = TAGGER(torch.tensor([0, 1, 2, 3])).softmax(dim=1).detach().numpy()
    np.testing.assert_allclose(model.predictions("the film is good"), expected, atol=1e-5)
    assert list(model.predict("the film")) == ["no", "yes"]
    assert model.trace("the film").labels == ("the", "film")
    assert isinstance(model, lv.Model)


def test_several_modules_are_listed_where_none_is_named(tagger: Path) -> None:
    with pytest.raises(ValueError, match=r"layer: tagger.ckpt has 2 recurrent modules") as refusal:
        lv.read_model(tagger)
    assert "'encoder' (GRU, 1 layer, both directions, 5 units, reads 3 numbers a step)" in str(refusal.value)
    assert "'decoder' (LSTM, 1 layer, 6 units, reads 10 numbers a step)" in str(refusal.value)
    with pytest.raises(ValueError, match="there is no recurrent module 'rnn'; the file has 'encoder', 'decoder'"):
        lv.read_model(tagger, "rnn")
    assert lv.read_model(tagger, 0).cell == "gru"


def test_what_runs_before_can_be_left_out(tagger: Path) -> None:
    model = lv.read_model(tagger, "decoder", below=(), head=False)
    rows = torch.randn(7, 10)
    expected = TAGGER.decoder(rows)[0].detach().numpy()
    np.testing.assert_allclose(model.trace(rows).layers[0].hidden_state, expected, atol=1e-5)
    assert not model.answers


@pytest.mark.parametrize("module", [nn.LSTM(3, 4, 2, bidirectional=True), nn.GRU(3, 4), nn.RNN(3, 4).double()])
def test_numbers_come_as_arrays(module: Any, tmp_path: Path) -> None:
    model = lv.read_model(saved(tmp_path, module))
    rows = np.random.default_rng(0).normal(size=(6, 3))
    expected = module(torch.from_numpy(rows).to(module.weight_ih_l0))[0].detach().numpy()
    for given in (rows, rows.tolist(), torch.from_numpy(rows)):
        top = [layer.hidden_state for layer in model.trace(given).layers][-1 - module.bidirectional :]
        np.testing.assert_allclose(np.concatenate(top, axis=1), expected, atol=1e-5)
    with pytest.raises(ValueError, match=r"text: shape \(6, 2\), expected \(steps, 3\)"):
        model.trace(rows[:, :2])
    assert model.predictions(rows).shape == (6, 0)


def test_a_head_answers_for_arrays(tmp_path: Path) -> None:
    parts = nn.ModuleDict({"rnn": nn.GRU(2, 3), "fc": nn.Linear(3, 1)})
    model = lv.read_model(saved(tmp_path, parts), labels=["height"])
    rows = torch.randn(5, 2)
    rnn, fc = (parts[name] for name in parts)
    expected = fc(rnn(rows)[0]).detach().numpy()
    np.testing.assert_allclose(model.predictions(rows), expected, atol=1e-5)
    assert model.predict(rows)["height"] == pytest.approx(float(expected[-1, 0]), abs=1e-5)


def test_the_cell_can_be_corrected(tmp_path: Path) -> None:
    module = nn.RNN(2, 3, nonlinearity="relu")
    path = saved(tmp_path, module)
    rows = torch.randn(5, 2)
    shown = lv.read_model(path, cell="rnn_relu").trace(rows).layers[0].hidden_state
    np.testing.assert_allclose(shown, module(rows)[0].detach().numpy(), atol=1e-5)
    with pytest.raises(ValueError, match="cell: got 'gru'; expected one of rnn, rnn_relu"):
        lv.read_model(path, cell="gru")


@pytest.mark.parametrize(
    "written", ["a\nb\nc\nd\n", '["a", "b", "c", "d"]', json.dumps({"d": 3, "a": 0, "c": 2, "b": 1})]
)
def test_a_vocabulary_may_lie_in_a_file(written: str, tagger: Path, tmp_path: Path) -> None:
    listed = tmp_path / "vocab"
    listed.write_text(written, encoding="utf-8")
    model = lv.read_model(tagger, "encoder", vocabulary=listed)
    np.testing.assert_allclose(model.inputs("c a"), TAGGER.embedding.weight[[2, 0]].detach().numpy())


def test_symbols_without_a_table_are_one_hot(tmp_path: Path) -> None:
    model = lv.read_model(saved(tmp_path, nn.LSTM(3, 4)), vocabulary=list("abc"), tokenizer="characters")
    np.testing.assert_array_equal(model.inputs("ca"), np.eye(3)[[2, 0]])


def test_the_head_with_as_many_outputs_as_labels_is_taken(tmp_path: Path) -> None:
    parts = nn.ModuleDict({"rnn": nn.LSTM(2, 3), "fc": nn.Linear(3, 5), "other": nn.Linear(3, 4)})
    path = saved(tmp_path, parts)
    assert lv.read_model(path, labels=["a", "b", "c", "d"]).labels == ("a", "b", "c", "d")
    with pytest.raises(ValueError, match=r"predict: no output layer of model.pt was chosen.*head="):
        lv.read_model(path).predict("1, 2")
    assert lv.read_model(path, head="other").predictions("1, 2").shape == (1, 4)
    with pytest.raises(ValueError, match=r"labels: got 3, and no head .* outputs: 'fc' has 5, 'other' has 4"):
        lv.read_model(path, labels=["a", "b", "c"])


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        lv.read_model(tmp_path / "none.pt")
    with pytest.raises(ValueError, match="is a folder; expected a model file"):
        lv.read_model(tmp_path)
    torch.save(nn.LSTM(2, 3), tmp_path / "whole.pt")
    with pytest.raises(ValueError, match="it holds a whole model"):
        lv.read_model(tmp_path / "whole.pt")
    with (tmp_path / "large.pt").open("wb") as file:
        file.truncate(lv.files.LIMIT + 1)
    with pytest.raises(ValueError, match=r"path: the file has 200\.0 MB; at most 200\.0 MB are read"):
        lv.read_model(tmp_path / "large.pt")
