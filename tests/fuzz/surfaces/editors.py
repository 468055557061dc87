"""What people type: every reader of every task, with characters of all kinds; Python's tokens are the browser's too."""

import json
import random
import subprocess
from pathlib import Path
from typing import Any

from lstm_viz.sources import shipped, shown_tasks
from lstm_viz.tasks import Model
from lstm_viz.tasks.readers import Numbers
from tests.fuzz.mutations import SCRAPS, damaged_text
from tests.fuzz.surface import Case, Surface
from tests.web.texts import nasty_numbers, nasty_text

HERE = Path(__file__).parent
LONG = ("a", "1, ", "ab ", "🙂", "(", "\n", "é ", "aabb", "0.5*, ", "def f(x):\n    ", "٣ ", "\u200b", "isn't")
"""What long texts repeat."""


class InNode:
    """The browser's readers, in Node: a line of JSON in, a line out. None where there is no Node."""

    def __init__(self, node: str) -> None:
        script = HERE / "readers.mjs"
        pipe = subprocess.PIPE
        self._process = subprocess.Popen([node, str(script)], stdin=pipe, stdout=pipe, text=True, encoding="utf-8")

    def ask(self, told: Any) -> Any:
        """What it makes of it."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(10)


def find_node() -> str | None:
    """Node, on the path or as Playwright brings it along."""
    from playwright._impl._driver import compute_driver_executable

    found = compute_driver_executable()[0]
    return str(found) if Path(found).exists() else None


class Editors(Surface):
    """See the module."""

    title = "editors"

    def __init__(self) -> None:
        self._models: dict[str, Model] = {task: shipped(task).model for task in shown_tasks()}
        self._models["in °F"] = shipped("temperature", degrees="F").model
        self._node: InNode | None = None

    def begin(self) -> None:
        """Load every network, and its reader in Node."""
        if node := find_node():
            self._node = InNode(node)
        for name, model in self._models.items():
            if self._node:
                asked = {"data": model.task.reader.data(), "vocabulary": model.vocabulary or None}
                self._node.ask({"name": name, **asked, "known": model.training_range, "limit": model.task.limit})
            self.attempt([name, "a warm film"])

    def end(self) -> None:
        """End Node."""
        if self._node:
            self._node.close()

    def case(self, draw: random.Random) -> Case:
        """A text for one of them."""
        name = draw.choice(list(self._models))
        model = self._models[name]
        reader, examples = model.task.reader, [each.text for each in model.task.examples]
        match draw.randrange(6):
            case 0:
                text = damaged_text(draw.choice(examples), draw)
            case 1 if isinstance(reader, Numbers):
                ends = ["", "*" if reader.marks else "", *reader.units, *(f" °{unit}" for unit in reader.units)]
                text = nasty_numbers(draw, ends)
            case 2:
                text = draw.choice(SCRAPS) + draw.choice(SCRAPS)
            case 3:
                size = draw.choices((2000, 20_000, 200_000), (90, 8, 2))[0]
                piece = draw.choice(LONG)
                text = piece * (size // len(piece))
            case _:
                text = nasty_text(draw)
        # JSON, as a link does, makes one character of two halves that meet.
        return Case(name, [name, json.loads(json.dumps(text))])

    def attempt(self, given: Any) -> str:
        """Read it here and there."""
        name, text = given
        model = self._models[name]
        reading, reader = model.task.read(text), model.task.reader
        if len(reading.tokens) != len(reading.spans):
            raise AssertionError("not every token has a place")
        if any(not 0 <= start <= stop <= len(text) for start, stop in reading.spans):
            raise AssertionError("a token is outside of the text")
        numbers = reader.encode(reading.tokens, model.vocabulary)
        if len(numbers) != len(reading.tokens):
            raise AssertionError("not every token is read")
        if self._node:
            there = self._node.ask({"name": name, "text": text})
            if there["tokens"] != list(reading.tokens):
                raise AssertionError(f"read in the browser as {there['tokens']!r:.200}")
        return reading.problem or ""
