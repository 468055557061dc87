"""What a part of the cell was good for, in a sentence: a variant against the LSTM, seed by seed, at two lengths."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lstm_viz.words.phrases import count

Floats = NDArray[np.floating]

CLEAR = 0.8
"""One is better than the other where its median is, and it is with this share of the seeds."""
_WORDS = {1: "better", -1: "worse", 0: "no clear difference"}


@dataclass(frozen=True, eq=False)
class AtLength:
    """Scores at one length.

    Attributes
    ----------
    length : of what is read
    own, lstm : (seeds,), of a cell and of the LSTM, each seed with the same data
    is_error : whether they are errors, or else 1 where a seed gets all right and 0 where not
    """

    length: int
    own: Floats
    lstm: Floats
    is_error: bool

    @property
    def better(self) -> int:
        """With how many seeds the cell is better."""
        return int((self.own < self.lstm).sum() if self.is_error else (self.own > self.lstm).sum())

    @property
    def worse(self) -> int:
        """With how many seeds it is worse."""
        return int((self.own > self.lstm).sum() if self.is_error else (self.own < self.lstm).sum())

    @property
    def verdict(self) -> int:
        """1 for better, −1 for worse, 0 where the seeds do not settle it."""
        enough, ahead = CLEAR * len(self.own), np.mean(self.own) - np.mean(self.lstm)
        if self.is_error:
            ahead = np.median(self.lstm) - np.median(self.own)
        return int(self.better >= enough and ahead > 0) - int(self.worse >= enough and ahead < 0)


def describe_variant(title: str, task: str, unit: str, lengths: Sequence[AtLength]) -> tuple[str, str]:
    """What came of a cell at the trained length and at twice that, against the LSTM, on one task; and its numbers.

    Parameters
    ----------
    title : of the cell
    task : its title
    unit : what a length counts: numbers, or strings of some n
    lengths : the trained one and twice that
    """
    trained, twice = lengths
    first, second = _WORDS[trained.verdict], _WORDS[twice.verdict]
    beside = f"{first} {'than' if trained.verdict else 'from'} the LSTM"
    if trained.verdict == twice.verdict:
        verdict = f"{beside} at the trained length {'and' if trained.verdict else 'or'} at twice that"
    elif not twice.is_error and not twice.own.any() and not twice.lstm.any():
        verdict = f"{beside} at the trained length, and neither gets to twice that"
    else:
        joined = "but" if trained.verdict * twice.verdict < 0 else "and"
        verdict = f"{beside} at the trained length, {joined} {second} at twice that"
    numbers = f"{_numbers(trained, unit)}; {_numbers(twice, unit)}."
    return f"{title} on {task}: {verdict}.", numbers[0].upper() + numbers[1:]


def describe_lstm(task: str, unit: str, lengths: Sequence[AtLength]) -> tuple[str, str]:
    """The same for the LSTM itself, with which all others are compared."""
    trained, twice = (_alone(each, unit) for each in lengths)
    numbers = f"{trained} (the trained length); {twice}."
    return f"The LSTM on {task}: with it all others are compared.", numbers[0].upper() + numbers[1:]


def _numbers(at: AtLength, unit: str) -> str:
    seeds = len(at.own)
    if not at.is_error:
        return (
            f"{unit} up to n = {at.length} are right with {at.own.sum():.0f} of {count(seeds, 'seed')} (LSTM: "
            f"{at.lstm.sum():.0f})"
        )
    own, other = float(np.median(at.own)), float(np.median(at.lstm))
    said = f"on {at.length} {unit} its median error is {own:.3g} against {other:.3g}"
    if own == other:
        return said
    side, seeds_so = ("lower", at.better) if own < other else ("higher", at.worse)
    return f"{said}, {side} with {seeds_so} of {count(seeds, 'seed')}"


def _alone(at: AtLength, unit: str) -> str:
    if at.is_error:
        return f"on {at.length} {unit} its median error is {np.median(at.own):.3g}"
    return f"{unit} up to n = {at.length} are right with {at.own.sum():.0f} of {count(len(at.own), 'seed')}"
