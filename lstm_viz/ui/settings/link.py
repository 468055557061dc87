"""Settings as an address or a small file, and back. Reading forgives: the nearest valid view, and what was ignored."""

import base64
import binascii
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from urllib.parse import parse_qs, quote_plus, urlencode

from lstm_viz.ui.settings.frame import FrameFields
from lstm_viz.ui.settings.kinds import TEXT_LIMIT, Text, quoted
from lstm_viz.ui.settings.settings import DEFAULTS, KINDS, Settings, nearest_settings
from lstm_viz.ui.settings.shared import NAMED_BY

LINK_LIMIT = 8_000
"""Most bytes of a link's query: longer addresses are cut off by some servers, browsers and chat programs."""
LONG = ("before", "text", "clamps")
"""Settings that an address does without where it would be too long, in this order."""
READABLE = 500
"""Texts that take up to so many bytes in a link stay readable there."""
PACKED = "_packed"
"""What the name of a compressed text ends in."""
FILE_LIMIT = 6 * TEXT_LIMIT * sum(isinstance(kind, Text) for kind in KINDS.values()) + 10_000
"""Most bytes of a file: compressed as an address holds it, a character takes six at most."""
IGNORED_LIMIT = 20
"""Most sentences on what was ignored; one more counts the rest."""

FORMAT = "lstm_viz view 1"
"""What says of a file that it holds a view."""


def to_query(settings: Settings) -> dict[str, str]:
    """The settings that are not at their defaults, as the parameters of an address. Long texts are compressed."""
    query = {}
    for name, value in settings.changes().items():
        # What is a reader's own is named only where it is on show.
        if name in NAMED_BY.values() and NAMED_BY.get(settings.task) != name:
            continue
        text = KINDS[name].write(value)
        plain = len(quote_plus(text))
        if plain > READABLE and len(packed := pack(text)) + len(PACKED) < plain:
            query[name + PACKED] = packed
        else:
            query[name] = text
    return query


def from_query(query: Mapping[str, str | list[str]]) -> tuple[Settings, tuple[str, ...]]:
    """The view nearest to an address, and sentences on what was ignored; see `nearest_settings`."""
    values: dict[str, object] = {}
    ignored: list[str] = []
    for key, given in query.items():
        value = given
        if isinstance(given, (list, tuple)):
            if len(given) != 1:
                last = "; using the last" if given else ""
                ignored.append(f"{quoted(key)} is given {len(given):,} times{last}.")
            if not given:
                continue
            value = given[-1]
        name = key.removesuffix(PACKED)
        if name != key and isinstance(KINDS.get(name), Text):
            if name in query:
                ignored.append(f"{key} is ignored, because {name} is given too.")
                continue
            try:
                value = unpack(value)
            except ValueError as error:
                ignored.append(f"{name}: {error}.")
                continue
            key = name
        values[key] = value
    settings, more = nearest_settings(values)
    return settings, _at_most((*ignored, *more))


def query_string(settings: Settings) -> str:
    """The settings as an address would hold them, however long."""
    return urlencode(to_query(settings))


def address(settings: Settings) -> str:
    """What the browser's address holds: the settings, without the longest of them where all would be too long."""
    query = to_query(settings)
    for name in ("", *LONG):
        query = {key: value for key, value in query.items() if key.removesuffix(PACKED) != name}
        if len(text := urlencode(query)) <= LINK_LIMIT:
            break
    return text


LESSON = ("lesson", "at")
"""Settings of a lesson's page alone."""
FRAME = frozenset(each.name for each in fields(FrameFields))
"""Settings of how a page is framed."""
BESIDE_VIEWS = (*LESSON, *FRAME)
"""Settings that say where and how a view is shown, and not which."""


def without_lesson(settings: Settings) -> Settings:
    """The same view on a page of its own."""
    return replace(settings, **{name: DEFAULTS[name] for name in LESSON})


def lesson_address(settings: Settings) -> str:
    """What names a lesson's step and nothing of its view, which is then as its author made it."""
    return urlencode({name: text for name, text in to_query(settings).items() if name in BESIDE_VIEWS})


def names_a_view(query: Iterable[str]) -> bool:
    """Whether an address, by the names in it, says anything of a view."""
    return any(name.removesuffix(PACKED) not in BESIDE_VIEWS for name in query)


def link(settings: Settings, page: str = "") -> str | None:
    """A page's address with the settings in it, or None where its query would pass `LINK_LIMIT`: offer a file then."""
    query = query_string(settings)
    return (f"{page}?{query}" if query else page) if len(query) <= LINK_LIMIT else None


def pack(text: str) -> str:
    """A text, compressed and in characters that an address keeps as they are."""
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def unpack(packed: object) -> str:
    """The text that `pack` was given.

    Raises
    ------
    ValueError
        saying what is wrong. Compressed data that would grow past any text's limit is given up, not expanded.
    """
    damaged = "the compressed text is damaged"
    if not isinstance(packed, str) or not packed.isascii() or len(packed) > FILE_LIMIT:
        raise ValueError(damaged)
    try:
        data = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        stream = zlib.decompressobj()
        # UTF-8 writes a character in four bytes at most.
        text = stream.decompress(data, 4 * TEXT_LIMIT + 1)
        if len(text) > 4 * TEXT_LIMIT:
            raise ValueError(f"the compressed text has more than {TEXT_LIMIT:,} characters")
        if not stream.eof or stream.unused_data:
            raise ValueError(damaged)
        return text.decode()
    except (binascii.Error, UnicodeError, zlib.error):
        raise ValueError(damaged) from None


def to_file(settings: Settings) -> bytes:
    """A view as a file, JSON: what its address would be, without an address's limit. The front end writes the same."""
    return json.dumps({"format": FORMAT, "query": query_string(settings)}).encode()


def from_file(content: bytes) -> tuple[Settings | None, tuple[str, ...]]:
    """The view nearest to a file that `to_file` wrote, and sentences on what was ignored; see `nearest_settings`.

    The view is None, and a sentence says why, for a file that holds none.
    """
    if len(content) > FILE_LIMIT:
        return None, (f"The file has more than {FILE_LIMIT:,} bytes, the most that a saved view has.",)
    try:
        saved = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        saved = None
    if not isinstance(saved, dict) or saved.get("format") != FORMAT or not isinstance(saved.get("query"), str):
        return None, ("The file is not a view saved by LSTM Viz.",)
    return from_query(dict(parse_qs(saved["query"], keep_blank_values=True)))


def _at_most(sentences: tuple[str, ...]) -> tuple[str, ...]:
    more = len(sentences) - IGNORED_LIMIT
    return (*sentences[:IGNORED_LIMIT], f"{more:,} more were ignored.") if more > 0 else sentences
