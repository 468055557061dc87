"""What a view shows, as the snippets of several pages tell it, and the lines that most of them begin with."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LINE = 110
"""Characters of a line of code, at most, where it can be broken."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a view shows.

    Attributes
    ----------
    title : of the page
    model : the call that makes the network; see `loaded` and `uploaded`
    text, before : what it reads, or what in Python gives it, and read before the last edit, None for no edit
    whole : whether it reads all of the text
    layer, direction, step, unit : the place on show
    order, rows : by what the units are ordered; where that is worked out elsewhere, the order itself
    notation, theme : of the figures
    """

    title: str
    model: str
    text: "str | Code"
    before: str | None = None
    whole: bool = True
    layer: int = 0
    direction: str = "forward"
    step: int = 0
    unit: int = 0
    order: str = "similarity"
    rows: Sequence[int] = ()
    notation: str = "pytorch"
    theme: str = "light"

    @property
    def place(self) -> dict[str, Any]:
        """The layer on show, as options of a call."""
        return {"layer": self.layer, "direction": self.direction}

    @property
    def looks(self) -> dict[str, Any]:
        """How figures look, as options of a call."""
        return {"notation": self.notation, "theme": self.theme}

    def opening(self) -> list[str]:
        """Network, run and the place on show: ``model``, ``text``, ``trace``, ``layer``, ``step``, ``unit``."""
        imports = ["import numpy as np", ""] if isinstance(self.text, Code) else []
        return [
            *head(self.title, *imports),
            f"model = {self.model}",
            f"text = {literal(self.text)}",
            f"trace = {self.run('text')}",
            f"layer = trace.layer({self.layer}, {literal(self.direction)})",
            f"step, unit = {self.step}, {self.unit}",
        ]

    def run(self, text: str, clamp: str = "") -> str:
        """The run on a text, of which as much is read as the page reads."""
        clamped = f", clamp={clamp}" if clamp else ""
        return (
            f"model.trace({text}{clamped})"
            if self.whole
            else f"model.trace_tokens(model.task.read({text}).tokens{clamped})"
        )

    def ordered(self) -> list[str]:
        """``rows``, the order in which the page draws the units."""
        if self.rows:
            return ["", "# The order in which the page draws the units.", f"rows = {list(self.rows)}"]
        if self.order == "index":
            return ["", "rows = list(range(layer.units))"]
        return [
            "",
            "# The order in which the page draws the units: found on examples, so that rows keep their places.",
            "examples = [model.trace(example.text) for example in model.task.examples]",
            f"same_layer = [each.layer({self.layer}, {literal(self.direction)}) for each in examples]",
            f"rows = lv.unit_order(same_layer, {literal(self.order)}).tolist()",
        ]


def head(title: str, *further: str) -> list[str]:
    """What a snippet begins with; further: imports."""
    return [f"# LSTM Viz: {title}", *further, "import lstm_viz as lv", ""]


def loaded(name: str, cell: str, degrees: str = "C", checkpoint: int | None = None) -> str:
    """The call that makes a shipped network.

    Examples
    --------
    >>> loaded("temperature", "gru", "F")
    'lv.load_model("temperature", cell="gru", degrees="F")'
    """
    options: dict[str, Any] = {"cell": cell}
    if degrees != "C":
        options["degrees"] = degrees
    if checkpoint is not None:
        options["checkpoint"] = checkpoint
    return call("lv.load_model", literal(name), **options)


def uploaded(file: str, choices: Mapping[str, Any]) -> str:
    """The call that reads a file of one's own."""
    return call("lv.read_model", literal(file), **choices)


def call(function: str, *given: str, **options: Any) -> str:
    """A call on one line, or with an argument a line where one would be too long; given: as code."""
    arguments = [*given, *(f"{name}={literal(value)}" for name, value in options.items())]
    one = f"{function}({', '.join(arguments)})"
    if len(one) <= LINE or len(arguments) == 1:
        return one
    return "\n".join([f"{function}(", *(f"    {each}," for each in arguments), ")"])


def literal(value: Any) -> str:
    """A plain value as Python code, texts in double quotes.

    Examples
    --------
    >>> literal("yes"), literal((3, 5)), literal(None), literal({"a": [0.5]})
    ('"yes"', '(3, 5)', 'None', '{"a": [0.5]}')
    """
    if isinstance(value, Code):
        return value.text
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{literal(key)}: {literal(each)}" for key, each in value.items()) + "}"
    if isinstance(value, tuple):
        return "(" + ", ".join(map(literal, value)) + ("," if len(value) == 1 else "") + ")"
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    return repr(value)


@dataclass(frozen=True)
class Code:
    """A name or an expression among plain values."""

    text: str


def together(*lines: str) -> str:
    """Lines as a text that ends in a line break."""
    return "\n".join(lines).rstrip("\n") + "\n"
