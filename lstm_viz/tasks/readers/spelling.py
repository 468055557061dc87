"""How a vocabulary spells a word, as data: the browser spells the same."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Spelling:
    """A word as typed → the word as a vocabulary has it: always in lower case. Called with the word.

    Attributes
    ----------
    marks : character → what stands in its place, "" where it is left out
    alone : the same for a mark that is a word by itself, in place of all the other rules
    digits : what each digit of a number is replaced by; "" leaves them as they are

    Examples
    --------
    >>> Spelling(marks={"’": "'"}, digits="0")("It’s 25")
    "it's 00"
    """

    marks: Mapping[str, str] = field(default_factory=dict)
    alone: Mapping[str, str] = field(default_factory=dict)
    digits: str = ""

    def __call__(self, word: str) -> str:
        """See `Spelling`."""
        if word in self.alone:
            return self.alone[word]
        spelt = word.lower().translate({ord(mark): text for mark, text in self.marks.items()})
        return re.sub(r"\d", self.digits, spelt) if self.digits else spelt


TREEBANK = Spelling(
    marks={"’": "'", "‘": "`", "“": "``", "”": "''", "…": "...", "—": "--", "–": "--"},
    alone={"’": "'"},
)
"""How SST's files spell a word: straight apostrophes, quotation marks as `` and ''."""
