"""A sentence on what the model answers after every step."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.words.alike import alike
from lstm_viz.words.phrases import number, place


def describe_prediction(
    values: NDArray[Any], labels: Sequence[str], name: str, *, unit: str = "", span: float = 0.0
) -> str:
    """Where a prediction starts, at which step it moves most, and where it ends.

    Parameters
    ----------
    values : (T,), the prediction after every step
    labels : T token labels
    name : what is predicted, such as ``P(positive)``
    unit : of the values, such as ``°C``
    span : the range of such values, by which small moves are told from large ones; 0 where it is not known

    Examples
    --------
    >>> describe_prediction(np.array([0.5, 0.8, 0.2, 0.1]), ["a", "good", "not", "film"], "P(positive)")
    'P(positive) is 0.50 after “a”, makes its largest move at “not” (0.80 → 0.20) and ends at 0.10.'
    """
    values = np.asarray(values, dtype=np.float64)
    if values.shape != (len(labels),):
        raise ValueError(f"values: shape {values.shape}, expected ({len(labels)},), one a label")
    shown = [f"{number(value)} {unit}".rstrip() for value in values]
    if len(values) == 1:
        return f"{name} is {shown[0]} after {place(labels, 0)}, the only step."
    if len(set(shown)) == 1:
        return f"{name} stays at {shown[0]} throughout."
    if len(values) == 2:
        return f"{name} is {shown[0]} after {place(labels, 0)} and {shown[1]} after {place(labels, 1)}."
    step = int(np.abs(np.diff(values)).argmax()) + 1
    if alike(values.min(), values.max(), span):
        low, high = (f"{number(end)} {unit}".rstrip() for end in (values.min(), values.max()))
        return f"{name} hardly moves: it stays between {low} and {high}, and ends at {shown[-1]}."
    if shown[step - 1] == shown[step]:
        return f"{name} is {shown[0]} after {place(labels, 0)}, drifts without a leap and ends at {shown[-1]}."
    return (
        f"{name} is {shown[0]} after {place(labels, 0)}, makes its largest move at {place(labels, step)} "
        f"({shown[step - 1]} → {shown[step]}) and ends at {shown[-1]}."
    )
