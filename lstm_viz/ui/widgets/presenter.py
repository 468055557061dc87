"""Presenter mode, on every page: the keys that turn it on and off, and the setting that they change."""

from collections.abc import Mapping
from typing import Any

from lstm_viz.ui.bridge import session
from lstm_viz.ui.bridge.components import component, told
from lstm_viz.ui.bridge.payload import pack

KEY = "lv_present"
NOTHING_YET: Mapping[str, Any] = {"present": False, "number": 0}
"""What a browser asks in which no key was pressed."""
_component = component("present")


def presenter() -> None:
    """Listen to the keys; what is seen of it is in `web/present`."""
    header = {"present": session.settings().present, "number": _asked()["number"]}
    _component(key=KEY, data=pack(header, {}), on_asked_change=_turn)


def _asked() -> Mapping[str, Any]:
    return told(KEY, "asked", NOTHING_YET)


def _turn() -> None:
    session.do(["set", {"present": _asked()["present"]}])
