"""Every page opens an upload: any cell, layer and direction, with an output layer or without."""

import json
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from lstm_viz.files.found import ModelFile, Recurrent
from lstm_viz.module import CellModule
from lstm_viz.sources import Source
from lstm_viz.sources.uploaded import uploaded
from lstm_viz.tasks.readers import Held
from lstm_viz.tasks.uploaded import Choices
from lstm_viz.ui.bridge.payload import pack
from lstm_viz.ui.pages.gates.view import gates_message
from lstm_viz.ui.pages.inside.view import inside_message
from lstm_viz.ui.pages.ledger.view import ledger_message
from lstm_viz.ui.pages.vanishing.view import Vanishing
from lstm_viz.ui.pages.what_if.unit_ranking import ranked
from lstm_viz.ui.pages.what_if.view import WhatIfView, what_if_message
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views import chosen
from lstm_viz.ui.views.view import View
from tests.made_files import made_file

MESSAGES: tuple[Any, ...] = (gates_message, inside_message, ledger_message, what_if_message)


def of_a_variant() -> ModelFile:
    tensors = dict(CellModule("peepholes", 2, 5).state_dict())
    found = Recurrent("rnn", "peepholes", ("peepholes",), tensors)
    return ModelFile("peepholes.onnx", "ONNX", (found,), (None,), (), (), (), ("A note.",), "ab" * 32)


FILES: dict[str, Any] = {
    "an LSTM both ways": lambda: made_file(nn.LSTM(2, 5, 2, bidirectional=True), outputs=3),
    "a projection": lambda: made_file(nn.LSTM(2, 5, proj_size=3), outputs=2),
    "a GRU": lambda: made_file(nn.GRU(2, 5, bias=False), outputs=1),
    "a plain RNN": lambda: made_file(nn.RNN(2, 5, 2), outputs=2),
    "float64": lambda: made_file(nn.LSTM(2, 5).double(), outputs=2),
    "a variant": of_a_variant,
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("says", [True, False], ids=["with a head", "without"])
def test_every_page_opens_it(name: str, says: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    file = FILES[name]()
    source = uploaded(file, Choices(head=0 if says and file.heads else None))
    monkeypatch.setattr(chosen, "_own", {"yours": lambda: (source,)})
    for place in source.places:
        for clamps in ("", "hidden_state 0 t3"):
            settings = Settings(task="yours", layer=place.index, direction=place.direction, step=4, clamps=clamps)
            for message in MESSAGES:
                header, arrays = message(View.of(settings))
                assert header["menu"]["task"] == chosen.value_of(source)
                assert header["menu"]["card"][0][0] == "File"
                pack(json.loads(json.dumps(header)), arrays)
    if not source.projected:
        trained = Vanishing.of(Settings(task="yours", networks="trained", ranking="all"))
        assert list(trained.flows) == [source.model.cell]
    ranked(WhatIfView(View.of(Settings(task="yours", ranking="all"))))


def test_of_a_large_layer_some_units_are_drawn_and_that_is_said() -> None:
    torch.manual_seed(0)
    rows = np.random.default_rng(0).normal(size=(300, 2)).astype(np.float32)
    source: Source = uploaded(made_file(nn.LSTM(2, 200), outputs=2), Choices(head=0, held=Held("run.npy", rows)))
    header, arrays = gates_message(View(source, Settings(task="yours", unit=137)))
    assert 137 in header["order"]
    assert header["drawn"] == header["order"]
    assert arrays["forget_gate"].shape == (150, len(header["order"]))
    assert f"{len(header['order'])} of 200 units are drawn" in header["captions"]["input_gate"]
    whole = source.layer(source.run(source.read("rows 0 to 299").tokens), source.places[0])
    column = header["order"].index(137)
    mean = whole.forget_gate[:, 137].reshape(150, 2).mean(axis=1)
    np.testing.assert_allclose(arrays["forget_gate"][:, column], mean, atol=1e-6)
    header, arrays = inside_message(View(source, Settings(task="yours", unit=137, step=150)))
    module: Any = source.model.network.recurrent
    weights = module.weight_hh_l0.numpy()[137]
    np.testing.assert_array_equal(arrays["weights of hidden_state- for input_gate"], weights[None])
