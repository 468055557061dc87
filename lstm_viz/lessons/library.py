"""The lessons that ship: Markdown files in the folder `shipped`, read once, when first asked for."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from lstm_viz.lessons.lesson import Lesson
from lstm_viz.lessons.read import read_lesson

FOLDER = Path(__file__).with_name("shipped")
START = "start_here"
"""The name of the way in, which is no lesson of the list."""


@cache
def shipped() -> Mapping[str, Lesson]:
    """Name → lesson, in the order of their names."""
    found = {}
    for path in sorted(FOLDER.glob("*.md")):
        lesson, _ = read_lesson(path.read_text(encoding="utf-8"), path.stem, run=False)
        if lesson is not None:
            found[path.stem] = lesson
    return MappingProxyType(found)


def text_of(name: str) -> str:
    """A shipped lesson as it is written."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")
