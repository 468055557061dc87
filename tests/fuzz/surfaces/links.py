"""Links: whatever stands behind the question mark, and the settings that are read from it."""

import random
from dataclasses import asdict
from typing import Any
from urllib.parse import parse_qs, quote, quote_plus, urlencode

from lstm_viz.ui.bridge.heard import bounded
from lstm_viz.ui.doing.reducer import reduce
from lstm_viz.ui.doing.state import State
from lstm_viz.ui.settings import holds
from lstm_viz.ui.settings.link import PACKED, address, from_query, pack, query_string
from lstm_viz.ui.settings.settings import DEFAULTS, KINDS, nearest_settings
from tests.fuzz.mutations import damaged_text, strange
from tests.fuzz.surface import Case, Surface
from tests.web.texts import nasty_text

GOOD: dict[str, tuple[str, ...]] = {
    "task": ("counting", "adding", "temperature", "python", "parity", "yours", "trained"),
    "cell": ("gru", "rnn", "peepholes", "slstm"),
    "upload": ("0a1b2c3d~model.pt~lstm~0", "x"),
    "training": ("task-parity~units-16", "task-echo~distance-3~rates-10x0.1_20x0.01", "units-900"),
    "watch": ("task-adding~cell-gru", "task-parity"),
    "clamps": ("forget_gate 1 u3.5-8 t4-9~input_gate mean", "cell_state -2 u0"),
    "text": ("a warm and funny film", "0.5, 1*, 0.25*", "aaabbb"),
    "before": ("a dull film",),
    "hide": ("menu.title.legend", "forget_gate"),
    "layer": ("1",),
    "checkpoint": ("120", ""),
    "step": ("4", "999999"),
    "unit": ("17",),
}
"""Values that mean something; of the other settings, their default is one."""


class Links(Surface):
    """See the module."""

    title = "links and settings"

    def begin(self) -> None:
        """Read one of each."""
        for name in KINDS:
            for value in self._values(name):
                self.attempt(urlencode({name: value}))

    def case(self, draw: random.Random) -> Case:
        """A query, or what a file or a browser may say of settings."""
        what = draw.randrange(10)
        if what < 5:
            return Case("a query, damaged", damaged_text(self._query(draw), draw))
        if what < 7:
            return Case("a query with strange values", self._strange_query(draw))
        if what < 8:
            return Case("a packed text, damaged", self._packed(draw))
        if what < 9:
            name = draw.choice((*KINDS, "nothing"))
            return Case("a value of any type", {name: strange(draw), draw.choice((*KINDS,)): strange(draw)})
        return Case("what a browser remembers", {"\0memory": self._memory(draw)})

    def attempt(self, given: Any) -> str:
        """Read it, and write it again: what was written once is read and written alike for ever."""
        if isinstance(given, dict) and "\0memory" in given:
            state = reduce(State(), [["restore", given["\0memory"]], ["undo"], ["redo"]])
            return " ".join(state.said)
        if isinstance(given, dict):
            settings, ignored = nearest_settings(given)
        else:
            if given and not bounded(given):
                return "It is longer than any address."
            settings, ignored = from_query(parse_qs(given, keep_blank_values=True))
        again, _ = from_query(parse_qs(query_string(settings), keep_blank_values=True))
        shown = {name: value for name, value in asdict(settings).items() if name not in ("upload", "training")}
        for name, value in shown.items():
            if getattr(again, name) != value:
                raise AssertionError(f"{name} was {value!r:.60} and came back as {getattr(again, name)!r:.60}")
        address(settings)
        holds.parse(settings.clamps)
        if any("\n" in each for each in ignored):
            raise AssertionError(f"no sentence: {ignored!r}")
        return " ".join(ignored)

    def _values(self, name: str) -> tuple[str, ...]:
        return (*GOOD.get(name, ()), KINDS[name].write(DEFAULTS[name]) if DEFAULTS[name] is not None else "")

    def _query(self, draw: random.Random) -> str:
        names = draw.sample(sorted(KINDS), draw.randint(1, 8))
        pairs = [(name, draw.choice(self._values(name))) for name in names]
        return "&".join(f"{name}={draw.choice((quote, quote_plus))(value)}" for name, value in pairs)

    def _strange_query(self, draw: random.Random) -> str:
        name = draw.choice((*KINDS, "x", *(f"{each}{PACKED}" for each in ("text", "before", "clamps", "step"))))
        value = str(strange(draw))[:300_000] if draw.random() < 0.7 else nasty_text(draw)
        written = quote(value.encode(errors="replace"))
        return f"{self._query(draw)}&{name}={written}" + f"&{name}={written[:50]}" * draw.choice((0, 0, 1, 300))

    def _packed(self, draw: random.Random) -> str:
        text = draw.choice(
            (nasty_text(draw), "a" * draw.choice((10, 10**6, 5 * 10**7)) if draw.random() < 0.1 else "ab")
        )
        packed = pack(text.encode(errors="replace").decode())
        return f"text{PACKED}={damaged_text(packed, draw) if draw.random() < 0.7 else packed}"

    def _memory(self, draw: random.Random) -> Any:
        good: dict[str, Any] = {
            "query": self._query(draw),
            "text": nasty_text(draw),
            "past": [self._query(draw) for _ in range(3)],
            "future": [],
        }
        for _ in range(draw.randint(0, 3)):
            good[draw.choice((*good, "x"))] = strange(draw)
        return good
