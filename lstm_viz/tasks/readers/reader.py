"""What every reader does: text → tokens, each with its place in the text → an array for the network."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

UNKNOWN = "<unk>"
"""First entry of every vocabulary: stands for whatever the network never saw."""


class Token(NamedTuple):
    """What a network reads in one step, and where it stands: ``text[start:stop]``, which may be spelt otherwise."""

    text: str
    start: int
    stop: int


@dataclass(frozen=True)
class Reading:
    """A text as a network reads it: made once, and passed along.

    Attributes
    ----------
    text : as typed
    tokens : what is run, no more than the task's limit
    spans : for each token, its first position in the text and the one past its last
    problem : what is wrong with the text, in a sentence for the user, or ""
    """

    text: str
    tokens: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    problem: str = ""

    @property
    def made(self) -> bool:
        """Whether one line makes all steps, so that none can be changed by itself."""
        return len(self.spans) > 1 and self.spans[0] == self.spans[1]


class Reader(Protocol):
    """Turns what a user typed into tokens, and tokens into what the network reads.

    Attributes
    ----------
    kind : "words", "characters", "numbers", "plain_words" or "table": which editor fits
    noun : what a token is called, in the plural, for messages ("words", "days")
    """

    @property
    def kind(self) -> str:
        """Which editor fits."""

    @property
    def noun(self) -> str:
        """What tokens are called."""

    def cut(self, text: str) -> list[Token]:
        """The tokens of a text, with their places. Raises ValueError, saying where, if the text cannot be read."""

    def show(self, token: str) -> str:
        """A form of the token that can be seen on an axis."""

    def unknown(self, tokens: Sequence[str], known: Sequence[Any]) -> list[bool]:
        """For each token, whether it is new to the network. `known`: its vocabulary, or (lowest, highest) number."""

    def encode(self, tokens: Sequence[str], vocabulary: Sequence[str]) -> NDArray[Any]:
        """What the network reads: (T,) int64 positions in the vocabulary, or (T, features) float32 numbers."""

    def data(self) -> dict[str, Any]:
        """The reader as plain values, `kind` and `noun` among them: of them the browser makes the same reader."""


class Symbols(tuple[str, ...]):
    """A vocabulary that came with a file: what is worked out of it goes when it goes."""

    @cached_property
    def places(self) -> dict[str, int]:
        """Symbol → where it stands."""
        return {symbol: index for index, symbol in enumerate(self)}


def positions(keys: Sequence[str], vocabulary: Sequence[str]) -> NDArray[np.int64]:
    """Where each key stands in the vocabulary; 0, the place of `UNKNOWN`, for keys that are not in it."""
    where = vocabulary.places if isinstance(vocabulary, Symbols) else _places(tuple(vocabulary))
    return np.array([where.get(key, 0) for key in keys], dtype=np.int64)


@lru_cache(maxsize=32)
def _places(vocabulary: tuple[str, ...]) -> dict[str, int]:
    return {word: index for index, word in enumerate(vocabulary)}
