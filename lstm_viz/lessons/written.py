"""What a lesson may not hold: HTML, images, links that are no links, and more than a reader or a server can take."""

import re

from lstm_viz.lessons.lines import spans
from lstm_viz.lessons.quoting import short

MOST_BYTES = 200_000
"""Of a lesson's file."""
MOST_STEPS = 60
MOST_REFERENCES = 300
MOST_HEAVY = 40
"""References that take a moment each."""
LONGEST_TITLE = 200
"""Characters."""
LONGEST_PARAGRAPH = 4_000
"""Characters."""
MOST_PROBLEMS = 50
"""Listed of one file; one more counts the rest."""
LIMITS = (
    f"A lesson has at most {MOST_BYTES:,} bytes, {MOST_STEPS} steps, {MOST_REFERENCES} references, "
    f"{MOST_HEAVY} of them to errors or gradients, and {LONGEST_PARAGRAPH:,} characters a paragraph."
)

_HTML = re.compile(r"<(?!https?://)[A-Za-z/!?][^<>\n]{0,200}")
_ADDRESS = re.compile(r"\]\(\s*<?([^)\s>]{0,2000})")
_REFERENCE = re.compile(r"\{([^{}\n]{0,400})\}")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,20}):")


def wrong_in(markdown: str) -> list[str]:
    """What is wrong with a piece of Markdown, a sentence each."""
    found = []
    if len(markdown) > LONGEST_PARAGRAPH:
        found.append(f"a paragraph of {len(markdown):,} characters; the limit is {LONGEST_PARAGRAPH:,}")
    for is_text, piece in spans(markdown):
        if not is_text:
            continue
        if match := _HTML.search(piece):
            found.append(f"HTML, “{short(match[0], 40)}”, is not shown in lessons; write Markdown, or put it in `code`")
        if "![" in piece:
            found.append("images are not shown in lessons: the picture of a step is its view")
        for match in _ADDRESS.finditer(piece):
            scheme = _SCHEME.match(match[1])
            if scheme and scheme[1].lower() not in ("http", "https", "mailto"):
                found.append(f"a link that begins with “{scheme[1]}:”; links begin with https:// or name a page")
    return found


def tamed(markdown: str, most: int = LONGEST_PARAGRAPH) -> str:
    """Markdown as it may be shown, whatever is wrong with it: no image is fetched, and it has an end."""
    # What Markdown takes for code or mathematics is not always what `spans` does, so this holds in all of it; a space
    # changes nothing in a formula.
    return short(markdown.replace("![", "! ["), most)


def references_in(markdown: str) -> list[str]:
    """The references in braces, in order, without those in code and mathematics."""
    return [match[1] for is_text, piece in spans(markdown) if is_text for match in _REFERENCE.finditer(piece)]


def with_references(markdown: str, told: "dict[str, str]") -> str:
    """The same Markdown with each reference replaced by what it is told as."""
    return "".join(
        _REFERENCE.sub(lambda match: told.get(match[1], match[0]), piece) if is_text else piece
        for is_text, piece in spans(markdown)
    )


def plain(text: str) -> str:
    """A text in which no character means anything in Markdown."""
    return re.sub(r"([\\`*_\[\]#|$<>~])", r"\\\1", text)


def split_outside(text: str, mark: str, most: int = 0) -> list[str]:
    """A text cut at a mark, except within quotation marks; at most so many times, 0 for every time."""
    parts: list[str] = []
    start, at, inside = 0, 0, ""
    while at < len(text):
        if inside:
            inside = "" if text[at] == inside else inside
        elif text[at] in '"“' and (end := {'"': '"', "“": "”"}[text[at]]) in text[at + 1 :]:
            inside = end
        elif text.startswith(mark, at) and not (most and len(parts) == most):
            parts.append(text[start:at].strip())
            at = start = at + len(mark)
            continue
        at += 1
    return [*parts, text[start:].strip()]
