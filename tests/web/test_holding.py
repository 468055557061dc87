"""Clamps in the browser are those of the server: the line, what a form asks for, and what they hold in a run."""

import random
from typing import Any

import numpy as np

from lstm_viz.cells import CELLS
from lstm_viz.trace import LayerTrace
from lstm_viz.ui.doing.reducer import reduce
from lstm_viz.ui.doing.state import State
from lstm_viz.ui.settings import holds
from lstm_viz.ui.settings.settings import Settings
from tests.analysis.examples import random_trace
from tests.web.in_page import InPage

HELD = sorted({q.name for cell in CELLS.values() for q in cell.recorded})
CALL = """async (cases) => {
  const holding = await import("/lstm_viz/web/doing/holding.js");
  const rewritten = (line) => holding.write(holding.parse(line));
  const resolved = (line, layer) => holding.parse(line).map((hold) => holding.resolve(hold, layer));
  const masked = (line, layer) => layer.quantities.map((name) => {
    const mask = holding.heldMask(resolved(line, layer).flat(), name, layer);
    return [name, mask.shape, [...mask.values].flatMap((held, place) => (held ? [place] : []))];
  });
  return cases.map(([name, ...given]) => ({ ...holding, rewritten, resolved, masked })[name](...given));
}"""
# Python reads a number with these, and takes them for blanks; the browser leaves what it cannot read to the server.
LEFT_TO_PYTHON = "_\x1c\x85"


def same(in_page: InPage, cases: list[tuple[list[Any], Any]]) -> None:
    found = in_page.evaluate(CALL, [given for given, _ in cases])
    wrong = [
        (given, expected, seen)
        for (given, expected), seen in zip(cases, found, strict=True)
        if seen != expected and not (seen is None and set(LEFT_TO_PYTHON) & set("".join(map(str, given))))
    ]
    assert wrong == []


class Typed:
    """What somebody may type, at random."""

    def __init__(self, seed: int) -> None:
        self.of = random.Random(seed)

    def junk(self) -> str:
        letters = "01-9,.eE+− –\x1c\x85\u3000\ufeff٣۴𝟚①all_\n"
        return "".join(self.of.choice(letters) for _ in range(self.of.randrange(8)))

    def value(self) -> str:
        near_half = self.of.randrange(10**6, 4 * 10**6) / 2 ** self.of.randrange(30)
        numbers = [self.of.uniform(-2, 2), self.of.uniform(-1e6, 1e6), near_half, 10 ** self.of.uniform(-12, 0)]
        return self.of.choice(
            [*map(repr, numbers), f"{near_half:.20g}", "mean", "0.5", "-0", "1e400", "nan", self.junk()]
        )

    def ranges(self) -> str:
        pairs = [(self.of.randrange(14), self.of.randrange(14)) for _ in range(self.of.randrange(5))]
        many = self.of.choice([", ", ",", " "]).join(self.of.choice(["{}", "{}-{}", "{}–{}"]).format(*p) for p in pairs)
        return self.of.choice([many, many, "all", " ALL ", "٣-٥", "1234567890", self.junk()])

    def line(self, most: int = 5) -> str:
        parts = []
        for _ in range(self.of.randrange(most)):
            held = [self.of.choice(HELD), self.of.choice(["0", "1", "0.25", "mean", "-0.3", "1e-5", "7"])]
            held += [letter + self.ranges().replace(" ", ".") for letter in "ut" if self.of.random() < 0.6]
            parts.append(" ".join(held))
        return holds.write(holds.parse("~".join(parts))[0])


def test_a_line_is_read_and_written_alike(in_page: InPage) -> None:
    typed = Typed(0)
    lines = [typed.line() for _ in range(500)]
    same(in_page, [(["rewritten", line], line) for line in lines])


def test_what_a_form_says_is_read_alike(in_page: InPage) -> None:
    typed = Typed(1)
    values, ranges = [typed.value() for _ in range(3000)], [typed.ranges() for _ in range(3000)]
    assert len({holds.read_value(each) for each in values}) > 1000
    same(in_page, [(["readValue", each], holds.read_value(each)) for each in values])
    read = [holds.read_ranges(each) for each in ranges]
    assert None in read
    assert () in read
    same(in_page, [
        (["readRanges", given], found if found is None else [list(pair) for pair in found])
        for given, found in zip(ranges, read, strict=True)
    ])  # fmt: skip


def test_holding_and_letting_go_leave_the_same_clamps(in_page: InPage) -> None:
    typed = Typed(2)
    cases: list[tuple[list[Any], Any]] = [(["releaseAll"], "")]
    for k in range(1500):
        line = typed.line(30 if k % 10 == 0 else 5)
        there = holds.parse(line)[0]
        form = [typed.of.choice(HELD), typed.value(), typed.ranges(), typed.ranges()]
        if there and typed.of.random() < 0.3:
            form = as_typed(typed.of.choice(there))
        after = done(line, ["hold", *form])
        cases.append((["hold", line, *form], None if after.said else after.settings.clamps))
        index = typed.of.randrange(6)
        after = done(line, ["release", index])
        cases.append((["release", line, index], after.settings.clamps if index < len(there) else None))
    same(in_page, cases)


def as_typed(hold: holds.Hold) -> list[str]:
    value = "mean" if hold.value is None else repr(hold.value)
    return [hold.quantity, value, holds.write_ranges(hold.units), holds.write_ranges(hold.steps)]


def done(line: str, action: list[Any]) -> State:
    return reduce(State(Settings(clamps=line)), [action])


def test_a_line_too_long_is_left_to_the_server(in_page: InPage) -> None:
    long = "~".join(f"input_gate 0.{k:02} u" + ".".join(str(1000 * k + 7 * j) for j in range(100)) for k in range(18))
    line = holds.write(holds.parse(long)[0])
    assert 9_000 < len(line) < 10_000
    form = ["forget_gate", "0", ", ".join(str(7 * j) for j in range(400)), "all"]
    short = ["forget_gate", "0", "3", "4"]
    same(in_page, [(["hold", line, *form], None), (["hold", line, *short], f"{line}~forget_gate 0 u3 t4")])


def test_what_is_held_in_a_run_is_the_same(in_page: InPage) -> None:
    typed = Typed(3)
    cases: list[tuple[list[Any], Any]] = []
    runs = [random_trace(cell, steps=typed.of.randrange(1, 11), units=typed.of.randrange(2, 8)) for cell in CELLS]
    runs.append(random_trace("gru", num_layers=2, bidirectional=True))
    runs.append(random_trace("lstm", proj_size=1))
    for layer in (layer for run in runs for layer in run.layers):
        for _ in range(8):
            line = typed.line()
            found = [holds.resolve(hold, layer) for hold in holds.parse(line)[0]]
            cases.append((["resolved", line, as_run(layer)], [[as_clamp(c) for c in each.clamps] for each in found]))
            masks = [[name, *places(holds.held_mask(found, name, layer))] for name in layer.quantities]
            cases.append((["masked", line, as_run(layer)], masks))
    seen = in_page.evaluate(CALL, [given for given, _ in cases])
    assert sum(len(each) for _, expected in cases for each in expected) > 200
    for (given, expected), found in zip(cases, seen, strict=True):
        assert rounded(found) == rounded(expected), given[1]


def as_run(layer: LayerTrace) -> dict[str, Any]:
    """A layer as the engine has it."""
    return {
        "cell": {"quantities": [
            {"name": q.name, "role": q.role.value, "low": bound(q.range.low), "high": bound(q.range.high)}
            for q in layer.definition.recorded
        ]},
        "index": layer.index, "direction": layer.direction, "steps": len(layer), "units": layer.units,
        "quantities": list(layer.quantities),
        "values": {name: {"values": layer[name].ravel().tolist()} for name in layer.quantities},
    }  # fmt: skip


def bound(value: float) -> float | None:
    return value if np.isfinite(value) else None


def as_clamp(clamp: Any) -> dict[str, Any]:
    """A clamp of Python's as the engine takes it."""
    steps = [list(pair) for pair in holds.read_ranges(",".join(map(str, clamp.steps))) or ()]
    where = {"units": list(clamp.units), "steps": steps, "layer": clamp.layer, "direction": clamp.direction}
    return {"quantity": clamp.quantity, "value": clamp.value, **where}


def places(mask: np.ndarray) -> list[list[int]]:
    return [list(mask.shape), np.flatnonzero(mask).tolist()]


def rounded(found: Any) -> Any:
    if isinstance(found, dict):
        return {name: rounded(each) for name, each in found.items()}
    if isinstance(found, list):
        return [rounded(each) for each in found]
    return round(found, 6) if isinstance(found, float) else found
