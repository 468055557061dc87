"""Sentences on answers that are numbers: the next one of a series, with a forecast, and the sum of some."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.words.alike import apart
from lstm_viz.words.phrases import count, listing, number, place


def describe_forecast(
    guesses: NDArray[Any],
    actual: NDArray[Any],
    ahead: Sequence[float],
    labels: Sequence[str],
    *,
    unit: str = "",
    noun: str = "step",
) -> str:
    """How far the guesses for the next step miss, beside the rule "as now", and where the forecast goes.

    Parameters
    ----------
    guesses : (T,), after every step, the guess for the next one
    actual : (T,), the series itself
    ahead : guesses for the steps after the last, each made from those before it; at least one
    labels : T token labels
    unit : of the values
    noun : what a step is called

    Examples
    --------
    >>> describe_forecast(np.array([11.0, 13.0]), np.array([10.0, 12.0]), [13.0], ["10", "12"], noun="day")
    'The guess for “12” misses by 1.00; “as the day before” by 2.00. From “12”, the forecast runs to 13.00 in a day.'
    """
    guesses, actual = np.asarray(guesses, dtype=np.float64), np.asarray(actual, dtype=np.float64)
    if guesses.shape != (len(labels),) or actual.shape != guesses.shape:
        raise ValueError(f"guesses, actual: shapes {guesses.shape} and {actual.shape}, expected ({len(labels)},)")
    forecast = f"From {place(labels, len(labels) - 1)}, the forecast runs to {_with(ahead[0], unit)} in a {noun}"
    if len(ahead) > 1:
        forecast += f" and {_with(ahead[-1], unit)} after {count(len(ahead), noun)}"
    if len(guesses) == 1:
        return f"{forecast}."
    missed, still = np.abs(guesses[:-1] - actual[1:]), np.abs(np.diff(actual))
    subject = f"The guess for {place(labels, 1)} misses"
    if len(missed) > 1:
        subject = f"Guesses for the {count(len(missed), noun)} after the first miss, on average,"
    beside = f"“as the {noun} before” by {_with(still.mean(), unit)}"
    return f"{subject} by {_with(missed.mean(), unit)}; {beside}. {forecast}."


def describe_sum(guesses: NDArray[Any], actual: NDArray[Any], marked: Sequence[int], labels: Sequence[str]) -> str:
    """How near the last guess is to the sum of the marked numbers, and how far it moved at each of them.

    Parameters
    ----------
    guesses : (T,), the guess after every step
    actual : (T,), the numbers
    marked : positions of the marked ones
    labels : T token labels

    Examples
    --------
    >>> describe_sum(np.array([0.9, 0.6]), np.array([0.25, 0.5]), [0, 1], ["0.25*", "0.5*"])
    'The marked numbers sum to 0.75; the last guess is 0.60, off by 0.15. The guess moves by −0.30 at “0.5*”.'
    """
    guesses, actual = np.asarray(guesses, dtype=np.float64), np.asarray(actual, dtype=np.float64)
    if guesses.shape != (len(labels),) or actual.shape != guesses.shape:
        raise ValueError(f"guesses, actual: shapes {guesses.shape} and {actual.shape}, expected ({len(labels)},)")
    last = f"the last guess is {number(guesses[-1])}"
    if not len(marked):
        return f"No number is marked; {last}."
    total = float(actual[list(marked)].sum())
    subject = "The marked number is" if len(marked) == 1 else "The marked numbers sum to"
    sentence = f"{subject} {number(total)}; {last}, off by {number(apart(guesses[-1], total))}."
    moves = [f"{number(guesses[step] - guesses[step - 1])} at {place(labels, step)}" for step in marked[:3] if step > 0]
    return f"{sentence} The guess moves by {listing(moves)}." if moves else sentence


def _with(value: float, unit: str) -> str:
    return f"{number(value)} {unit}".rstrip()
