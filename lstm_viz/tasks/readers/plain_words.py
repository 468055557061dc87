"""Text → words as they stand between spaces and marks, for a vocabulary of which no more is known."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from numpy.typing import NDArray

from lstm_viz.tasks.readers.characters import visible
from lstm_viz.tasks.readers.reader import Token, positions

_APART = re.compile(r"\w+|[^\w\s]")
_SPACED = re.compile(r"\S+")


@dataclass(frozen=True)
class PlainWords:
    """Reads words. One that the vocabulary lacks is looked for in lower case too.

    Attributes
    ----------
    marks_apart : whether a mark such as a comma is a word by itself, or belongs to the word that it stands at
    """

    marks_apart: bool = True
    kind: str = "plain_words"
    noun: str = "words"

    def cut(self, text: str) -> list[Token]:
        """The words of the text, as typed."""
        pattern = _APART if self.marks_apart else _SPACED
        return [Token(match[0], *match.span()) for match in pattern.finditer(text)]

    def show(self, token: str) -> str:
        """The word itself, or a sign for one that leaves no ink."""
        return visible(token)

    def unknown(self, tokens: Sequence[str], known: Sequence[Any]) -> list[bool]:
        """For each word, whether the vocabulary lacks it."""
        return [position == 0 for position in self.encode(tokens, known)]

    def encode(self, tokens: Sequence[str], vocabulary: Sequence[str]) -> NDArray[Any]:
        """(T,) positions in the vocabulary, 0 for unknown words."""
        found = positions(tokens, vocabulary)
        lower = positions([token.lower() for token in tokens], vocabulary)
        found[found == 0] = lower[found == 0]
        return found

    def data(self) -> dict[str, Any]:
        """All fields, plainly."""
        return asdict(self)
