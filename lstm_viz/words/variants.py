"""What a part of the cell was good for, in a sentence: a variant against the LSTM, seed by seed, at two lengths."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lstm_viz.words.phrases import count

Floats = NDArray[np.floating]

CLEAR = 0.8
"""One is better than the other where its median and its mean are, and it is with this share of the seeds.

The mean is asked for since a cell that fails with one seed is not better, however small its median is.
"""
_WORDS = {1: "better", -1: "worse", 0: "no clear difference"}


@dataclass(frozen=True, eq=False)
class BesideLSTM:
    """A score of a cell and of the LSTM, (seeds,) each; a seed has the same data for both.

    lower_is_better : whether the score is an error
    """

    own: Floats
    lstm: Floats
    lower_is_better: bool

    @property
    def better(self) -> int:
        """With how many seeds the cell is better."""
        return int((self.own < self.lstm).sum() if self.lower_is_better else (self.own > self.lstm).sum())

    @property
    def worse(self) -> int:
        """With how many seeds it is worse."""
        return int((self.own > self.lstm).sum() if self.lower_is_better else (self.own < self.lstm).sum())

    @property
    def gain(self) -> float:
        """By how much its median is better; below 0 for worse."""
        gain = float(np.median(self.own) - np.median(self.lstm))
        return -gain if self.lower_is_better else gain

    @property
    def mean_gain(self) -> float:
        """By how much its mean is better; below 0 for worse."""
        gain = float(self.own.mean() - self.lstm.mean())
        return -gain if self.lower_is_better else gain

    @property
    def by_median(self) -> int:
        """1 for better, −1 for worse, by its median and the seeds alone; 0 where they do not settle it."""
        enough = CLEAR * len(self.own)
        return int(self.better >= enough and self.gain > 0) - int(self.worse >= enough and self.gain < 0)

    @property
    def verdict(self) -> int:
        """1 for better, −1 for worse, 0 where the seeds do not settle it."""
        return self.by_median if self.by_median * self.mean_gain > 0 else 0

    def told(self) -> str:
        """Both medians, with how many seeds one is the larger, and the means where they speak against it."""
        own, lstm = float(np.median(self.own)), float(np.median(self.lstm))
        if own == lstm:
            return f"{own:.3g}, as the LSTM's"
        side, so = ("lower", self.own < self.lstm) if own < lstm else ("higher", self.own > self.lstm)
        said = f"{own:.3g} against {lstm:.3g}, {side} with {so.sum()} of {count(len(so), 'seed')}"
        if self.verdict == self.by_median:
            return said
        return f"{said}, yet its mean is {self.own.mean():.3g} against {self.lstm.mean():.3g}"


def describe_errors(title: str, task: str, errors: Mapping[int, BesideLSTM]) -> tuple[str, str]:
    """How a cell does beside the LSTM on sequences of the trained length and of twice that; and its numbers.

    Parameters
    ----------
    title, task : of the cell and of the task
    errors : length → errors, the trained length first
    """
    parts = [f"on {length} numbers its median error is {each.told()}" for length, each in errors.items()]
    return f"{title} on {task}: {_at_both([*errors.values()], 'at twice that')}.", _sentence(parts)


def describe_shares(title: str, task: str, shares: Mapping[int, BesideLSTM]) -> tuple[str, str]:
    """How often a cell is right beside the LSTM after the trained number of symbols and after many more; the numbers.

    Parameters
    ----------
    title, task : of the cell and of the task
    shares : symbols → shares of strings that are right, the trained length first
    """
    parts = [f"after {length} symbols its median share right is {each.told()}" for length, each in shares.items()]
    return f"{title} on {task}: {_at_both([*shares.values()], f'after {max(shares)} symbols')}.", _sentence(parts)


def _at_both(scores: Sequence[BesideLSTM], there: str) -> str:
    """The verdicts at the trained length and at another, which `there` names."""
    trained, far = scores
    first, second = _WORDS[trained.verdict], _WORDS[far.verdict]
    beside = f"{first} {'than' if trained.verdict else 'from'} the LSTM at the trained length"
    if trained.verdict == far.verdict:
        return f"{beside} {'and' if trained.verdict else 'or'} {there}"
    return f"{beside}, {'but' if trained.verdict * far.verdict < 0 else 'and'} {second} {there}"


def describe_counts(title: str, task: str, longest: BesideLSTM, lengths: tuple[int, int]) -> tuple[str, str]:
    """How far a cell counts beside the LSTM, and how many seeds get to the trained n and to twice that.

    Parameters
    ----------
    title, task : of the cell and of the task
    longest : the last n so far that all strings aⁿbⁿ up to it are judged right
    lengths : the trained n, and twice that
    """
    how = {
        1: "counts further than the LSTM",
        -1: "counts less far than the LSTM",
        0: "no clear difference in how far it counts",
    }
    parts = [f"its median longest n is {longest.told()}"]
    for length, name in zip(lengths, ("the trained n", "twice that"), strict=True):
        own, lstm = (int((each >= length).sum()) for each in (longest.own, longest.lstm))
        parts.append(f"{own} of {count(len(longest.own), 'seed')} get to {name}, {length} (the LSTM: {lstm})")
    return f"{title} on {task}: {how[longest.verdict]}.", _sentence(parts)


def describe_lstm(task: str, scores: Mapping[int, BesideLSTM], *, shares: bool = False) -> tuple[str, str]:
    """The LSTM itself, with which all others are compared.

    Parameters
    ----------
    task : its title
    scores : length → its own, the trained length first
    shares : whether scores are shares of strings; else, where they are no errors, whether a seed is right up to there
    """
    parts = []
    for name, (length, each) in zip(("the trained length", "twice that"), scores.items(), strict=True):
        if each.lower_is_better:
            parts.append(f"on {length} numbers, {name}, its median error is {np.median(each.own):.3g}")
        elif shares:
            after = f", {name}," if not parts else ""
            parts.append(f"after {length} symbols{after} its median share right is {np.median(each.own):.3g}")
        else:
            parts.append(f"{each.own.sum():.0f} of {count(len(each.own), 'seed')} are right up to n = {length}, {name}")
    return f"The LSTM on {task}: with it all others are compared.", _sentence(parts)


def _sentence(parts: list[str]) -> str:
    said = "; ".join(parts)
    return f"{said[0].upper()}{said[1:]}."
