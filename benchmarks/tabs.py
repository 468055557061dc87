"""Tabs that say something: of a bare echo, and of a live page of the app, as `web/live/mount.js` says it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from streamlit.proto.BidiComponent_pb2 import BidiComponent

from benchmarks.front_end import Said, Tab
from benchmarks.lines import Air
from lstm_viz.ui.bridge.payload import unpack

__all__ = ["AppTab", "EchoTab", "Tab", "actions"]

Action = Sequence[Any]


class EchoTab(Tab):
    """A tab of `echo_app.py`; what is said is a text."""

    def state(self, unanswered: list[Said]) -> dict[str, Any]:
        """The text and its number."""
        return {"typed": {"edit": unanswered[-1].number, "text": unanswered[-1].what}}

    def answered(self, component: BidiComponent) -> int:
        """The number that came back with the text."""
        return int(json.loads(component.mixed.json or component.json)["edit"])


class AppTab(Tab):
    """A tab of a live page of the app; what is said is the text as it stands, or a list of actions.

    Parameters
    ----------
    url, air : as for `Tab`
    runs : whether the page runs the network itself, so that the server need send words only
    """

    def __init__(self, url: str, air: Air | None = None, *, runs: bool):
        super().__init__(url, air)
        self.runs = runs
        self.told: dict[str, Any] = {}
        """The last header, with all its parts."""
        self.past: list[str] = []
        self.future: list[str] = []
        """What can be undone and redone."""
        self._parts: dict[str, Any] = {}
        self._sender = 0

    def together(self, before: Any, said: Any) -> list[Action]:
        """Texts one after the other become the last one, and settings are changed together."""
        *rest, last = actions(before) or [[]]
        first, *more = actions(said)
        if last and first[0] == last[0] == "type":
            return [*rest, first, *more]
        if last and first[0] == last[0] == "set":
            return [*rest, ["set", {**last[1], **first[1]}], *more]
        return [*actions(before), first, *more]

    def state(self, unanswered: list[Said]) -> dict[str, Any]:
        """A message as `web/live/outbox.js` makes it."""
        *before, last = [{"number": each.number, "actions": actions(each.what)} for each in unanswered]
        has = {**{name: digest for name, (digest, _) in self._parts.items()}, "past": self.told["history"]["name"]}
        if self.runs:
            has["runs"] = has["networks"]
        about = {"session": self.told["session"], "sender": f"{id(self)}-{self._sender}", "edits": last["number"]}
        return {"message": {**about, **last, "before": before, "has": has}}

    def is_page(self, component: BidiComponent) -> bool:
        """Whether it answers messages."""
        return bool(component.bytes) and "received" in unpack(component.bytes)[0]

    def answered(self, component: BidiComponent) -> int:
        """Keep what the page would keep, and tell which message was answered."""
        header, _ = unpack(component.bytes)
        for name, digest in header["parts"].items():
            if name in header:
                self._parts[name] = digest, header[name]
            elif self._parts.get(name, ("",))[0] != digest:
                self.errors.append(f"the server counts on {name}, which the page does not hold")
        if self.told and header["session"] != self.told["session"]:
            return self._restart(header)
        self._keep(header)
        return int(header["received"])

    def _keep(self, header: Mapping[str, Any]) -> None:
        history = header["history"]
        self.past = [*self.past[: history["kept"]], *history["added"]]
        self.future = history["future"]
        self.told = {**{name: body for name, (_, body) in self._parts.items()}, **header}
        self.query = header["address"]

    def _restart(self, header: Mapping[str, Any]) -> int:
        """Tell a server that has forgotten this tab all there is; nothing of the header is an answer."""
        memory = {"query": self.told["query"], "text": self.told["text"], "past": self.past, "future": self.future}
        pending = [action for each in self._unanswered for action in actions(each.what)]
        waiting, due = self._waiting or ([], None)
        dues = [each.due for each in self._unanswered if each.due is not None]
        self.told["session"] = header["session"]
        self._sender += 1
        self.number, self._unanswered, self._tries, self._held = int(header["received"]), [], 0, False
        due = min([*dues, *([due] if due else [])], default=None)
        self._waiting = [["restore", memory], *pending, *actions(waiting)], due
        return -1


def actions(said: Any) -> list[Action]:
    """What was said, as a list of actions."""
    if said is None:
        return []
    return [["type", said]] if isinstance(said, str) else list(said)
