"""A reader's own network: one a session, given back with it, never in a link, in no cache."""

import gc
import re
import weakref
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from torch import nn

from lstm_viz.sources import Source
from lstm_viz.sources.own import Own
from lstm_viz.sources.uploaded import RUNS, uploaded
from lstm_viz.tasks.uploaded import Choices
from lstm_viz.ui.bridge import served, session, uploads
from lstm_viz.ui.doing.reducer import reduce
from lstm_viz.ui.doing.state import State
from lstm_viz.ui.jobs import JOBS
from lstm_viz.ui.pages.gates.view import gates_message
from lstm_viz.ui.pages.inside.view import inside_message
from lstm_viz.ui.pages.ledger.view import ledger_message
from lstm_viz.ui.pages.vanishing.view import Vanishing
from lstm_viz.ui.pages.what_if.view import what_if_message
from lstm_viz.ui.settings.link import from_query, to_query
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views import chosen
from lstm_viz.ui.views.network import network
from lstm_viz.ui.views.view import View
from tests.driving import ROOT
from tests.made_files import made_file


@pytest.fixture
def in_session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What a session keeps, without one."""
    kept: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", kept)
    monkeypatch.setattr(session, "do", lambda *actions, **rules: None)
    return kept


def own(source: Source) -> Own:
    assert source.own is not None
    return source.own


def opened(seed: int = 0, **choices: Any) -> Source:
    file = made_file(nn.LSTM(2, 6, 2), outputs=3, seed=seed)
    source = uploaded(file, Choices(head=0, labels=("a", "b", "c"), **choices), "safetensors: LSTM, 2 layers")
    uploads.open_file(file, source)
    return source


def test_nothing_keeps_a_model_that_was_closed(in_session: dict[str, Any]) -> None:
    source = opened()
    held = Settings(task="yours", networks="trained", clamps="forget_gate 1")
    for message in (gates_message, inside_message, ledger_message, what_if_message):
        message(View.of(held))
    network(source)
    vanishing = Vanishing.of(held)
    JOBS.watch("reader", vanishing.work).ended.wait(30)
    address = network(source)["weights"]
    assert address in served._there
    gone = [weakref.ref(each) for each in (source, source.model, source.model.network, uploads.current_file())]
    size = RUNS.size
    assert size > 0

    uploads.close()
    del source, vanishing
    gc.collect()
    assert [each() for each in gone] == [None] * len(gone)
    assert address not in served._there
    assert RUNS.size < size
    assert uploads.HELD.taken() == 0


def test_another_model_takes_the_place_of_the_one_before(in_session: dict[str, Any]) -> None:
    first = weakref.ref(opened(1))
    taken = uploads.HELD.taken()
    opened(2)
    gc.collect()
    assert first() is None
    assert uploads.HELD.taken() == taken


def test_a_server_that_is_full_says_so_and_keeps_what_was_open(
    in_session: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = opened()
    monkeypatch.setattr(uploads.HELD, "most", uploads.HELD.taken() - 1)
    with pytest.raises(ValueError, match="The server has no room for this file now"):
        opened(3)
    assert uploads.current() is source


def test_a_file_takes_the_room_of_the_one_that_it_replaces(
    in_session: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened()
    monkeypatch.setattr(uploads.HELD, "most", uploads.HELD.taken())
    before = uploads.current(), uploads.current_file()
    source = opened(3)
    assert uploads.current() is source, "what is replaced is not counted, whoever else still looks at it"
    assert source not in before


def test_its_files_are_where_nobody_can_guess_and_no_cache_keeps_them(in_session: dict[str, Any]) -> None:
    source, other = opened(), uploaded(made_file(nn.LSTM(2, 6, 2), outputs=3), Choices(head=0))
    addresses = [network(each)["weights"] for each in (source, other)]
    assert len({address.split("/")[1] for address in addresses}) == 2
    assert all(len(address.split("/")[1]) >= 40 for address in addresses)
    assert source.name[1] not in addresses[0]
    assert served._there[addresses[0]].keep == "private, no-store"


def test_a_link_says_what_to_upload_and_no_more() -> None:
    file = made_file(nn.LSTM(2, 6), name="<img src=x>\u202e" + "é" * 300 + ".pt")
    source = uploaded(file, described="PyTorch: LSTM\n")
    said = own(source).said
    assert len(said) <= 160
    assert said.startswith(source.name[1][:8])
    assert re.fullmatch(r"[^\n\u202e]*", said)
    view = Settings(task="yours", upload=said, text="1, 2", step=3, clamps="forget_gate 1")
    assert from_query(to_query(view)) == (view, ())
    assert own(source).is_of(said)
    assert not own(source).is_of("00000000 another.pt")


def test_a_link_finds_its_place_again_when_its_file_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    source, other = uploaded(made_file(nn.LSTM(2, 6))), uploaded(made_file(nn.LSTM(2, 6), seed=1))
    linked = Settings(task="yours", upload=own(source).said, text="1, 2\n3, 4", step=1, unit=5, clamps="forget_gate 1")
    assert chosen.lacks_own(linked)
    monkeypatch.setattr(chosen, "_own", {"yours": lambda: (source,)})
    after = reduce(State(linked), [["own", "yours", own(source).said, None]]).settings
    assert (after.text, after.step, after.unit, after.clamps) == ("1, 2\n3, 4", 1, 5, "forget_gate 1")
    monkeypatch.setattr(chosen, "_own", {"yours": lambda: (other,)})
    afresh = reduce(State(linked), [["own", "yours", own(other).said, None]]).settings
    assert (afresh.text, afresh.clamps, afresh.upload) == (None, "", own(other).said)


def test_a_view_of_a_file_that_is_not_open_says_which() -> None:
    app = AppTest.from_file(ROOT / "app.py", default_timeout=30)
    app.query_params.update(
        {"task": "yours", "upload": "3fa94c21 my *model*.pt, PyTorch: LSTM", "step": "0", "unit": "0"}
    )
    app.run()
    assert not app.exception
    assert "my \\*model\\*\\.pt, PyTorch: LSTM" in app.info[0].value.replace("\\:", ":").replace("\\,", ",")
    assert app.session_state["lv_state"]["now"].settings.task == "yours"
