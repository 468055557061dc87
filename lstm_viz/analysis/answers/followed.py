"""Which of the numbers that a network says is followed: drawn as a line, compared, split and ranked."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_viz.tasks import Model


def followed(model: Model, predictions: NDArray[Any]) -> int:
    """The column of a model's predictions that is followed.

    Of a number there is one; of two labels it is the one that stands for yes; of more, the likeliest one at the end.

    Parameters
    ----------
    predictions : (labels,), or (T, labels), of which the last row counts
    """
    if not model.task.is_classifier:
        return 0
    if len(model.labels) == 2:
        return model.task.favoured
    return int(np.atleast_2d(predictions)[-1].argmax())
