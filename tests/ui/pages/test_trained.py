"""Every page opens a network that was trained here, at its end and on the way; what is taken away of it is its own."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lstm_viz.learning import Course, Plan
from lstm_viz.sources import Source
from lstm_viz.sources.trained import trained
from lstm_viz.tasks.trained import NAME
from lstm_viz.ui.bridge.payload import pack
from lstm_viz.ui.pages.cells_compared.comparison import comparison_message, views_of
from lstm_viz.ui.pages.gates.taken import gates_taking
from lstm_viz.ui.pages.gates.view import gates_message
from lstm_viz.ui.pages.inside.view import inside_message
from lstm_viz.ui.pages.ledger.view import ledger_message
from lstm_viz.ui.pages.saved import saved_page
from lstm_viz.ui.pages.vanishing.taken import vanishing_snippet, vanishing_taken
from lstm_viz.ui.pages.vanishing.view import Vanishing
from lstm_viz.ui.pages.what_if.view import what_if_message
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views import chosen
from lstm_viz.ui.views.view import View
from tests.ui.taking.test_snippets import hold, made
from tests.ui.taking.views import LIVE

MESSAGES: tuple[Any, ...] = (gates_message, inside_message, ledger_message, what_if_message)


def sources(*plans: Plan) -> tuple[Source, ...]:
    found = []
    for plan in plans:
        course = Course(plan)
        while course.advance():
            pass
        found.append(trained(course))
    return tuple(found)


@pytest.mark.parametrize(
    "plan",
    [
        Plan(task="parity", units=3, layers=2, updates=2, length=6),
        Plan(task="counting", cell="slstm", units=3, updates=2, length=4),
        Plan(task="adding", cell="min_gru", units=3, updates=2, length=6),
        Plan(task="echo", cell="no_forget_gate", units=3, updates=2, distance=2, length=6),
    ],
    ids=lambda plan: f"{plan.task}-{plan.cell}",
)
def test_every_page_opens_it(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    both = sources(plan, replace(plan, cell="rnn", layers=1))
    monkeypatch.setattr(chosen, "_own", {NAME: lambda: both})
    written = both[0].own.said if both[0].own else ""
    for checkpoint in (None, 1):
        for place in both[0].places:
            settings = Settings(
                task=NAME,
                training=written,
                layer=place.index,
                step=2,
                clamps="hidden_state 0 t1",
                checkpoint=checkpoint,
                networks="trained",
            )
            for message in MESSAGES:
                view = View.of(settings)
                assert view.source.checkpoint == checkpoint
                header, arrays = message(view)
                titles = dict(header["menu"]["tasks"])
                assert titles[header["menu"]["task"]] == f"Trained here: {both[0].task.title}"
                assert header["networks"], "the page runs it"
                pack(json.loads(json.dumps(header)), arrays)
    views = views_of(settings, NAME)
    assert list(views) == [plan.cell, "rnn"]
    header, _ = comparison_message(View.of(settings), views)
    assert [each["name"] for each in header["cells"]] == [plan.cell, "rnn"]
    assert list(Vanishing.of(settings).flows) == [plan.cell, "rnn"]
    monkeypatch.setattr(chosen, "_own", {NAME: lambda: both[:1]})
    header, _ = comparison_message(View.of(settings), views_of(settings, NAME))
    assert [each["name"] for each in header["cells"]] == [plan.cell]


def test_what_is_taken_of_it_makes_the_same_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    both = sources(*(Plan(task="parity", cell=cell, units=3, updates=3, length=6) for cell in ("lstm", "gru")))
    monkeypatch.setattr(chosen, "_own", {NAME: lambda: both})
    for each in both:
        assert each.own is not None
        assert each.own.saved is not None
        Path(each.own.file).write_bytes(each.own.saved())
    settings = Settings(task=NAME, training=both[0].own.said if both[0].own else "", text="01101", step=3, unit=1)
    for page, (numbers, snippet) in LIVE.items():
        for checkpoint in (None, 2) if page == "gates_over_time" else (None,):
            view = View.of(replace(settings, checkpoint=checkpoint))
            hold(made(snippet(view, "light")), numbers(view))
    vanishing = Vanishing.of(replace(settings, networks="trained"))
    hold(made(vanishing_snippet(vanishing, "light")), vanishing_taken(vanishing))

    view = View.of(settings)
    assert all(view.source.task.title in saved_page(page, view) for page in ("gates", "cells_compared"))
    given, content = gates_taking(view).answer({"id": "1", "kind": "safetensors"})
    assert both[0].own is not None
    assert given["name"] == both[0].own.file
    again = Course.opened(content)
    np.testing.assert_array_equal(again.model().predictions("01101"), view.model.predictions("01101"))
    assert "safetensors" not in [each["kind"] for each in gates_taking(View.of(Settings())).offers()]
