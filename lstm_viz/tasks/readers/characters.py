"""Text → single characters, with spaces and line ends made visible."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from numpy.typing import NDArray

from lstm_viz.tasks.readers.reader import Token, positions

_CHARACTER = re.compile(r"\r\n|.", re.DOTALL)

VISIBLE = {" ": "␣", "\n": "↵", "\t": "⇥"}
"""How characters that leave no ink are shown."""


def visible(token: str) -> str:
    """The token, or a sign for a character that leaves no ink."""
    if token in VISIBLE:
        return VISIBLE[token]
    inkless = len(token) == 1 and unicodedata.category(token) in {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}
    return f"U+{ord(token):04X}" if inkless else token


@dataclass(frozen=True)
class Characters:
    """Reads characters one by one; with `skips_space`, spaces and line ends are layout and not read."""

    skips_space: bool = False
    kind: str = "characters"
    noun: str = "characters"

    def cut(self, text: str) -> list[Token]:
        """Every character, with the line ends of any system as a line feed."""
        found = (Token("\n" if m[0][0] == "\r" else m[0], *m.span()) for m in _CHARACTER.finditer(text))
        return [token for token in found if not (self.skips_space and token.text.isspace())]

    def show(self, token: str) -> str:
        """The character, or a sign for one that leaves no ink."""
        return visible(token)

    def unknown(self, tokens: Sequence[str], known: Sequence[Any]) -> list[bool]:
        """For each character, whether the vocabulary lacks it."""
        return [position == 0 for position in self.encode(tokens, known)]

    def encode(self, tokens: Sequence[str], vocabulary: Sequence[str]) -> NDArray[Any]:
        """(T,) positions in the vocabulary, 0 for unknown characters."""
        return positions(tokens, vocabulary)

    def data(self) -> dict[str, Any]:
        """All fields, plainly."""
        return asdict(self)
