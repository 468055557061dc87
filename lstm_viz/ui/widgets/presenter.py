"""Presenter mode, on every page: the keys that turn it on and off, and the setting that they change."""

from collections.abc import Mapping
from typing import Any

from lstm_viz.ui.bridge import session
from lstm_viz.ui.bridge.components import component, told
from lstm_viz.ui.bridge.payload import pack

KEY = "lv_present"
_component = component("present")


def presenter() -> None:
    """Listen to the keys; what is seen of it is in `web/present`."""
    header = {"present": session.settings().present, "number": _asked().get("number", 0)}
    _component(key=KEY, data=pack(header, {}), on_asked_change=_turn)


def _asked() -> Mapping[str, Any]:
    return told(KEY, "asked")


def _turn() -> None:
    session.do(["set", {"present": bool(_asked().get("present"))}])
