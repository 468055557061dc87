"""A Hugging Face ``tokenizer.json`` as a reader, by the library that wrote it; a browser has no such reader."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.tasks.readers.characters import visible
from lstm_viz.tasks.readers.reader import Reader, Token

WITHOUT = (
    "This is a tokenizer.json, for which the package tokenizers is needed; install it, or give its vocabulary alone, "
    "with which words are cut at spaces and marks."
)


class Tokenizer:
    """Reads the pieces that a tokenizer cuts a text into, without marks of its own for the beginning and the end.

    The rows of the embedding table are the tokenizer's own numbers, so positions are those and one.

    Parameters
    ----------
    content : of a ``tokenizer.json``

    Raises
    ------
    ValueError
        where it cannot be read, or the package is not installed.
    """

    kind, noun = "tokenizer", "pieces"

    def __init__(self, content: str) -> None:
        try:
            import tokenizers
        except ImportError:
            raise ValueError(WITHOUT) from None
        try:
            self._tokenizer = tokenizers.Tokenizer.from_str(content)
            self._tokenizer.no_truncation()
            self._tokenizer.no_padding()
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except BaseException as error:  # Rust's panics are no `Exception`
            said = str(error).partition("\n")[0][:200]
            raise ValueError(f"tokenizer: this is no tokenizer.json that can be read: {said}") from None

    @cached_property
    def symbols(self) -> tuple[str, ...]:
        """Its vocabulary, in the order of its numbers."""
        known: dict[str, int] = self._tokenizer.get_vocab(with_added_tokens=True)
        most = min(max(known.values(), default=-1) + 1, 2 * len(known) + 1000)
        listed = [f"row {k}" for k in range(most)]
        for symbol, place in known.items():
            if place < most:
                listed[place] = symbol
        return tuple(listed)

    def cut(self, text: str) -> list[Token]:
        """The pieces of a text, by the tokenizer's names, with their places."""
        found = self._tokenizer.encode(text, add_special_tokens=False)
        pieces = zip(found.tokens, found.offsets, strict=True)
        return [Token(piece, start, stop) for piece, (start, stop) in pieces]

    def show(self, token: str) -> str:
        """The piece, or a sign for one that leaves no ink; spaces in a byte-level piece as such."""
        return visible(token.replace("Ġ", "␣").replace("Ċ", "↵"))

    def unknown(self, tokens: Sequence[str], known: Sequence[Any]) -> list[bool]:
        """For each piece, whether it is the one that stands for what the tokenizer does not know."""
        places = self.encode(tokens, known).tolist()
        return [place == 0 or token == self._unknown for place, token in zip(places, tokens, strict=True)]

    def encode(self, tokens: Sequence[str], vocabulary: Sequence[str]) -> NDArray[Any]:
        """(T,) positions in the vocabulary, 0 for pieces that the table has no row for."""
        found = [self._tokenizer.token_to_id(token) for token in tokens]
        most = len(vocabulary) - 1
        return np.array([0 if k is None or k >= most else k + 1 for k in found], dtype=np.int64)

    def data(self) -> dict[str, Any]:
        """Its name: a browser runs no tokenizer."""
        return {"kind": self.kind, "noun": self.noun}

    @property
    def _unknown(self) -> str | None:
        return getattr(self._tokenizer.model, "unk_token", None)


def tokenizer_reader(content: str) -> Reader:
    """A reader for what was given as a tokenizer: see `Tokenizer`."""
    if not content.lstrip().startswith("{"):
        raise ValueError("tokenizer: expected words, spaces, characters, or the text of a tokenizer.json")
    return Tokenizer(content)
