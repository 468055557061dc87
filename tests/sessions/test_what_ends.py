"""A short soak: sessions that type, upload, train and end; of none anything lives on. `benchmarks.soak` is long."""

import gc
import random
import weakref
from typing import Any

import pytest
import torch
from streamlit.testing.v1 import AppTest
from torch import nn

from benchmarks.soak import Look, levels
from lstm_viz.learning import Plan
from lstm_viz.lessons.references.runs import HELD
from lstm_viz.sources import source, trained, uploaded
from lstm_viz.ui.bridge import served, trainings, uploads
from lstm_viz.ui.bridge.payload import unpack
from lstm_viz.ui.jobs import JOBS
from lstm_viz.ui.pages.watch.plans import set_plans
from lstm_viz.ui.trainings import TRAININGS
from tests.driving import ROOT
from tests.files.making import safetensors

PATIENCE = 300
OWN = ("lv_upload", "lv_upload_file", "lv_trained", "lv_watched", "lv_yours")
"""What a session has of its own, by where it is kept."""
LIVE = ("inside_the_cell", "memory_ledger", "what_if", "rnn_lstm_gru")


def start(**query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    app.query_params.update(query)
    return app.run()


@pytest.fixture(scope="module", autouse=True)
def _spared() -> None:
    """Let the app spare what it has loaded from garbage collection before there is a model in a session."""
    start()


def lived(number: int) -> list[weakref.ref[Any]]:
    """One session from its beginning to its end → what it had of its own."""
    chance = random.Random(number)
    plan = Plan(task="parity", units=2, length=4, updates=8, curriculum=False, seed=number)
    app = start(**{name: text for name, text in set_plans((plan,)).items() if text})
    app.switch_page("pages/your_model.py").run()
    torch.manual_seed(number)
    content = safetensors(dict(nn.LSTM(3, 4).state_dict()))
    app.file_uploader[0].set_value(("model.safetensors", content, "application/octet-stream"))
    app.run()
    app.switch_page("pages/watch_it_learn.py").run()
    app.session_state["watch"] = {"message": {"number": 1, "settings": {}, "act": {"id": 1, "what": "begin"}}}
    app.run()
    while unpack(next(each.proto.bytes for each in app.get("bidi_component") if b'"rates"' in each.proto.bytes))[0][
        "news"
    ]["goesOn"]:
        app.run()
    page = chance.choice(LIVE)
    act = {"id": 2, "what": "open", "lane": 0, "page": page}
    app.session_state["watch"] = {"message": {"number": 2, "settings": {}, "act": act}}
    app.run()
    assert not app.exception
    assert not app.error
    had = [app.session_state[name] for name in OWN]
    had += [*app.session_state["lv_trained"], app.session_state["lv_watched"].training]
    return [weakref.ref(each) for each in had if not isinstance(each, tuple)]


def test_nothing_of_a_session_lives_on_after_its_end() -> None:
    gc.collect()
    runs = uploaded.RUNS.size, trained.RUNS.size  # other tests may have left some
    gone = [each for number in (1, 2) for each in lived(number)]
    gc.collect()
    assert [each() for each in gone] == [None] * len(gone)
    assert uploads.HELD.taken() == trainings.HELD.taken() == 0
    assert not list(TRAININGS._all)
    assert not [each for each in served._there.values() if each.keep == served.PRIVATE]
    assert (uploaded.RUNS.size, trained.RUNS.size) == runs
    for memory in (source.READINGS, source.RUNS, source.SIZES, source.FOUND, HELD):
        assert memory.size <= memory.most
    assert all(not job.watchers for job in JOBS._jobs.values() if not job.under_way)


def test_the_level_at_the_end_is_held_against_that_after_warm_up() -> None:
    looks = [Look(k, k, 400.0 if k < 40 else 500.0 + (k >= 70) * 20, 1, 1, {}) for k in range(101)]
    assert levels(looks) == (500.0, 520.0)
