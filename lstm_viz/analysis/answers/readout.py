"""What a model says, as one number that is linear in its last hidden state, so that it can be split and ranked."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.analysis.answers.followed import followed
from lstm_viz.tasks import Model
from lstm_viz.trace import Array


@dataclass(frozen=True, eq=False)
class Readout:
    """One number that a model says: the log-odds of one label against another, or what a regressor predicts.

    Attributes
    ----------
    title : what the number is
    shown : what the prediction is called, such as ``P(positive)``
    column : of the model's predictions, that is shown
    high, low : what a large and a small number speak for
    unit : of the number, "" for log-odds
    weights, bias : (H,) and a number: ``weights · h_t + bias`` is the number after step t
    """

    title: str
    shown: str
    column: int
    high: str
    low: str
    unit: str
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
    task, labels = model.task, model.labels
    if not task.is_classifier:
        name = labels[0]
        weights, bias = _coefficients(model, lambda answers: answers[..., 0])
        return Readout(f"prediction “{name}”", name.capitalize(), 0, "more", "less", task.unit, weights, bias)
    first = followed(model, predictions)
    second = next(k for k in np.argsort(-predictions, kind="stable").tolist() if k != first)
    weights, bias = _coefficients(model, lambda answers: np.log(answers[..., first] / answers[..., second]))
    high, low = (task.reader.show(labels[k]) for k in (first, second))
    return Readout(f"log-odds of {high} against {low}", f"P({high})", first, high, low, "", weights, bias)


def _coefficients(model: Model, measure: Any) -> tuple[NDArray[np.float64], float]:
    head = model.network.head
    outputs = head.out_features
    at_zero = measure(model.task.answers(np.zeros((1, outputs))))[0]
    slopes = measure(model.task.answers(np.eye(outputs))) - at_zero
    weight, bias = (part.detach().numpy().astype(np.float64) for part in (head.weight, head.bias))
    return slopes @ weight, float(slopes @ bias + at_zero)
