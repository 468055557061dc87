"""What a model says, as one number that is linear in its last hidden state, so that it can be split and ranked."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.answers.followed import followed
from lstm_viz.tasks import Model
from lstm_viz.trace import Array


@dataclass(frozen=True)
class Wording:
    """How such a number is told.

    Attributes
    ----------
    title : what the number is
    shown : what the prediction is called, such as ``P(positive)``
    high, low : what a large and a small number speak for
    unit : of the number, "" for log-odds
    """

    title: str
    shown: str
    high: str
    low: str
    unit: str


def wording(model: Model) -> Wording:
    """How a model's number is told, whatever it says: with ``{high}`` and ``{low}`` where the two labels will stand."""
    if model.task.is_classifier:
        return Wording("log-odds of {high} against {low}", "P({high})", "{high}", "{low}", "")
    name = model.labels[0]
    return Wording(f"prediction “{name}”", name.capitalize(), "more", "less", model.task.unit)


def fill(text: str, labels: Sequence[str]) -> str:
    """A text with two labels in place of ``{high}`` and ``{low}``; as it is where there are none.

    Examples
    --------
    >>> fill("P({high})", ["yes", "no"]), fill("Sum", [])
    ('P(yes)', 'Sum')
    """
    found = dict(zip(("high", "low"), labels, strict=False))
    return re.sub(r"\{(high|low)\}", lambda match: found.get(match[1], match[0]), text)


@dataclass(frozen=True, eq=False)
class Readout(Wording):
    """One number that a model says: the log-odds of one label against another, or what a regressor predicts.

    Attributes
    ----------
    column : of the model's predictions, that is shown
    labels : the two labels as they are shown, the one and the one that it is held against; none for a number
    weights, bias : (H,) and a number: ``weights · h_t + bias`` is the number after step t
    """

    column: int
    labels: tuple[str, ...]
    weights: NDArray[np.float64]
    bias: float

    def score(self, hidden: Array) -> NDArray[np.float64]:
        """The number for hidden states, (…, H) → (…)."""
        return np.asarray(hidden.astype(np.float64) @ self.weights + self.bias)


def readout(model: Model, predictions: NDArray[Any]) -> Readout:
    """The number that tells most about a prediction (labels,): which of two labels, the two likeliest, or the number.

    Log-odds are the logarithm of how many times likelier one label is than the other: 0 where they are equally likely.
    Those of a softmax, and of a sigmoid, are linear in the output layer, so its coefficients follow from its answers
    to a few inputs.
    """
    first = followed(model, predictions)
    if not model.task.is_classifier:
        weights, bias = _coefficients(model, lambda answers: answers[..., first])
        return Readout(**asdict(wording(model)), column=first, labels=(), weights=weights, bias=bias)
    second = next(k for k in np.argsort(-predictions, kind="stable").tolist() if k != first)
    weights, bias = _coefficients(model, lambda answers: np.log(answers[..., first] / answers[..., second]))
    labels = tuple(model.task.reader.show(model.labels[k]) for k in (first, second))
    told = {name: fill(text, labels) for name, text in asdict(wording(model)).items()}
    return Readout(**told, column=first, labels=labels, weights=weights, bias=bias)


def _coefficients(model: Model, measure: Any) -> tuple[NDArray[np.float64], float]:
    weight, bias = (part.astype(np.float64) for part in model.head)
    outputs = len(bias)
    at_zero = measure(model.task.answers(np.zeros((1, outputs))))[0]
    slopes = measure(model.task.answers(np.eye(outputs))) - at_zero
    return slopes @ weight, float(slopes @ bias + at_zero)
