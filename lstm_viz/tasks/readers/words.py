"""English text → words, cut the way treebanks cut it ("isn't" → "is n't"), so that typed text fits the data."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from numpy.typing import NDArray

from lstm_viz.tasks.readers.characters import visible
from lstm_viz.tasks.readers.reader import Token, positions
from lstm_viz.tasks.readers.spelling import TREEBANK, Spelling

_PATTERN = re.compile(
    r"""
      -[lr][rsc]b-                                          # brackets as treebanks write them
    | \.{2,} | -{2,} | \*{2,} | `` | ''                     # runs of punctuation
    | (?<!\w)['’](?:\d0s|em|til|tis|twas|cause|n['’])(?!\w) # words that begin with an apostrophe: '70s, 'em
    | (?<!\w)['’](?:s|re|ve|ll|d|m)(?!\w)                   # endings that stand alone already
    | (?:[^\W\d_]\.){2,}                                    # u.s., e.t.
    | (?<!\w)(?:mr|mrs|ms|dr|st|vs|jr|sr|lt|sgt|prof|inc|[b-hj-z])\.(?=\s+\S|[,;:?!)]) # abbreviations, initials
    | \d+(?:[.,:]\d+)+                                      # 2.5, 1,000
    | \w+(?:[-/&'’.]\w+)*                   # words, also with hyphens and inner points
    | \S                                                    # anything else, one character at a time
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ENDINGS = re.compile(r"^(.*?)(n['’]t|['’](?:s|re|ve|ll|d|m))$", re.IGNORECASE | re.DOTALL)
_TWO_WORDS = {"cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3}
"""Words that treebanks cut in two, and after how many letters."""
_BRACKETS = {"-lrb-": "(", "-rrb-": ")", "-lsb-": "[", "-rsb-": "]", "-lcb-": "{", "-rcb-": "}"}
_OPENING = {'"': "“", "``": "“", "`": "‘", "'": "‘"}
_CLOSING = {'"': "”", "''": "”", "'": "’", "’": "’"}


def cut(text: str) -> list[Token]:
    """The words of a text in treebank style, as typed: case is kept, quotation marks become curly."""
    words: list[Token] = []
    for match in _PATTERN.finditer(text):
        word, before, (start, stop) = match[0], text[max(match.start() - 1, 0)], match.span()
        if word.lower() in _BRACKETS:
            words.append(Token(_BRACKETS[word.lower()], start, stop))
        elif word in _OPENING and (word[0] == "`" or before in "([{" or _opens(text, match)):
            words.append(Token(_OPENING[word], start, stop))
        elif word in _CLOSING:
            words.append(Token(_CLOSING[word], start, stop))
        else:
            for part in _parts(word):
                words.append(Token(part, start, start + len(part)))
                start += len(part)
    return words


def _opens(text: str, mark: re.Match[str]) -> bool:
    """Whether a straight quotation mark opens: space or nothing before it, a word right after it."""
    starts = mark.start() == 0 or text[mark.start() - 1].isspace()
    return starts and mark.end() < len(text) and not text[mark.end()].isspace()


def _parts(word: str) -> list[str]:
    """A word and its ending: "isn't" → "is", "n't"."""
    if place := _TWO_WORDS.get(word.lower()):
        return [word[:place], word[place:]]
    ending = _ENDINGS.match(word)
    return [part for part in ending.groups() if part] if ending else [word]


@dataclass(frozen=True)
class Words:
    """Reads words; `key` says how the vocabulary spells one, "" for a word that is not read."""

    key: Spelling = TREEBANK
    kind: str = "words"
    noun: str = "words"

    def cut(self, text: str) -> list[Token]:
        """The words of the text, as typed, but cut as the training data is."""
        return [word for word in cut(text) if self.key(word.text)]

    def show(self, token: str) -> str:
        """The word itself, or a sign for one that leaves no ink."""
        return visible(token)

    def unknown(self, tokens: Sequence[str], known: Sequence[Any]) -> list[bool]:
        """For each word, whether the vocabulary lacks it."""
        return [position == 0 for position in self.encode(tokens, known)]

    def encode(self, tokens: Sequence[str], vocabulary: Sequence[str]) -> NDArray[Any]:
        """(T,) positions in the vocabulary, 0 for unknown words."""
        return positions([self.key(token) for token in tokens], vocabulary)

    def data(self) -> dict[str, Any]:
        """All fields, plainly."""
        return asdict(self)
