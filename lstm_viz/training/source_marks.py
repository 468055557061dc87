"""What holds after each character of Python source: inside a string or a comment, how deep, how far in."""

import io
import tokenize
from collections.abc import Mapping
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray


def marks(source: str) -> Mapping[str, NDArray[Any]]:
    """Properties by name, (characters,) each; bool or numbers. Raises SyntaxError for source that is not Python.

    All say what holds once the character is read: after the closing quotation mark, the string is over.
    """
    starts = [0, *accumulate(map(len, source.splitlines(keepends=True)))]
    in_string, in_comment = np.zeros(len(source), bool), np.zeros(len(source), bool)
    depth = np.zeros(len(source))
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            first, last = (starts[row - 1] + column for row, column in (token.start, token.end))
            kind = tokenize.tok_name[token.type]
            in_string[first : last - 1] |= "STRING" in kind
            in_comment[first:last] |= kind == "COMMENT"
            if kind == "OP" and token.string in "()[]{}":
                depth[first:] += 1 if token.string in "([{" else -1
    except tokenize.TokenError as error:
        raise SyntaxError(str(error)) from error
    return {
        "inside a string": in_string,
        "inside a comment": in_comment,
        "depth of brackets": depth,
        "indentation of the line": _indentation(source),
        "position in the line": _columns(source),
    }


def _columns(source: str) -> NDArray[Any]:
    """How many characters of its line have been read; 0 after a line feed."""
    places = np.arange(1, len(source) + 1)
    ends = np.where(np.array(list(source)) == "\n", places, 0)
    return places - np.maximum.accumulate(ends)


def _indentation(source: str) -> NDArray[Any]:
    """Spaces at the beginning of the line, as far as they have been read."""
    widths = [len(line) - len(line.lstrip(" ")) for line in source.splitlines(keepends=True)]
    line = np.cumsum([0, *(character == "\n" for character in source[:-1])])
    return np.minimum(_columns(source), np.array(widths)[line])
