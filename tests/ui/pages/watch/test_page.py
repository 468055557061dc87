"""Watch it learn in Streamlit's own harness: what is trained, what its browser is told, and where it leads."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lstm_viz.learning import Course, Plan
from lstm_viz.ui.bridge.payload import unpack
from lstm_viz.ui.courses import Training
from lstm_viz.ui.pages.watch import choices
from lstm_viz.ui.pages.watch.choices import RACED
from lstm_viz.ui.pages.watch.held import Held
from lstm_viz.ui.pages.watch.plans import differing, names, plans_of, set_plans
from lstm_viz.ui.pages.watch.speaking import Speaker
from lstm_viz.ui.pages.watch.taken import watch_taking
from lstm_viz.ui.settings.link import from_query, to_query
from lstm_viz.ui.settings.settings import Settings

ROOT = Path(__file__).parents[4]
PATIENCE = 300
SMALL = Plan(units=2, length=4, updates=20, curriculum=False)
RACE = SMALL, Plan(units=2, length=4, updates=20, curriculum=False, cell="rnn")


def start(plans: tuple[Plan, ...] = (SMALL,), **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    app.query_params.update({**{name: text for name, text in set_plans(plans).items() if text}, **query})
    app.run()
    return app.switch_page("pages/watch_it_learn.py").run()


def sent(app: AppTest) -> tuple[dict[str, Any], dict[str, Any]]:
    return unpack(next(each.proto.bytes for each in app.get("bidi_component") if b'"rates"' in each.proto.bytes))


def told(app: AppTest, number: int, **act: Any) -> AppTest:
    """What a browser sends: an act, with the settings as they stand."""
    app.session_state["watch"] = {"message": {"number": number, "settings": {}, "act": {"id": number, **act}}}
    return app.run()


def finished(app: AppTest) -> dict[str, Any]:
    """Asked again until it is: here there are no addresses, so the server brings the news itself."""
    while (header := sent(app)[0])["news"]["goesOn"]:
        assert not app.run().exception
    return header


def test_a_training_runs_to_its_end_and_is_opened_on_another_page() -> None:
    app = start(RACE)
    assert not app.exception
    header, arrays = sent(app)
    assert [lane["name"] for lane in header["training"]["lanes"]] == ["LSTM", "RNN"]
    assert (header["news"]["state"], header["open"]) == ("paused", [])
    first = arrays["0.weight.head.bias"].copy()
    told(app, 1, what="begin")
    header = finished(app)
    assert header["news"]["state"] == "finished"
    assert [lane["update"] for lane in header["news"]["lanes"]] == [20, 20]
    assert (sent(app)[1]["0.weight.head.bias"] != first).any()
    alone = Course(SMALL)
    while alone.advance():
        pass
    assert (sent(app)[1]["0.weight.head.bias"] == alone.weights()["head.bias"].numpy()).all(), "a race changes nothing"
    told(app, 2, what="open", lane=1, page="inside_the_cell")
    assert not app.exception
    assert app.title[0].value == "Inside the cell"
    assert "cell-rnn" in str(app.query_params["training"])


def test_other_choices_wait_for_train_once_something_was_learnt() -> None:
    app = start()
    before = sent(app)[0]["training"]["secret"]
    app.number_input(key="watch_units").set_value(3).run()
    header = sent(app)[0]
    assert header["training"]["own"], "nothing was learnt, so nothing is lost"
    assert header["training"]["secret"] != before
    told(app, 1, what="begin")
    finished(app)
    app.selectbox(key="watch_cell").set_value("gru").run()
    header = sent(app)[0]
    assert not header["training"]["own"]
    assert header["training"]["lanes"][0]["name"] == "LSTM"
    assert "cell-gru" in header["address"]
    app.pills(key="watch_raced").set_value("units").run()
    assert "watch_against" in sent(app)[0]["address"]
    app.number_input(key="watch_length").set_value(200).run()
    app.number_input(key="watch_units").set_value(64).run()
    app.number_input(key="watch_layers").set_value(3).run()
    assert "at most 12,800 are trained here" in sent(app)[0]["problem"]
    assert not app.exception


def test_what_is_chosen_when_train_is_pressed_is_trained_however_late_the_server_hears_of_both() -> None:
    app = start()
    app.session_state["watch"] = {"message": {"number": 1, "settings": {}, "act": {"id": 1, "what": "begin"}}}
    app.number_input(key="watch_units").set_value(3).run()
    header, arrays = sent(app)
    assert (header["training"]["own"], header["news"]["state"]) == (True, "running")
    assert arrays["0.weight.recurrent.weight_hh_l0"].shape[1] == 3
    # What stands ready goes on as it stands.
    ready = start()
    told(ready, 1, what="steer", do="rate", rate=0.5)
    secret = sent(ready)[0]["training"]["secret"]
    told(ready, 2, what="begin")
    header = sent(ready)[0]
    assert (header["training"]["secret"], header["news"]["rate"]) == (secret, 0.5)
    told(ready, 3, what="begin")
    assert sent(ready)[0]["training"]["secret"] != secret, "and what has begun is begun anew"


def test_two_sessions_have_nothing_of_each_other() -> None:
    mine, theirs = start(), start()
    assert sent(mine)[0]["training"]["secret"] != sent(theirs)[0]["training"]["secret"]
    told(mine, 1, what="begin")
    finished(mine)
    assert sent(theirs.run())[0]["news"]["lanes"][0]["update"] == 0
    told(theirs, 1, what="steer", do="rewind", update=0)
    assert sent(mine.run())[0]["news"]["lanes"][0]["update"] == 20


@pytest.mark.parametrize(
    ("plans", "said"),
    [
        (RACE, ["LSTM", "RNN"]),
        ((Plan(clip=0.0), Plan()), ["LSTM, not clipped", "LSTM, clipped at 1"]),
        ((Plan(units=1), Plan(units=2)), ["LSTM, 1 unit", "LSTM, 2 units"]),
        ((Plan(optimizer="sgd"), Plan()), ["LSTM, optimiser Gradient descent", "LSTM, optimiser Adam"]),
        ((SMALL,), ["LSTM"]),
    ],
)
def test_what_is_trained_is_in_the_link_and_has_a_name(plans: tuple[Plan, ...], said: list[str]) -> None:
    view = Settings(**{**set_plans(plans), "watch_probe": "0.5*, 0.2*"})  # type: ignore[arg-type]
    found, ignored = from_query(to_query(view))
    assert (found, ignored) == (view, ())
    assert plans_of(found) == plans
    assert names(plans) == said


def test_its_python_trains_the_same_and_its_table_has_the_curves() -> None:
    courses = [Course(plan) for plan in RACE]
    for course in courses:
        course.advance(0)
        course.set_rate(0.5)
        while course.advance(1):
            pass
    held = Held(Training(courses), (), Speaker((), "0.5*, 0.25*", 0), ())
    made: dict[str, Any] = {}
    taking = watch_taking(held)
    exec(compile(taking.snippet("light"), "<snippet>", "exec"), made)
    for name, news in zip(("LSTM", "RNN"), held.training.news, strict=True):
        np.testing.assert_array_equal(made["numbers"][f"{name} loss"], news.history.loss)
    assert made["trace"].labels == ("0.5*", "0.25*")
    assert taking.numbers is not None
    table, note = taking.numbers().to_frame()
    assert note == ""
    rnn = table[(table["run"] == "RNN") & (table["quantity"] == "loss")]
    np.testing.assert_array_equal(rnn["value"], held.training.news[1].history.loss)


@pytest.mark.parametrize("name", RACED)
def test_whatever_it_is_raced_against_differs_in_that_alone(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[Plan, ...]] = []
    monkeypatch.setattr(choices, "_set", told.append)
    for plan in (Plan(), Plan(cell="rnn", units=1, layers=2, clip=0, optimizer="sgd", learning_rate=3)):
        choices._raced(plan, name)
        first, second = told.pop()
        assert differing((first, second)) == [name]
        assert first == plan
