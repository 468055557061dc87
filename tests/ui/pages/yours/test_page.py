"""The page Your model in Streamlit's own harness: from a file to its gates, what is refused, what stays."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import DeletedFile
from streamlit.testing.v1 import AppTest, local_script_runner
from torch import nn

from lstm_viz.ui.bridge.payload import unpack
from lstm_viz.ui.pages.yours.sample import sample_file
from lstm_viz.ui.pages.yours.upload import uploader
from tests.files.making import safetensors

ROOT = Path(__file__).parents[4]
PATIENCE = 300  # seconds, on a machine with other things to do
WORDS = nn.ModuleDict({"embed": nn.Embedding(6, 4), "rnn": nn.LSTM(4, 5), "fc": nn.Linear(5, 2)})
TWO = nn.ModuleDict({"rnn1": nn.GRU(3, 4), "rnn2": nn.RNN(4, 4), "norm": nn.BatchNorm1d(7)})


def start() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE).run()


@pytest.fixture(scope="module", autouse=True)
def _spared() -> None:
    """Let the app spare what it has loaded from garbage collection before there is a model in a session."""
    start()


@pytest.fixture
def app() -> AppTest:
    return start().switch_page("pages/your_model.py").run()


def give(app: AppTest, name: str, content: bytes, place: str = "model") -> AppTest:
    """Drop a file on one of the page's fields."""
    field = next(each for each in app.file_uploader if f"_{place}_" in str(each.key))
    field.set_value((name, content, "application/octet-stream"))
    app.run()
    assert not app.exception
    return app


def choose(app: AppTest, label: str, title: str) -> AppTest:
    menu = next(each for each in app.selectbox if each.label == label)
    menu.select(next(each for each in menu.options if title in each)).run()
    assert not app.exception
    return app


def paste(app: AppTest, label: str, text: str) -> AppTest:
    next(each for each in app.text_area if label in each.label).input(text).run()
    assert not app.exception
    return app


def drawn(app: AppTest) -> dict[str, Any]:
    """What the gates' message says; nothing where no gates are drawn."""
    parts = [each for each in app.get("bidi_component") if each.proto.bytes]
    if not parts:
        return {}
    header, _ = unpack(parts[0].proto.bytes)
    return {**header, **header["numbers"]}


def said(app: AppTest) -> str:
    return " ".join(each.value for each in (*app.error, *app.info, *app.markdown, *app.caption)).replace("\\", "")


def weights(module: nn.Module) -> bytes:
    return safetensors(dict(module.state_dict()))


def test_a_newcomer_is_told_what_to_do_and_can_try_a_sample(app):
    assert not drawn(app)
    assert "never stored" in said(app)
    assert [tab.label for tab in app.tabs] == ["PyTorch", "Keras", "ONNX"]
    app.button[0].click().run()
    header = drawn(app)
    assert (header["units"], header["steps"], header["shown"]) == (16, 60, "lstm")
    assert len(header["layers"]) == 4
    (chosen, title), *others = header["menu"]["tasks"]
    assert (title, others) == ("Your model: sample.safetensors", []), "here, no other is to be chosen"
    assert header["menu"]["task"] == chosen
    assert not app.tabs


def test_a_file_that_cannot_be_read_leaves_the_one_before(app):
    give(app, "sample.safetensors", sample_file())
    before = drawn(app)
    give(app, "<b>bad</b>.pt", b"nothing that is known")
    assert "<b>bad</b>.pt: this is a file of no kind that is known here" in said(app)
    assert "still shown below" in said(app)
    assert any("save_file" in each.value for each in app.code)
    assert drawn(app)["networks"] == before["networks"]
    assert drawn(app)["text"] == before["text"]
    give(app, "sample.safetensors", sample_file())
    assert not app.error


def test_nothing_of_a_file_stays_but_what_was_found(app, monkeypatch):
    managers = []

    class Noted(MemoryUploadedFileManager):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            managers.append(self)

    monkeypatch.setattr(local_script_runner, "MemoryUploadedFileManager", Noted)
    before = app.file_uploader[0].key
    give(app, "sample.safetensors", sample_file())
    assert managers
    assert not any(files for manager in managers for files in manager.file_storage.values())
    assert app.session_state["lv_yours"].given is None
    assert before not in [each.key for each in app.file_uploader]


def test_a_file_that_was_taken_is_not_taken_once_more(monkeypatch):
    kept: dict[str, Any] = {}
    fields: list[Any] = []
    given: list[Any] = []
    monkeypatch.setattr(st, "session_state", kept)
    monkeypatch.setattr(st, "file_uploader", lambda _, *, key, on_change, **more: fields.append((key, on_change)))
    uploader("A file", lambda *file: given.append(file), key="model")
    place, told = fields[0]
    kept[place] = DeletedFile("one")
    told()
    assert (given, list(kept)) == ([], [place])


def test_the_model_is_there_on_other_pages_and_after_coming_back_until_it_is_closed(app):
    give(app, "two.safetensors", weights(TWO))
    choose(app, "Which layer is shown", "rnn2")
    assert (drawn(app)["shown"], drawn(app)["units"]) == ("rnn", 4)
    assert "(runs before it)" in said(app)
    assert "norm.weight" in app.code[-1].value
    app.switch_page("pages/inside_the_cell.py").run()
    assert not app.exception
    assert drawn(app)["shown"] == "rnn"
    app.switch_page("pages/your_model.py").run()
    assert (drawn(app)["shown"], drawn(app)["units"]) == ("rnn", 4)
    app.query_params["task"] = "yours"
    next(each for each in app.button if each.label == "Close it").click().run()
    assert not drawn(app)
    assert not app.query_params, "loading the tab again, or another page, asks for what was closed"
    app.switch_page("pages/gates_over_time.py").run()
    assert drawn(app)["settings"]["task"] == "sentiment"


def test_tokens_are_rows_until_there_is_a_vocabulary_and_answers_get_names(app):
    give(app, "words.safetensors", weights(WORDS))
    assert drawn(app)["text"].split()[:3] == ["0", "1", "2"]
    paste(app, "pasted", "<unk>\nthe\nfilm\nwas\ngood")
    assert "5 symbols, and the table 6 rows" in said(app)
    assert "film" in drawn(app)["text"]
    paste(app, "Names of its outputs", "bad, good")
    assert drawn(app)["prediction"]["names"] == ["P(good)"]
    paste(app, "pasted", "\n".join(map(str, range(7))))
    assert "7 symbols, and the table 6 rows" in said(app)
    assert "film" in drawn(app)["text"], "what cannot be used changes nothing"
    paste(app, "Names of its outputs", "a, b, c")
    assert "3 labels for 2 outputs" in said(app)


def test_numbers_come_from_a_file(app):
    give(app, "two.safetensors", weights(TWO))
    give(app, "x.csv", b"a,b,c\n1,2,3\n4,5,6\n7,8,9", "numbers")
    assert (drawn(app)["text"], drawn(app)["steps"]) == ("a, b, c\n1, 2, 3\n4, 5, 6\n7, 8, 9", 3)
    give(app, "x.csv", b"1,2\n4,5", "numbers")
    assert "x.csv: The file has 2 columns, but the network reads 3 numbers a step" in said(app)
    assert drawn(app)["steps"] == 3
    stream = io.BytesIO()
    np.save(stream, np.zeros((1100, 3), dtype=np.float32))
    give(app, "long.npy", stream.getvalue(), "numbers")
    assert (drawn(app)["text"], drawn(app)["steps"]) == ("rows 0 to 1099 of long.npy", 1100)
    assert not app.error
    choose(app, "What it reads", "one-hot")
    assert drawn(app)["text"].split() == ["0", "1", "2"]


def test_a_network_whose_numbers_explode_says_so_on_every_page(app):
    explodes = nn.RNN(1, 8)
    for part in explodes.parameters():
        nn.init.constant_(part, 3.0)
    give(app, "explodes.safetensors", weights(nn.ModuleDict({"rnn": explodes})))
    choose(app, "Its cell", "ReLU")
    assert "grow past what can be shown" in drawn(app)["problem"]
    for page in ("inside_the_cell", "memory_ledger", "what_if"):
        assert not app.switch_page(f"pages/{page}.py").run().exception
