"""Networks that were trained here: two a session, given back with it, never another's, in a link only as a plan."""

import gc
import weakref
from typing import Any

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from lstm_viz.learning import Course, Plan
from lstm_viz.sources.trained import RUNS, trained
from lstm_viz.ui.bridge import own, served, session, trainings
from lstm_viz.ui.doing.reducer import reduce
from lstm_viz.ui.doing.state import State
from lstm_viz.ui.settings.link import from_query, to_query
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views import chosen
from lstm_viz.ui.views.menu import menu
from lstm_viz.ui.views.network import network, runs_in_page
from lstm_viz.ui.views.view import View
from tests.driving import ROOT


def course(**plan: Any) -> Course:
    """One that has come to its end."""
    values: dict[str, Any] = {"task": "parity", "units": 3, "updates": 4} | plan
    made = Course(Plan(**values))
    while made.advance():
        pass
    return made


@pytest.fixture
def in_session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What a session keeps, without one; what is done is done to `state`."""
    kept: dict[str, Any] = {"state": State()}

    def do(*actions: Any, **rules: Any) -> None:
        kept["state"] = reduce(kept["state"], actions)

    monkeypatch.setattr(st, "session_state", kept)
    monkeypatch.setattr(session, "do", do)
    return kept


def test_two_of_a_race_are_open_at_once_and_switching_loses_nothing(in_session: dict[str, Any]) -> None:
    one, other = course(cell="lstm"), course(cell="rnn")
    trainings.open_courses([one, other], "01")
    first, second = trainings.here()
    assert in_session["state"].settings.text == "01"
    state = reduce(in_session["state"], [["type", "0110"], ["set", {"unit": 2}]])
    assert chosen.source_of(state.settings) is first

    listed = dict(menu(first)["tasks"])
    titles = [f"Trained here: {each.task.title}" for each in (first, second)]
    assert [listed[chosen.value_of(each)] for each in (first, second)] == titles
    assert all("update 4" in title for title in titles)

    there = reduce(state, [["task", chosen.value_of(second)], ["type", "1"]])
    assert (chosen.source_of(there.settings), View.of(there.settings).text) == (second, "1")
    shipped = reduce(there, [["task", "adding"]])
    assert chosen.source_of(shipped.settings).task.name == "adding"
    back = reduce(shipped, [["task", chosen.value_of(first)]])
    assert (chosen.source_of(back.settings), back.settings.text, back.settings.unit) == (first, "0110", 2)
    assert chosen.source_of(reduce(back, [["undo"]]).settings).task.name == "adding"
    undone = reduce(back, [["undo"]] * 4)
    assert chosen.source_of(undone.settings) is first
    assert chosen.source_of(reduce(undone, [["redo"]] * 4).settings) is first
    assert list(chosen.siblings_of(back.settings, "trained", ())) == ["lstm", "rnn"]

    trainings.open_courses([course(seed=2)])
    assert [each.own.key for each in trainings.here() if each.own] == [
        other.followed.written,
        course(seed=2).followed.written,
    ]
    assert chosen.lacks_own(undone.settings)


def test_its_states_are_those_of_its_training(in_session: dict[str, Any]) -> None:
    made = course(units=2)
    trainings.open_courses([made])
    (source,) = trainings.here()
    assert source.states is not None
    assert source.states.steps == tuple(made.states)
    text = source.task.examples[0].text
    for step in source.states.steps:
        found, wanted = source.states.at(step), made.model(step)
        assert found.task.name == "trained"
        assert found.private
        np.testing.assert_array_equal(found.model.predictions(text), wanted.predictions(text))
        assert chosen.source_of(Settings(task="trained", checkpoint=step)) is found
    assert source.states.at(source.states.steps[-1]) is source
    made.set_rate(0.5)
    assert source.own is not None
    assert source.own.key == course(units=2).followed.written, "what the course does later is not its"


def test_a_training_that_stands_between_two_rows_is_opened_as_it_stands() -> None:
    made = Course(Plan(task="parity", units=2, updates=1000))
    while made.update < 7:
        made.advance(0.0)
    source = trained(made)
    assert source.states is not None
    assert source.states.steps[-1] == 7
    assert len(source.states.loss) == len(source.states.score) == len(source.states.steps)
    again = trained(course(units=2, updates=7))
    text = source.task.examples[0].text
    np.testing.assert_array_equal(source.model.predictions(text), again.model.predictions(text))
    assert source.own is not None
    assert again.own is not None
    assert source.own.key == again.own.key, "the plan of what was done trains the same weights"


def test_nothing_keeps_what_was_given_back(in_session: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    trainings.open_courses([course()])
    (source,) = trainings.here()
    assert runs_in_page(source)
    View.of(Settings(task="trained")).run.layers[0]
    assert source.states is not None
    view = View(source.states.at(2), Settings(task="trained"))
    assert view.run
    address = network(source)["weights"]
    assert served._there[address].keep == "private, no-store"
    taken, size = trainings.HELD.taken(), RUNS.size
    assert taken > 0
    assert size > 0
    monkeypatch.setattr(trainings.HELD, "most", taken - 1)
    with pytest.raises(ValueError, match="The server has no room to open this network now"):
        trainings.open_courses([course(units=9)])
    assert trainings.here() == (source,)

    gone = [weakref.ref(each) for each in (source, source.model, source.states)]
    in_session.clear()
    del source, view
    gc.collect()
    assert [each() for each in gone] == [None] * len(gone)
    assert address not in served._there
    assert trainings.HELD.taken() == 0
    assert RUNS.size < size


def test_a_link_has_the_plan_and_asks_for_it_to_be_trained_again(in_session: dict[str, Any]) -> None:
    plan = course(units=2).followed
    view = Settings(task="trained", training=plan.written, text="0110", step=2, clamps="forget_gate 1")
    assert from_query(to_query(view)) == (view, ())
    missing = own.missing(view)
    assert missing is not None
    assert plan.said in missing.said
    assert from_query(missing.query)[0].training == plan.written
    in_session["state"] = State(from_query(missing.query)[0])
    trainings.open_courses([course(units=2)], "1111")
    now = in_session["state"].settings
    assert (now.text, now.step, now.clamps) == ("0110", 2, "forget_gate 1"), "the view was kept until the network came"


def test_a_view_of_a_network_that_is_not_here_says_which_and_no_other_session_gives_it() -> None:
    plan = course(units=2).followed
    apps = []
    for _ in range(2):
        app = AppTest.from_file(ROOT / "app.py", default_timeout=30)
        app.query_params.update({"task": "trained", "training": plan.written, "text": "0110", "step": "2", "unit": "0"})
        apps.append(app)
    apps[0].session_state["lv_trained"] = (trained(course(units=2)),)
    for app in apps:
        app.run()
        assert not app.exception
    assert not apps[0].info
    assert "LSTM of 2 units on parity" in apps[1].info[0].value
