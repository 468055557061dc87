"""A view of the app as a file: all that it shows is inside, and nothing that is typed in it becomes markup."""

import re
import shutil
import subprocess
from html.parser import HTMLParser
from typing import Any

import pytest
import torch
from safetensors.torch import load

from lstm_viz.live_page import data, view
from lstm_viz.sources import checkpoint_steps, shipped
from lstm_viz.ui.pages.saved import KEPT, saved_page
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View
from tests.live_page.test_recorded import NASTY, data_in

TEXT = "Slow, but never dull."
VIEW = View.of(Settings(text=TEXT, step=2, unit=5))


class Tags(HTMLParser):
    """The elements of a page, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[Any]) -> None:
        self.found.append(tag)

    def handle_data(self, data: str) -> None:
        if self.found[-1:] not in (["script"], ["style"]):
            self.text += data


@pytest.mark.parametrize("page", KEPT)
def test_a_page_is_kept_whole(page: str) -> None:
    html = saved_page(page, VIEW)
    header, arrays = data.unpacked(data_in(html))
    assert header["settings"]["text"] == TEXT
    assert (header["settings"]["step"], header["settings"]["unit"]) == (2, 5)
    source = VIEW.source
    weights = load(arrays[f"weights {source.model.cell}"].tobytes())
    assert {name: part.shape for name, part in weights.items()} == {
        name: part.shape for name, part in source.model.network.state_dict().items()
    }
    assert header["networks"]["lstm"]["vocabulary"] == list(source.model.vocabulary)
    said = header["words"]["header"]
    assert not any((said["networks"], said["menu"]["tasks"], said["menu"]["cells"], said["file"], said["short"]))
    (script,) = re.findall(r'<script type="module">(.*?)</script>', html, re.DOTALL)
    if node := shutil.which("node"):
        command = [node, "--check", "--input-type=module"]
        done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_what_is_said_of_other_choices_goes_along() -> None:
    header, _ = data.unpacked(data_in(saved_page("gates", VIEW)))
    variants = header["words"]["variants"]
    udacity = next(each["header"] for each in variants if each["when"].get("notation") == "udacity")
    assert "LTM" in str(udacity["quantities"])
    assert {"order", "notation", "layer", "direction", "own_scale", "table"} <= set(header["words"]["of"])
    assert "text" not in header["words"]["of"]
    examples = [each for each in variants if "as" in each]
    assert [each["when"]["text"] for each in examples] == [each.text for each in VIEW.source.task.examples]
    assert all(each["header"]["captions"] for each in examples)


def test_a_text_never_becomes_markup() -> None:
    plain, nasty = (saved_page("gates", View.of(Settings(text=text))) for text in (TEXT, " ".join(NASTY)))
    assert Tags(nasty).found == Tags(plain).found


def test_a_network_too_large_for_a_file_leaves_its_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "LARGEST", 1000)
    html = saved_page("gates", VIEW)
    header, arrays = data.unpacked(data_in(html))
    assert header["networks"] == {}
    assert header["numbers"]["steps"] == len(VIEW.run)
    assert arrays["forget_gate"].shape == (header["numbers"]["steps"], header["numbers"]["units"])
    assert "the network is not" in html
    assert "wasm" not in html.split("<title>")[0]


def test_a_file_says_which_state_through_training_it_shows() -> None:
    steps = checkpoint_steps("counting")
    said = {
        page: [saved_page(page, View.of(Settings(task="counting", text="ab", **more))) for more in ({}, *asked)]
        for page, asked in {
            "gates": ({"checkpoint": 0}, {"checkpoint": steps[9]}, {"timeline": True}),
            "cells_compared": ({"checkpoint": steps[9], "untrained": "lstm"},),
        }.items()
    }
    end, first, later, laid_out = said["gates"]
    title = shipped("counting").task.title
    assert "time-line" not in Tags(end).text
    lacks = "The time-line of the training is not in this file."
    for html, shown in ((first, "untrained"), (later, f"after {steps[9]:,} training steps")):
        assert f"Gates over time: {title}, LSTM, {shown}" in Tags(html).text
        assert f"The network is shown {shown}. {lacks}" in Tags(html).text
    assert lacks in Tags(laid_out).text
    assert "is shown" not in Tags(laid_out).text
    html = said["cells_compared"][1]
    assert f"at its own state nearest to {steps[9]:,} training steps. {lacks}" in Tags(html).text
    header, arrays = data.unpacked(data_in(html))
    # Another network cannot be put beside them there.
    assert header["words"]["header"]["beside"] == []
    beside = "LSTM, untrained"
    state = shipped("counting", "lstm", "C", 0).model.network.state_dict()
    held = load(arrays[f"weights {beside}"].tobytes())
    assert all(torch.equal(held[name].to(part.dtype), part) for name, part in state.items())
