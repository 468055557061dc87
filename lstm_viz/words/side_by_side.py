"""Sentences on what several networks say of one text: what each ends with, and where on the way they differ most.

Values that are about the same are not ranked: see `lstm_viz.words.alike`.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lstm_viz.words.alike import alike, apart, told
from lstm_viz.words.answers import probability
from lstm_viz.words.phrases import listing, number, place, quoted

Floats = NDArray[np.floating]


def describe_ends(ends: Mapping[str, float], name: str, *, span: float = 1.0, unit: str = "") -> str:
    """What several networks end with.

    Parameters
    ----------
    ends : network → its last answer
    name : what is answered, such as ``P(positive)``
    span : the range of the answers; see `alike`
    unit : of the values

    Examples
    --------
    >>> describe_ends({"LSTM": 0.17, "GRU": 0.15, "RNN": 0.49}, "P(positive)")
    'At the end, P(positive): RNN 0.49; LSTM 0.17 and GRU 0.15, about the same.'
    """
    return f"At the end, {name}: {told(ends, span, unit)}."


def describe_kinds(ends: Mapping[str, Floats], names: Sequence[str]) -> str:
    """Which class each network ends with, or between which two it wavers.

    Parameters
    ----------
    ends : network → (K,), the probability of each class at the end
    names : K classes, two or more

    Examples
    --------
    >>> describe_kinds({"LSTM": np.array([0.9, 0.1]), "RNN": np.array([0.49, 0.51])}, ["place", "person"])
    'At the end the LSTM says “place” (0.90); the RNN wavers between “person” (0.51) and “place” (0.49).'
    """
    clauses, leaders = [], set()
    for title, row in ends.items():
        first, second = (int(k) for k in np.argsort(-row, kind="stable")[:2])
        told_first = f"{quoted(names[first])} ({probability(row[first])})"
        if alike(float(row[first]), float(row[second])):
            leaders.add(-1)
            clauses.append(
                f"the {title} wavers between {told_first} and {quoted(names[second])} ({probability(row[second])})"
            )
        else:
            leaders.add(first)
            clauses.append(f"the {title} says {told_first}")
    if len(ends) > 1 and len(leaders) == 1 and -1 not in leaders:
        (leader,) = leaders
        shares = listing([f"{title} {probability(row[leader])}" for title, row in ends.items()])
        return f"All end with {quoted(names[leader])}: {shares}."
    return f"At the end {'; '.join(clauses)}."


def describe_way(
    said: Mapping[str, Floats],
    labels: Sequence[str],
    name: str = "",
    *,
    span: float = 1.0,
    unit: str = "",
    ends: bool = True,
) -> str:
    """Where several answers differ most over a text, or that they nowhere do; "" where nothing is left to say.

    Parameters
    ----------
    said : network → (T,), its answer after every step; NaN where it has none
    labels : T token labels
    name : what is answered, where that has not been said
    ends : whether what they end with has been said already
    """
    values = np.stack([np.asarray(line, dtype=np.float64) for line in said.values()])
    gaps = np.where(np.isnan(values).any(axis=0), -1.0, np.ptp(values, axis=0))
    step = int(gaps.argmax())
    if len(said) < 2 or gaps[step] < 0 or (ends and len(labels) == 1):
        return ""
    here = {title: float(line[step]) for title, line in said.items()}
    least, most = min(here.values()), max(here.values())
    if alike(least, most, span):
        most_apart = max(apart(min(column), max(column)) for column in values.T[gaps >= 0].tolist())
        if not most_apart:
            return "At every step they are the same."
        distance = f"{number(most_apart)} {unit}".rstrip()
        return f"At every step they are about the same, at most {distance} apart."
    if ends and step == len(labels) - 1:
        return "Nowhere do they differ more."
    return f"{f'{name} differs' if name else 'They differ'} most at {place(labels, step)}: {told(here, span, unit)}."


def describe_means(given: Mapping[str, Floats]) -> str:
    """What several networks had given to the symbols that came, on average; arrays as `describe_way` takes them."""
    counted = {title: line[~np.isnan(line)] for title, line in given.items()}
    steps = len(next(iter(counted.values())))
    if not steps:
        return "A point is the probability that a cell had given to a character before it came: so far there is one."
    means = told({title: float(line.mean()) for title, line in counted.items()})
    return (
        "Each point is the probability that a cell had given to the character there, one step before it came. On "
        f"average over {steps:,} of them: {means}."
    )
