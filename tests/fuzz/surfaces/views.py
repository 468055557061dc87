"""Views saved as files: JSON with a query in it, and whatever else ends in .json."""

import json
import random
from typing import Any
from urllib.parse import quote

from lstm_viz.ui.settings.link import FORMAT, from_file, to_file
from lstm_viz.ui.settings.settings import Settings
from tests.fuzz.mutated_bytes import changed_bytes
from tests.fuzz.mutations import damaged_text, damaged_value, strange
from tests.fuzz.surface import Case, Surface

GOOD = (
    Settings(text="a warm and funny film " * 30, step=4, clamps="forget_gate 1 u3 t4-9"),
    Settings(task="adding", text="0.5, 1*, 0.25*", before="0.5, 1*", hide=("menu",), present=True),
    Settings(task="trained", training="task-parity~units-3", checkpoint=12),
)


class Views(Surface):
    """See the module."""

    title = "view files"

    def begin(self) -> None:
        """Those that are good are read without a word."""
        for settings in GOOD:
            assert from_file(to_file(settings)) == (settings, ())

    def case(self, draw: random.Random) -> Case:
        """A good file, damaged as bytes, as text, or in what it says."""
        content = to_file(draw.choice(GOOD))
        match draw.randrange(5):
            case 0:
                return Case("bytes, damaged", changed_bytes(content, draw, [to_file(each) for each in GOOD]))
            case 1:
                return Case("text, damaged", damaged_text(content.decode(), draw).encode(errors="surrogatepass"))
            case 2:
                told = damaged_value(json.loads(content), draw)
                return Case("JSON, damaged", json.dumps(told).encode())
            case 3:
                deep = draw.choice((b"[", b'{"a":')) * draw.choice((100, 10_000, 200_000))
                return Case("deep", draw.choice((deep, b'{"format": ' + deep, content[:-1] + b', "x": ' + deep)))
        value = quote(str(strange(draw))[:200_000].encode(errors="replace"))
        query = f"text={value}&step={value[:50]}&clamps={value[:300]}"
        return Case("strange values", json.dumps({"format": FORMAT, "query": query}).encode())

    def attempt(self, given: Any) -> str:
        """Read it; what was read is written and read again alike."""
        settings, ignored = from_file(given)
        if settings is None:
            return ignored[0]
        again, _ = from_file(to_file(settings))
        if again is None or again.text != settings.text or again.clamps != settings.clamps:
            raise AssertionError("it is not read again as it was")
        return " ".join(ignored)
