"""Watch it learn: how does a gate become a gate?"""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from lstm_viz.ui.bridge import components, frame, session
from lstm_viz.ui.bridge.frame import part
from lstm_viz.ui.bridge.payload import pack
from lstm_viz.ui.bridge.training_news import news
from lstm_viz.ui.bridge.training_room import address, steer
from lstm_viz.ui.courses import STANDS
from lstm_viz.ui.pages.watch.choices import choices
from lstm_viz.ui.pages.watch.held import Held, claim, current, hold, lanes, look_for
from lstm_viz.ui.pages.watch.keeping import go, offers, open_on, opener, save_without_routes
from lstm_viz.ui.pages.watch.message import RATES, constant, first_probe, probe_of
from lstm_viz.ui.pages.watch.plans import plans_of, preset_of, set_plans
from lstm_viz.ui.pages.watch.taken import watch_taking
from lstm_viz.ui.trainings import TRAININGS
from lstm_viz.ui.widgets import controls
from lstm_viz.ui.widgets.head import head
from lstm_viz.ui.widgets.take_away import take_away

KEY = "watch"
NOTHING_YET: Mapping[str, Any] = {"number": 0, "settings": {}, "act": {"id": 0}}
"""The message of a browser in which nothing has happened."""
_TAKEN, _DONE, _PROBLEM = "lv_watch_taken", "lv_watch_done", "lv_watch_problem"
POLL = 0.7
"""Seconds between two pieces of news where the browser cannot ask for them."""

_component = components.component(KEY)


def show() -> None:
    """The whole page."""
    head(
        "Watch it learn",
        "A network begins with random weights, and its gates do nothing in particular. Here one is trained while you "
        "look, on small problems that need a memory: press Train, and see how a gate becomes a gate.",
    )
    live()


def live() -> None:
    """All but the title."""
    plans = plans_of(session.settings())
    _presets(plans)
    held = _held(plans)
    if held is not None:
        with part("take_away"):
            take_away("watch_it_learn", lambda asked: watch_taking(current() or held), [each.said for each in plans])
    with part("choices"):
        choices(plans)
    polled = _polled()
    st.fragment(partial(_network, polled), run_every=POLL if polled else None)()
    with part("card"), st.expander("Open a training again"):
        opener()


def _presets(plans: tuple[Any, ...]) -> None:
    """The way in: trainings that show something, ready to begin."""
    from lstm_viz.learning import PRESETS

    titles = {name: each.title for name, each in PRESETS.items()}
    with part("experiments"):
        controls.examples("What to see", titles, preset_of(plans) or None, _choose)


def _choose(name: str) -> None:
    from lstm_viz.learning import PRESETS

    session.do(["set", {**set_plans(PRESETS[name].plans), "watch_probe": None}])


def _network(polled: bool) -> None:
    """What the browser draws; `polled`: whether this runs again and again by itself."""
    _take()
    go()
    settings, given = session.settings(), _given()
    plans = plans_of(settings)
    held = _held(plans)
    if held is None or frame.current().closed:
        return
    files = components.from_files()
    task = held.models[0].task
    probe = first_probe(task, held.plans[0].length) if settings.watch_probe is None else settings.watch_probe
    speaker = held.speaker
    if (speaker.probe, speaker.layer) != (probe, settings.layer):
        speaker.probe, speaker.layer = probe, settings.layer
        TRAININGS.say_anew(held.training)
    header: dict[str, Any] = {
        **constant(),
        "received": given["number"],
        "done": given["act"]["id"],
        "settings": {"probe": probe, "step": settings.step},
        "training": {
            "secret": held.training.secret,
            "address": address(held.training) if files else "",
            "own": held.plans == plans,
            "lanes": lanes(held, settings.notation, files=files),
        },
        "layer": settings.layer,
        "rates": sorted({*RATES, *(plan.learning_rate for plan in held.plans)}),
        "problem": st.session_state.pop(_PROBLEM, ""),
        "lookFor": look_for(held),
        "claim": claim(held),
        "probe": probe_of(task),
        "open": offers(held) if held.training.state in STANDS else [],
        "address": session.address(),
        "hide": list(settings.hide),
        "frame": frame.header(),
    }
    arrays: Mapping[str, Any] = {}
    if not files:
        TRAININGS.look(held.training)
        header["news"], arrays = news(held.training, TRAININGS.before(held.training), TRAININGS.expected(held.training))
    if polled != _polled():
        st.rerun()  # only a run of the whole page begins the timer, or ends it
    _component(key=KEY, data=pack(header, arrays), on_message_change=lambda: None)
    if not files and header["open"]:
        save_without_routes(held)


def _held(plans: tuple[Any, ...]) -> Held | None:
    """What is open; where nothing has been learnt yet, what the choices ask for."""
    from lstm_viz.learning import Course

    held = current()
    if held is not None and (held.touched or held.plans == plans):
        return held
    try:
        return hold([Course(plan) for plan in plans], begun=False, **_looked_at())
    except ValueError as error:
        st.error(session.plain(str(error)))
        return held


def _looked_at() -> dict[str, Any]:
    return {"probe": session.settings().watch_probe, "layer": session.settings().layer}


def _polled() -> bool:
    """Whether the server has to bring the news by itself."""
    held = current()
    return held is not None and not components.from_files() and held.training.state in ("running", "waiting", "resting")


def _given() -> dict[str, Any]:
    given = components.told(KEY, "message", NOTHING_YET)
    act = given["act"]
    return given if type(act.get("id")) is int and abs(act["id"]) < components.LARGEST else {**given, "act": {"id": 0}}


def _take() -> None:
    """Do what the browser asks for, each thing once."""
    given = _given()
    if given["number"] <= st.session_state.get(_TAKEN, 0):
        return
    st.session_state[_TAKEN] = given["number"]
    wanted = given["settings"]
    values = {name: wanted[own] for own, name in (("probe", "watch_probe"), ("step", "step")) if own in wanted}
    held = current()
    if held is not None and values.get("watch_probe") == first_probe(held.models[0].task, held.plans[0].length):
        values["watch_probe"] = None
    session.do(["set", values])
    act = given["act"]
    if act["id"] <= st.session_state.get(_DONE, 0):
        return
    st.session_state[_DONE] = act["id"]
    try:
        _act(act)
    except ValueError as error:
        st.session_state[_PROBLEM] = str(error)


def _act(act: Mapping[str, Any]) -> None:
    from lstm_viz.learning import Course

    held, plans = current(), plans_of(session.settings())
    if act.get("what") == "begin" and held is not None and held.plans == plans and not held.touched:
        # It stands ready, perhaps at another rate than planned.
        TRAININGS.go_on(held.training)
    elif act.get("what") == "begin":
        hold([Course(plan) for plan in plans], begun=True, **_looked_at())
    elif act.get("what") == "steer" and held is not None:
        steer(held.training, act)
    elif act.get("what") == "open" and held is not None:
        open_on(held, act)
