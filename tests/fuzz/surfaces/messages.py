"""What components say, on every page, as a hostile client would send it: of any type, any size, in any order."""

import random
import sys
from dataclasses import asdict
from typing import Any

from lstm_viz.ui.doing.reducer import ACTIONS, reduce
from lstm_viz.ui.doing.state import State
from lstm_viz.ui.settings.settings import DEFAULTS, KINDS
from tests.fuzz import app_pages
from tests.fuzz.app_pages import Opened, written
from tests.fuzz.mutations import SCRAPS, damaged_text, damaged_value, strange
from tests.fuzz.surface import Case, Surface

DONE: list[list[Any]] = [
    ["undo"],
    ["redo"],
    ["type", "a dull but warm film"],
    ["open", '{"format": "lstm_viz view 1", "query": "task=counting&text=aabb"}'],
    ["restore", {"query": "task=adding&step=3", "text": "0.5, 1*", "past": ["task=counting"], "future": []}],
    ["task", "counting"],
    ["task", "yours"],
    ["cell", "gru"],
    ["own", "yours", "0a1b2c~model.pt", None],
    ["own", "trained", "task-parity", "0110"],
    ["set", {"step": 2, "unit": 3, "notation": "udacity", "layer": 1}],
    ["set", {"hide": ["menu"], "present": True, "checkpoint": 10, "ranking": "forget_gate"}],
    ["example", "a warm film"],
    ["degrees", "F"],
    ["compare from here"],
    ["put back"],
    ["hold", "forget_gate", "1", "3, 5-8", "all"],
    ["hold", "cell_state", "mean", "", "2"],
    ["release", 0],
    ["release all"],
    ["try", "forget_gate 0 t2", None],
    ["try", "", 1],
    ["preset", 2],
    ["drop", 1],
    ["replace", 1, "not"],
    ["move", 1, -1],
    ["take", {"id": "a", "kind": "csv", "theme": "dark"}],
    ["take", {"id": "b", "kind": "html", "theme": "light"}],
]
"""One of each action that pages send."""
MESSAGE: dict[str, Any] = {
    "sender": 0.25,
    "number": 2,
    "edits": 1,
    "has": {"runs": "0a1b2c3d", "all": True, "past": "3-0a1b2c3d", "menu": "0a1b2c3d"},
    "before": [{"number": 1, "actions": [["type", "a warm"]]}],
    "actions": [["set", {"step": 1}]],
}
TAKE: list[Any] = [
    {"asked": {"id": "a", "kind": kind, "theme": "dark", "claim": "gates"}} for kind in ("csv", "npz", "py")
]
STEER = [
    {"id": 1, "what": "begin"},
    {"id": 2, "what": "steer", "do": "pause"},
    {"id": 2, "what": "steer", "do": "rate", "rate": 0.1},
    {"id": 2, "what": "steer", "do": "rewind", "update": 3},
    {"id": 3, "what": "open", "lane": 0, "page": "what_if"},
]
ACTS: list[Any] = [["go", 2], ["go", 99], ["reset"], ["close"], ["forget"]]
KEPT = {"1": {"done": True}, "2": {"predicted": 1, "asked": "0a1b2c3d"}, "3": {"skipped": True}}
BUILT = {"weights": "1_2", "step": 2, "shut": "", "sequence": "0_1", "challenge": "count", "trial": "ab"}
LESSON: dict[str, list[Any]] = {
    "lv_lesson_way": [{"told": {"sender": 0.5, "number": 1, "act": act, "kept": KEPT}} for act in ACTS],
    "lv_lesson_prediction": [{"submitted": {"question": "", "prediction": value}} for value in (0, 0.5, [0.5, None])],
    "lv_room": [
        {"message": {"id": "a", "act": act, "question": "", "code": "KTRM", "secret": "x"}}
        for act in ("ask", "asking", "revealed", "")
    ],
}
PRESENT: dict[str, list[Any]] = {"lv_present": [{"asked": {"present": True, "number": 1}}, {"no_files": True}]}
LIVE = [{"message": {**MESSAGE, "actions": [act]}} for act in DONE]
PAGES: list[tuple[str, str, dict[str, list[Any]]]] = [
    ("gates_over_time", "text=a+warm+and+funny+film", {"gates": LIVE}),
    ("gates_over_time", "task=temperature", {"gates": LIVE}),
    ("inside_the_cell", "task=counting&cell=gru", {"inside": LIVE}),
    ("inside_the_cell", "", {"inside": LIVE}),
    ("memory_ledger", "task=adding", {"ledger": LIVE}),
    ("what_if", "", {"what_if": LIVE}),
    ("what_if", "task=parity&clamps=forget_gate 0 t2", {"what_if": LIVE}),
    ("rnn_lstm_gru", "", {"cells_compared": LIVE}),
    ("lessons", "", {"lv_lesson_list": [{"open": {"name": "2-why-rnns-forget", "at": 2, "number": 1}}]}),
    ("lessons", "lesson=4-reading-a-trained-network&at=2", LESSON),
    ("start_here", "", LESSON),
    ("start_here", "at=3", {**LESSON, "gates": LIVE}),
    ("notes_checked", "", {"lv_take_notes_checked": TAKE, "claims": [{"message": MESSAGE}]}),
    ("vanishing_gradient", "", {"lv_take_vanishing_gradient": TAKE}),
    ("variant_lab", "", {"lv_take_variant_lab": TAKE}),
    ("build_by_hand", "", {
        "by_hand": [{"message": {"number": 1, "settings": BUILT, "has": "", "search": False}}],
        "lv_take_build_by_hand": TAKE,
    }),
    ("watch_it_learn", "watch=task-parity~units-1~length-4~updates-3", {
        "watch": [{"message": {"number": 1, "settings": {"probe": "01", "step": 1}, "act": act}} for act in STEER],
        "lv_take_watch_it_learn": TAKE,
    }),
    ("your_model", "", {}),
]  # fmt: skip
"""Page, what it is opened with, and what its components say on their own: key → good states."""
KEPT_OPEN = 6
"""How many pages are kept open at a time."""


class Messages(Surface):
    """See the module."""

    title = "components’ messages"

    def __init__(self, pages: list[tuple[str, str, dict[str, list[Any]]]] = PAGES) -> None:
        self._pages = pages
        self._open: dict[tuple[str, str], Opened] = {}

    def begin(self) -> None:
        """Open every page."""
        app_pages.begin()
        for page, query, told in self._pages:
            opened = self._opened(page, query)
            if told and not told.keys() & opened.components().keys():
                raise AssertionError(f"{page} has none of {', '.join(told)}, but {', '.join(opened.components())}")

    def end(self) -> None:
        """Close them."""
        self._open.clear()
        app_pages.end()

    def clock(self) -> float:
        """Of the scripts alone."""
        return app_pages.CLOCK

    def case(self, draw: random.Random) -> Case:
        """A page, and one to three things that are said there."""
        page, query, told = draw.choice(self._pages)
        said = [self._said(told | PRESENT, draw) for _ in range(draw.choice((1, 1, 1, 2, 3)))]
        return Case(page, {"page": page, "query": query, "said": said})

    def attempt(self, given: Any) -> str:
        """Say it to the page as it was opened."""
        opened = self._opened(given["page"], given["query"])
        opened.again()
        for key, state in given["said"]:
            try:
                told = state if isinstance(state, str) else written(state)
            except RecursionError:  # no client can write it either
                continue
            opened.hear(key, told)
        return opened.said

    def _opened(self, page: str, query: str) -> Opened:
        if (page, query) not in self._open:
            if len(self._open) >= max(KEPT_OPEN, len(self._pages)):
                self._open.pop(next(iter(self._open)))
            self._open[page, query] = Opened(page, query)
        return self._open[page, query]

    def _said(self, told: dict[str, list[Any]], draw: random.Random) -> list[Any]:
        key = draw.choice([*told, *[each for each in told if not each.startswith("lv_")] * 3])
        good = draw.choice(told[key])
        match draw.randrange(16):
            case 0:
                return [key, strange(draw)]
            case 1:
                return [key, damaged_text(written(good), draw)]
            case 2:
                name = next(iter(good))
                return [key, {name: strange(draw)}]
        others = [each for states in told.values() for each in states]
        return [key, damaged_value(good, draw, others) if draw.random() < 0.9 else good]


class Actions(Surface):
    """What the reducer makes of any list of actions, without a page."""

    title = "actions"

    def begin(self) -> None:
        """Do one of each."""
        for action in DONE:
            reduce(State(), [action])

    def case(self, draw: random.Random) -> Case:
        """Up to five actions, most of them damaged."""
        done = [self._action(draw) for _ in range(draw.randint(1, 5))]
        first = done[0][0] if isinstance(done[0], list) and done[0] and isinstance(done[0][0], str) else "no action"
        return Case(first if first in ACTIONS or [first] in DONE else "an action", done)

    def attempt(self, given: Any) -> str:
        """Do them, and what every page does with the state after it."""
        state = reduce(State(), given)
        if asdict(state.settings).keys() != DEFAULTS.keys() or len(state.past) > sys.maxsize:
            raise AssertionError("settings are lacking")
        for name, value in asdict(state.settings).items():
            if KINDS[name].nearest(value, DEFAULTS[name]) != (value, ""):
                raise AssertionError(f"{name} became {value!r:.80}")
        return " ".join(state.said)

    def _action(self, draw: random.Random) -> Any:
        if draw.random() < 0.05:
            return strange(draw)
        action: list[Any] = draw.choice(DONE)
        if draw.random() < 0.2:
            return action
        if draw.random() < 0.2 and action[0] in ("type", "example"):
            return [action[0], draw.choice(SCRAPS)]
        if draw.random() < 0.3:
            return ["set", {draw.choice(list(KINDS)): strange(draw)}]
        return damaged_value(action, draw, DONE)
