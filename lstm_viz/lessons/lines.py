"""A lesson file cut into parts, line by line: headings, keys with their values, and paragraphs. Knows no meaning."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from lstm_viz.lessons.lesson import Problem
from lstm_viz.lessons.quoting import short
from lstm_viz.lessons.references.names import nearest

STEP_KEYS = (
    "view",
    "show",
    "point at",
    "do",
    "question",
    "choose",
    "number",
    "click",
    "find",
    "draw",
    "meanwhile",
    "hint",
    "afterwards",
)
LESSON_KEYS = ("minutes",)
KEYS = (*LESSON_KEYS, *STEP_KEYS)
SEVERAL = ("point at",)
"""Keys that a step may have more than once."""
SLIP = 0.8
"""How like a key, from 0 to 1, a word before a colon is that stands for one."""

_KEY = re.compile(r"([A-Za-z][A-Za-z ]{0,19}?)[ \t]*:(?:[ \t]+(.*)|[ \t]*)$")
_MARK = re.compile(r"\$\$|[$`]")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")


@dataclass
class Part:
    """A heading with all below it.

    Attributes
    ----------
    title, line : of the heading
    keys : (key in lower case, value, line), in the order of the file
    paragraphs : (Markdown, line)
    """

    title: str = ""
    line: int = 1
    keys: list[tuple[str, str, int]] = field(default_factory=list)
    paragraphs: list[tuple[str, int]] = field(default_factory=list)


def cut(text: str) -> tuple[list[Part], list[Problem]]:
    """The parts of a file: what stands under its title, then a part a step; and what could not be told apart."""
    parts, problems = [Part()], list[Problem]()
    lines = text.splitlines()
    block: list[str] = []
    titled = False

    def close(line: int) -> None:
        if "".join(block).strip():
            parts[-1].paragraphs.append(("\n".join(block).strip("\n"), line - len(block)))
        block.clear()

    in_keys = False
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip()
        heading = _HEADING.fullmatch(line)
        if heading:
            close(number)
            in_keys = False
            title = heading[2].rstrip("#").rstrip()
            if len(heading[1]) == 1 and not titled:
                titled = True
                parts[0].title, parts[0].line = title, number
            elif len(heading[1]) == 2:
                parts.append(Part(title, number))
            else:
                wrong = "a second title" if len(heading[1]) == 1 else "a heading inside a step"
                problems.append(Problem(number, f"{wrong}: “{short(title)}”; a lesson has one # title and ## steps"))
        elif not line:
            close(number)
            in_keys = False
        elif in_keys and raw[0] in " \t" and parts[-1].keys:
            key, value, at = parts[-1].keys[-1]
            parts[-1].keys[-1] = (key, f"{value} {line.strip()}", at)
        elif found := _key_of(line, in_keys, number, problems):
            close(number)
            in_keys = True
            if found[0]:
                parts[-1].keys.append((*found, number))
        else:
            in_keys = False
            block.append(line)
    close(len(lines) + 1)
    if not titled:
        problems.append(Problem(1, "the lesson has no title: begin with a line such as “# Why a plain RNN forgets”"))
    return parts, problems


def _key_of(line: str, in_keys: bool, number: int, problems: list[Problem]) -> tuple[str, str] | None:
    """The key and the value of a line; an empty key for one that is not known; None for a line of text."""
    match = _KEY.fullmatch(line)
    if match is None:
        return None
    key = " ".join(match[1].lower().split())
    if key in KEYS:
        return key, (match[2] or "").strip()
    like = nearest(key, KEYS)
    # "Note: …" may begin a sentence; among keys, and where it is nearly one, it is a slip of the pen.
    if in_keys or (like and SequenceMatcher(None, key, like).ratio() >= SLIP):
        known = ", ".join(each.capitalize() for each in KEYS)
        hint = f"did you mean “{like.capitalize()}”? " if like else ""
        problems.append(Problem(number, f"“{match[1]}” is not a key: {hint}There are {known}"))
        return "", ""
    return None


def spans(text: str) -> Iterator[tuple[bool, str]]:
    """Markdown in stretches, each with whether it is text: code and mathematics, with their marks, are not."""
    start, at = 0, 0
    while found := _MARK.search(text, at):
        mark, at = found[0], found.end()
        end = text.find(mark, at)
        if end > at:
            yield True, text[start : found.start()]
            yield False, text[found.start() : end + len(mark)]
            start = at = end + len(mark)
    yield True, text[start:]
