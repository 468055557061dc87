"""How a live page and the browser talk: the browser sends what the user did, and the page answers with what it means.

Messages are numbered, and an answer says which one it takes in; what the browser holds already is not sent again, nor
are numbers to a browser that runs the network itself. `web/live/mount.js` is the other side.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

import streamlit as st

from lstm_viz.live_page.lasting import Lasting, digest
from lstm_viz.trace import Array, LayerTrace
from lstm_viz.ui.bridge import components, frame, making, session
from lstm_viz.ui.bridge.payload import pack, without_known
from lstm_viz.ui.bridge.shape import shape_of
from lstm_viz.ui.doing.reducer import Action
from lstm_viz.ui.doing.state import Rules
from lstm_viz.ui.server import metrics
from lstm_viz.ui.settings.link import LINK_LIMIT, address, query_string, without_lesson
from lstm_viz.ui.share import SHARE
from lstm_viz.ui.taking.taking import Taking
from lstm_viz.ui.views.check import check
from lstm_viz.ui.views.chosen import lacks_own
from lstm_viz.ui.way import WAY

NOTHING_YET: dict[str, Any] = {
    "session": "",
    "sender": None,
    "number": 0,
    "edits": 0,
    "has": {},
    "before": [],
    "actions": [],
}
"""The message of a browser in which nothing has happened."""
_REFRAMED, _BEGAN, _TAKEN = "lv_reframed", "lv_began", "lv_taken"
LISTS = 8
"""How many of the lists of what can be undone that a browser was told of are remembered, to tell it only of changes."""


Count = Callable[[], tuple[Mapping[str, Any], Mapping[str, Array]]]
"""Finds a page's numbers: header and arrays."""
Layers = Callable[[], Mapping[str, LayerTrace]]
"""Gives the layers on show, by the cells that they are of."""


def component(
    name: str,
    *,
    words: Any,
    numbers: Any,
    rules: Rules = Rules(),  # noqa: B008 - it is frozen
) -> Callable[[Mapping[str, Any], Count, Layers, Taking | None], None]:
    """A page's live component, to be shown within a fragment, so that a key press runs only that.

    Parameters
    ----------
    name : of its folder in `web/pages`, and its key
    words, numbers : the `TypedDict`s of what its header says, and of what is counted in it
    rules : what follows on this page from what is done

    Returns
    -------
    shows the page: what it says; how its numbers are found, where the browser does not find them; the layers on show;
    what can be taken away from it
    """
    mount = components.component(name)

    def take() -> None:
        # Whatever computes beside the pages waits until this is answered.
        WAY.begin(session.name())
        st.session_state[_BEGAN] = time.thread_time()
        SHARE.answer_begins(session.name())
        st.session_state[_TAKEN] = time.perf_counter()
        hidden, given = session.settings().hide, last_message(name)
        for number, actions in undone(given):
            session.do(*actions, rules=rules, heard=(given["sender"], number))
        # Streamlit's own parts of the page are outside the fragment that this is in; and it is for the whole page to
        # say that undo led to a network that is gone.
        now = session.settings()
        if now.hide != hidden or lacks_own(now):
            st.session_state[_REFRAMED] = True

    shape, ruled = Lasting({**shape_of(words), "numbers?": shape_of(numbers)}), Lasting(asdict(rules))

    def show(said: Mapping[str, Any], count: Count, layers: Layers, taking: Taking | None = None) -> None:
        taken = st.session_state.pop(_TAKEN, 0.0)
        try:
            with WAY.answering(session.name()):
                answer(said, count, layers, taking)
        finally:
            # First of all: an answer that has gone counts, though Streamlit may stop the run at what comes next.
            if taken:
                metrics.message(name, time.perf_counter() - taken)
            # Not of the first answer, which was not asked for here.
            if _BEGAN in st.session_state:
                SHARE.answer_ends(session.name(), time.thread_time() - st.session_state.pop(_BEGAN))

    def answer(said: Mapping[str, Any], count: Count, layers: Layers, taking: Taking | None) -> None:
        # A run that was stopped, by a broken connection or a newer one, may have heard a message and not done it; of
        # what Streamlit has heard once it does not tell again.
        given = last_message(name)
        if undone(given):
            take()
            st.rerun()
        if st.session_state.pop(_REFRAMED, False):
            st.rerun()
        frame.list_is_elsewhere()
        if frame.current().closed:
            return
        header = {
            **said,
            "session": session.name(),
            "place": session.place(),
            "edits": given["edits"],
            "received": given["number"],
            "shape": shape,
            "rules": ruled,
            "networks": said["networks"] if components.from_files() else {},
            **_address(),
            "history": _history(name, given["has"].get("past", "")),
            "takeAway": taking.offers() if taking else [],
            "frame": frame.header(),
            "framing": frame.FRAMING,
        }
        taken, file = making.answer(taking, asked_for(given)) if taking else (None, b"")
        if taken:
            header["taken"] = taken
        arrays: Mapping[str, Array]
        if given["has"].get("runs") == digest(header["networks"]):
            header["check"], arrays = check(layers(), all_of_them=bool(given["has"].get("all")))
        else:
            header["numbers"], arrays = count()
        mount(key=name, data=pack(without_known(header, given["has"]), arrays, file), on_message_change=take)
        session.announce_ignored()

    return show


def _address() -> dict[str, Any]:
    """Where what is on show is to be had, whether there is anything to undo, and what was wrong with what was done."""
    state, now = session.state(), session.query()
    alone = without_lesson(state.settings)
    query = query_string(state.settings)
    return {
        "query": query,
        "linkable": len(query) <= LINK_LIMIT,
        "short": now if alone == state.settings else address(alone),
        "address": session.address(),
        "undo": bool(state.past),
        "redo": bool(state.future),
        "refusal": " ".join(state.said),
    }


def _history(key: str, held: str) -> dict[str, Any]:
    """What can be undone and redone: of the past, what the browser does not hold.

    Parameters
    ----------
    held : the name of the list that the browser holds; it may have missed any of the last answers
    """
    state, place = session.state(), f"lv_told_{key}"
    lists: dict[str, tuple[str, ...]] = dict(st.session_state.get(place, {}))
    same = [a == b for a, b in zip(lists.get(held, ()), state.past, strict=False)]
    kept = same.index(False) if False in same else len(same)
    name = f"{len(state.past)}-{digest(state.past)}"
    lists.pop(name, None)
    st.session_state[place] = dict([*lists.items(), (name, state.past)][-LISTS:])
    return {"name": name, "kept": kept, "added": list(state.past[kept:]), "future": list(state.future)}


def undone(message: Mapping[str, Any]) -> list[tuple[int, list[Action]]]:
    """What is yet to be done of a component's last message, and of those that Streamlit passed over, by number.

    The page that the reader left for this one may have sent some of them, by the same sender.
    """
    done = session.heard(message["sender"])
    return [(each["number"], each["actions"]) for each in (*message["before"], message) if each["number"] > done]


def asked_for(message: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a message, or one that it overtook, asks to take away, the last such; nothing where none does.

    It may be asked for again, until it is made. An answer that is given twice is the same; the browser takes the first.
    """
    actions = [action for each in (*message["before"], message) for action in each["actions"]]
    found = [what for name, *rest in actions for what in rest[:1] if name == "take"]
    return found[-1] if found and isinstance(found[-1], dict) else {}


def last_message(key: str) -> dict[str, Any]:
    """The last message of the component with this key to this session, or one in which nothing has happened.

    A browser whose session is gone still tells of its last message to that one. Its actions are not for this session,
    which does not know what they were done on, but the browser does hold what it says it has.
    """
    message = NOTHING_YET | components.told(key, "message")
    if not _makes_sense(message):
        return NOTHING_YET
    return message if message["session"] == session.name() else NOTHING_YET | {"has": message["has"]}


def _makes_sense(message: Mapping[str, Any]) -> bool:
    """Whether it has the structure of those that our page sends."""
    parts = [message, *message["before"]] if isinstance(message["before"], list) else []
    return (
        bool(parts)
        and isinstance(message["has"], dict)
        and all(isinstance(each, (str, bool)) for each in message["has"].values())
        and type(message["edits"]) is int
        and all(isinstance(each, dict) for each in parts)
        and all(type(each.get("number")) is int and isinstance(each.get("actions"), list) for each in parts)
        and all(isinstance(action, list) and action for each in parts for action in each["actions"])
    )
