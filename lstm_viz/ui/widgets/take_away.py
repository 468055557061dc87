"""The menu of what can be taken away, at the head of a page that is made of several components."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from lstm_viz.live_page.colours import named_colours
from lstm_viz.ui.bridge import components, frame, making, session
from lstm_viz.ui.bridge.payload import pack
from lstm_viz.ui.taking.taking import Taking

_component = components.component("take_away")


def take_away(page: str, make: Callable[[Mapping[str, Any]], Taking], lines: Sequence[str] = ()) -> None:
    """Show the menu, and answer what is asked of it; a fragment, so that a question runs only this.

    Parameters
    ----------
    page : its code name
    make : what the page gives, given what was asked
    lines : what stands above a picture of the page, beside its title
    """

    @st.fragment
    def menu() -> None:
        key, told = f"lv_take_{page}", f"lv_taken_{page}"
        asked: Mapping[str, Any] = components.told(key, "asked")
        taking = make(asked)
        header: dict[str, Any] = {
            "offers": taking.offers(),
            "lines": list(lines),
            "name": taking.name,
            "themes": named_colours(set()),
            "linkable": True,
            "settings": {"hide": list(session.settings().hide), "theme": session.settings().theme},
            "frame": frame.header(),
            "framing": frame.FRAMING,
        }
        file = b""
        # Asked until it is made, a question is then answered once, however often the page runs anew after it.
        if asked.get("leave"):
            making.leave(asked)
        elif asked and st.session_state.get(told) != asked.get("id"):
            taken, file = making.answer(taking, asked)
            if taken:
                header["taken"] = taken
            if not taken or (taken["made"] and not taken["address"]):
                st.session_state[told] = asked.get("id")
                making.leave(asked)
        _component(key=key, data=pack(header, {}, file), on_asked_change=lambda: None)

    menu()
