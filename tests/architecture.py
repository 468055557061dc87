"""Draws the picture of the house, docs/architecture.svg, from the code: ``python -m tests.architecture``.

A box is a part of the project, an arrow an import. Where one part leads to another by way of a third, the direct arrow
is left out: a part may import all that its arrows lead to. What the picture was made of stands in it, as JSON.
"""

import ast
import json
import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path

from tests.test_project import MAY_IMPORT, PYTHON, ROOT, TEXTS, imported_modules, part_of

PICTURE = ROOT / "docs" / "architecture.svg"
LEFT_OUT = {"tests", "benchmarks", "docs", "deploy"}
"""Parts that look at all the others from outside."""
BROWSER, SERVER = "web", "ui"
"""The part that is not Python; the one that it talks with."""
VIEWS_PART, OPERATED = "views", "server"
"""Parts that lie in that one's folder."""

WIDTH, GAP, MARGIN = 980, 20, 20
"""Pixels: of the picture, between boxes of a row, and around all."""
BETWEEN, TALK = 32, 92
"""Pixels between rows, for the arrows, and between the two that talk, for what is said."""
LINE, LETTER = 17, 6.9
"""Pixels: height of a line of text, and the width of its letters in a wide font."""
WIDE, NARROW = 430, 300
"""Pixels: width of a folder's box, and of a file's."""

SAYS = {
    "lstm_viz": "The public names, for notebooks.",
    "pages": "One script a page, which shows its folder of ui/pages.",
    VIEWS_PART: "Of ui, what a view is, without Streamlit: settings, links, and what is worked out for them.",
    OPERATED: "Of ui, what is told to whoever runs the server: options, log, metrics.",
    BROWSER: "The browser's side: native modules, and their style sheets.",
}
"""What parts are for that have no sentence of their own to say it."""

Arrows = Mapping[str, set[str]]

STYLE = """
  svg { --paper: #ffffff; --box: #f3f5f8; --edge: #8a93a3; --ink: #1d2530; --muted: #4d5766; --line: #35648c; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #12161c; --box: #1e252f; --edge: #66738a; --ink: #eef1f5; --muted: #b3bdcb; --line: #8fbfe8; }
  }
  text { font: 12.5px system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif; fill: var(--muted); }
  .name { font-size: 15px; font-weight: 650; fill: var(--ink); }
  .folders { fill: var(--ink); }
  .paper { fill: var(--paper); }
  .box { fill: var(--box); stroke: var(--edge); }
  .arrow { stroke: var(--line); stroke-width: 1.8; fill: none; marker-end: url(#head); }
  .talk { stroke-dasharray: 5 4; marker-start: url(#head); }
  #head path { fill: var(--line); }
"""


def graph() -> dict[str, list[list[str]]]:
    """What the picture is made of: every part with its folders, and every arrow."""
    arrows = direct(imports())
    return {
        "parts": [[part, *folders(part)] for part in parts()],
        "arrows": [[part, other] for part in arrows for other in sorted(arrows[part])],
    }


def parts() -> list[str]:
    """The parts drawn, in the order of the table of who may import what, and the browser's."""
    return [*(part for part in MAY_IMPORT if part not in LEFT_OUT), BROWSER]


def imports() -> Arrows:
    """Part → the parts that it imports."""
    found: dict[str, set[str]] = {part: set() for part in parts()}
    for name in PYTHON:
        part = part_of(dotted(name))
        if part in found:
            found[part] |= {part_of(module) for module in imported_modules(name)} & found.keys() - {part}
    return found


def leads_to(arrows: Arrows, start: str) -> set[str]:
    """All that arrows lead to from a part, over any number of others."""
    found: set[str] = set()
    ahead = set(arrows[start])
    while ahead:
        found |= ahead
        ahead = {further for part in ahead for further in arrows[part]} - found
    return found


def direct(arrows: Arrows) -> dict[str, set[str]]:
    """Only those arrows that are no short cut past others."""
    return {
        part: {other for other in others if not any(other in leads_to(arrows, way) for way in others - {other})}
        for part, others in arrows.items()
    }


def files(part: str) -> list[str]:
    """The code of a part."""
    if part == "lstm_viz":
        return ["lstm_viz/__init__.py"]
    folder = SERVER if part in (VIEWS_PART, OPERATED) else part
    places = (f"lstm_viz/{folder}/", f"{folder}/")
    code = [name for name in TEXTS if name.startswith(places) and name.endswith((".py", ".js", ".css"))]
    code = [name for name in code if not name.endswith(".py") or part_of(dotted(name)) == part]
    return code or [name for name in (f"lstm_viz/{part}.py", f"{part}.py") if name in TEXTS]


def dotted(name: str) -> str:
    """A file's name as a module's."""
    return name.removesuffix(".py").replace("/", ".")


def folders(part: str) -> list[str]:
    """The folders of a part."""
    within = {tuple(name.removeprefix("lstm_viz/").split("/")) for name in files(part)}
    return sorted({path[1] for path in within if len(path) > 2})


def lines(names: Iterable[str]) -> int:
    """How many lines of code files have together."""
    return sum(TEXTS[name].count("\n") for name in names)


def about(part: str) -> str:
    """What a part says of itself in its first sentence."""
    heads = [name for name in files(part) if name.endswith("/__init__.py")] or files(part)
    first = min(heads, key=len)
    if part in SAYS:
        return SAYS[part]
    said = (ast.get_docstring(ast.parse(TEXTS[first])) or "").partition("\n\n")[0]
    return re.split(r"(?<=\.)\s", " ".join(said.replace("`", "").split()))[0]


@dataclass
class Box:
    """A part, where it stands."""

    part: str
    width: int
    x: float = 0
    y: float = 0

    @property
    def written(self) -> list[tuple[str, str]]:
        """Its lines of text, each with its class."""
        first, letters = files(self.part)[0], int((self.width - 28) / LETTER)
        name = first.removeprefix("lstm_viz/") if first.endswith(f"{self.part}.py") else f"{self.part}/"
        found = [("name", f"{name}  ·  {lines(files(self.part)):,} lines")]
        found += [("about", line) for line in textwrap.wrap(about(self.part), letters)]
        within = [f"{folder}/" for folder in folders(self.part)]
        return found + [("folders", line) for line in textwrap.wrap("   ".join(within), letters)]

    @property
    def height(self) -> float:
        """In pixels."""
        return len(self.written) * LINE + 20

    def towards(self, x: float) -> float:
        """The place on its edge nearest to an x."""
        return min(self.x + self.width - 8, max(self.x + 8, x))

    def svg(self) -> str:
        """The box and what stands in it."""
        text = [
            f'<text class="{kind}" x="{self.x + 14:.0f}" y="{self.y + 22 + k * LINE:.0f}" xml:space="preserve">'
            f"{escape(line)}</text>"
            for k, (kind, line) in enumerate(self.written)
        ]
        place = f'x="{self.x:.0f}" y="{self.y:.0f}" width="{self.width}" height="{self.height:.0f}" rx="8"'
        return "\n".join([f'<rect class="box" {place}/>', *text])


def rows(arrows: Arrows) -> list[list[Box]]:
    """Boxes, the parts that import most above those that import nothing, each row in the middle."""
    level: dict[str, int] = {}

    def height(part: str) -> int:
        if part not in level:
            level[part] = 1 + max((height(other) for other in arrows[part]), default=-1)
        return level[part]

    for part in arrows:
        height(part)
    level[BROWSER] = level[SERVER]  # it talks with it, and is imported by none
    found: list[list[Box]] = []
    y = float(MARGIN)
    for number in sorted(set(level.values()), reverse=True):
        # What the row above leads to stands in the middle, so that arrows from further up go past it on either side.
        above = {other for box in (found[-1] if found else []) for other in arrows[box.part]}
        near = [part for part in level if level[part] == number and part in above]
        others = [part for part in level if level[part] == number and part not in above]
        order = (*others[1::2], *near, *others[::2]) if near else others
        row = [Box(part, WIDE if folders(part) else NARROW) for part in order]
        gap = TALK if number == level[SERVER] else GAP
        x = (WIDTH - sum(box.width for box in row) - gap * (len(row) - 1)) / 2
        for box in row:
            box.x, box.y = x, y
            x += box.width + gap
        y += max(box.height for box in row) + BETWEEN
        found.append(row)
    return found


def draw() -> str:
    """The picture."""
    arrows = direct(imports())
    boxes = {box.part: box for row in rows(arrows) for box in row}
    height = max(box.y + box.height for box in boxes.values()) + MARGIN
    paths = []
    for part, others in arrows.items():
        source = boxes[part]
        for other in sorted(others):
            target = boxes[other]
            x = source.towards(target.x + target.width / 2)
            ends = f"M{x:.0f},{source.y + source.height:.0f} L{target.towards(x):.0f},{target.y - 3:.0f}"
            paths.append(f'<path class="arrow" d="{ends}"/>')
    left, right = boxes[SERVER], boxes[BROWSER]
    start, end, y = left.x + left.width, right.x, left.y + 34
    paths.append(f'<path class="arrow talk" d="M{start + 4:.0f},{y:.0f} H{end - 4:.0f}"/>')
    paths.append(f'<text x="{(start + end) / 2:.0f}" y="{y - 9:.0f}" text-anchor="middle">messages</text>')
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" role="img"',
        '     aria-label="The parts of LSTM Viz, and which of them import which">',
        f"<metadata>{escape(json.dumps(graph()))}</metadata>",
        f"<style>{STYLE}</style>",
        '<defs><marker id="head" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="7" markerHeight="7" '
        'orient="auto-start-reverse"><path d="M0,0 L10,5 L0,10 z"/></marker></defs>',
        f'<rect class="paper" width="{WIDTH}" height="{height:.0f}" rx="10"/>',
        *paths,
        *(box.svg() for box in boxes.values()),
        "</svg>",
        "",
    ])  # fmt: skip


def made_of(picture: Path = PICTURE) -> dict[str, list[list[str]]]:
    """The graph that a picture was drawn from."""
    found = re.search("<metadata>(.*?)</metadata>", picture.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None, f"{picture} does not say what it was made of"
    graph: dict[str, list[list[str]]] = json.loads(unescape(found[1]))
    return graph


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")
