"""What if?: what changes if I hold a gate open, shut it, or change one token?"""

from functools import partial
from typing import Any
from weakref import ref

import streamlit as st

from lstm_viz.sources import Source
from lstm_viz.ui.bridge import session
from lstm_viz.ui.bridge.talk import component
from lstm_viz.ui.doing.reducer import Action
from lstm_viz.ui.doing.state import Rules
from lstm_viz.ui.jobs import Tell, Work
from lstm_viz.ui.pages.what_if.fields import WhatIfFields
from lstm_viz.ui.pages.what_if.message import WhatIfNumbers, WhatIfWords
from lstm_viz.ui.pages.what_if.taken import what_if_taking
from lstm_viz.ui.pages.what_if.tried import tried
from lstm_viz.ui.pages.what_if.unit_ranking import ranked
from lstm_viz.ui.pages.what_if.view import WhatIfView
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.turns import in_turn
from lstm_viz.ui.views.chosen import CLOSED
from lstm_viz.ui.views.view import View
from lstm_viz.ui.widgets.head import head
from lstm_viz.ui.widgets.long_work import long_work

EARLIER = "This is the ranking of an earlier text or of other clamps; the new one is not there yet."
_RANKING = "lv_what_if_ranking"

RULES = Rules(lasting_comparison=True)
_show = component("what_if", words=WhatIfWords, numbers=WhatIfNumbers, rules=RULES)


def show() -> None:
    """The whole page."""
    head(
        "What if?",
        "Hold a gate at a value, or change a token. The network then **runs again with that one thing changed**, and "
        "every later gate reacts: what differs is caused by the change. The run before it stays beside it for "
        "comparison.",
    )
    session.open_on("what_if", WhatIfFields, _best, rules=RULES)
    st.fragment(in_turn(live))()


def _best() -> list[Action]:
    """The experiment that moves the answer most, on a gate where there are gates; nothing where a text is edited."""
    view = View.of(session.settings())
    found = [] if view.settings.before is not None else tried(view, view.reading)
    if not found:
        return []
    best = next((each for each in found if each["line"]), found[0])
    shown = {"shown": best["shown"]} if best["shown"] else {}
    spot = {} if best["step"] is None or best["drop"] is not None else {"step": best["step"]}
    return [["try", best["line"], best["drop"]], ["set", {**shown, **spot}]]


def live() -> None:
    """The editor, the clamps and what they change; for a fragment, so that a key press runs only this."""
    view = View.of(session.settings())
    page, progress = st.container(), st.container()
    ranking = _ranking(view, progress)
    with page:
        here = WhatIfView(view)
        _show(here.words(ranking), here.numbers, here.layers, what_if_taking(view))


def _ranking(view: View, place: Any) -> dict[str, Any] | None:
    """The units by what shutting them does; found beside the page, and kept for this session until there is another."""
    settings = view.settings
    if not settings.ranking or view.trace is None:
        return None
    where = (*view.source.name, view.place.name)
    about = (*where, settings.clamps, settings.ranking, settings.notation, *view.reading.tokens)
    # The work keeps the settings rather than the view, which holds a whole run; and it must not keep an upload.
    work = Work(
        "ranking", about, "Shutting each unit in turn", {"ranking": partial(_ranked, ref(view.source), settings)}
    )
    with place:
        # Typing waits for nothing: the list follows when it is there.
        found = long_work(work, wait=0.0)
    network = list(where)
    if found:
        st.session_state[_RANKING] = {"network": network, "found": found["ranking"]}
        return dict(found["ranking"])
    kept = st.session_state.get(_RANKING)
    return {**kept["found"], "caption": EARLIER} if kept and kept["network"] == network else None


def _ranked(source: "ref[Source]", settings: Settings, tell: Tell) -> dict[str, Any]:
    if (here := source()) is None:
        raise ValueError(CLOSED)
    return ranked(WhatIfView(View(here, settings)), tell)
