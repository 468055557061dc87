"""Sentences put together from patterns and words, so that a negation is learnt for every word and not for a few."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

FOLDER = Path(__file__).with_name("data")

_PLACE = re.compile(r"\{(~?)(\w+)\}")
_CHOICE = re.compile(r"\(([^()]*)\)")
_SPACED = re.compile(r" +([,.!])| +('\w)|\s+")
_ARTICLE = re.compile(r"\ba (?=[aeiou])", re.IGNORECASE)
_PLURAL = {"is": "are", "isnt": "arent", "does": "do"}
"""What stands in a place where the subject is more than one; the other verbs are written alike."""


class Pattern(NamedTuple):
    """How often it comes, whether it says what its words say (1) or the opposite (−1), and the pattern."""

    weight: float
    sign: int
    text: str


class Composer:
    """Makes sentences from the patterns and words in `data/`, as many that praise as that blame.

    Examples
    --------
    >>> sentence, label = Composer().sentence(np.random.default_rng(1))
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self.words = dict(_words(folder / "film_words.txt"))
        self.patterns = list(_patterns(folder / "patterns.txt"))
        weights = np.array([pattern.weight for pattern in self.patterns])
        self._often = weights / weights.sum()

    def sentence(self, rng: np.random.Generator) -> tuple[str, int]:
        """A sentence as one would type it, and 1 where it praises, 0 where it blames."""
        pattern = self.patterns[rng.choice(len(self.patterns), p=self._often)]
        praise = bool(rng.integers(2))
        text = self._fill(pattern.text, praise == (pattern.sign > 0), rng)
        text = f"{text[0].upper()}{text[1:]}{rng.choice(['', '.', '.', '.', '!'])}"
        if rng.random() < 0.1:
            aside = f"{rng.choice(self.words['aside'])}."
            text = f"{aside} {text}" if rng.random() < 0.7 else f"{text.rstrip('.!')}. {aside}"
        return text, int(praise)

    def _fill(self, text: str, praising: bool, rng: np.random.Generator) -> str:
        while "(" in text:
            text = _CHOICE.sub(lambda choice: str(rng.choice(choice[1].split("|"))), text)
        plural = False

        def place(match: re.Match[str]) -> str:
            nonlocal plural
            other, name = bool(match[1]), match[2]
            if name == "it":
                plural = rng.random() < 0.12
                return self._subject(plural, rng)
            if name == "has":
                return str(rng.choice(["have", "had"] if plural else ["has", "had"]))
            name = _PLURAL.get(name, name) if plural else name
            side = "+" if praising != other else "-"
            if name == "do" and plural:
                return str(rng.choice(self.words[f"do{side}"]))
            return str(rng.choice(self.words[name] if name in self.words else self.words[f"{name}{side}"]))

        filled = _PLACE.sub(place, text)
        if "{" in filled:
            filled = _PLACE.sub(place, filled)
        spaced = _SPACED.sub(lambda space: space[1] or space[2] or " ", filled.strip())
        return _ARTICLE.sub("an ", spaced)

    def _subject(self, plural: bool, rng: np.random.Generator) -> str:
        """What a sentence is about; "it" and "the film" more often than the rest."""
        if plural:
            return f"the {rng.choice(self.words['things'])}"
        kind = rng.random()
        if kind < 0.4:
            return "it"
        which = rng.choice(["the", "the", "this", "that", "his", "her"])
        return f"{which} {rng.choice(self.words['film' if kind < 0.7 else 'part'])}"


def _lines(path: Path) -> Iterator[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return (line for line in lines if line and not line.startswith("#"))


def _words(path: Path) -> Iterator[tuple[str, list[str]]]:
    for line in _lines(path):
        name, listed = line.split(": ", 1)
        yield name, listed.split(", ")


def _patterns(path: Path) -> Iterator[Pattern]:
    for line in _lines(path):
        weight, sign, text = line.split(" ", 2)
        yield Pattern(float(weight), 1 if sign == "+" else -1, text)
