"""A pasted or uploaded vocabulary → its symbols in order, whatever it was written as."""

import json
from typing import Any

LONGEST = 200_000
"""Most symbols of a vocabulary."""


def read_vocabulary(text: str) -> tuple[str, ...]:
    r"""The symbols of a vocabulary, in the order of the rows that they stand for.

    Parameters
    ----------
    text : a symbol a line; a JSON list; a JSON map of symbol → row, as ``vocab.json``; or a ``tokenizer.json``, of
        which the vocabulary is taken

    Raises
    ------
    ValueError
        saying what was found instead.

    Examples
    --------
    >>> read_vocabulary("the\nfilm"), read_vocabulary('{"film": 1, "the": 0}')
    (('the', 'film'), ('the', 'film'))
    """
    if text.lstrip()[:1] in ("{", "["):
        return _checked(_from_json(text))
    lines = text.split("\n")
    lines = [line.removesuffix("\r") for line in (lines[:-1] if lines[-1] == "" else lines)]
    return _checked(lines)


def _from_json(text: str) -> list[str]:
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"vocabulary: begins like JSON and is none: {error}; or give a symbol a line") from None
    if isinstance(found, dict) and isinstance(found.get("model"), dict):
        found = found["model"].get("vocab")
    if isinstance(found, list):
        # Some tokenizers list pairs of a piece and its score.
        return [each[0] if isinstance(each, list) and each else each for each in found]
    if not isinstance(found, dict):
        raise ValueError("vocabulary: expected a list of symbols, or a map of each symbol to its row")
    if not all(isinstance(row, int) and 0 <= row < LONGEST for row in found.values()):
        raise ValueError(f"vocabulary: maps a symbol to something else than a row between 0 and {LONGEST - 1:,}")
    listed = [f"row {k}" for k in range(max(found.values(), default=-1) + 1)]
    for symbol, row in found.items():
        listed[row] = symbol
    return listed


def _checked(symbols: list[Any]) -> tuple[str, ...]:
    if not any(symbols):
        raise ValueError("vocabulary: is empty; give a symbol a line, or a JSON list")
    if len(symbols) > LONGEST:
        raise ValueError(f"vocabulary: has {len(symbols):,} symbols; {LONGEST:,} can be read")
    for row, each in enumerate(symbols):
        if not isinstance(each, str):
            raise ValueError(f"vocabulary: row {row:,} holds {json.dumps(each)[:20]}; expected texts alone")
    # Half of a character that takes two, as JSON can write it, can be sent nowhere.
    return tuple(each.encode(errors="replace").decode() for each in symbols)
