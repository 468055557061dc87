"""How far a network's answers are from the truth, over one made sequence and at the end of sequences of one length."""

import numpy as np
import torch
from numpy.typing import NDArray

from lstm_viz.analysis.answers.followed import followed
from lstm_viz.tasks import Model
from lstm_viz.tasks.made import made_text

Floats = NDArray[np.floating]

SEQUENCES = 20
"""How many sequences an error by length is the mean of."""
WRONG = {"adding": 0.1, "counting": 0.5, "parity": 0.5}
"""An answer this far from the truth is wrong: for the sum, a tenth; for a probability, on the wrong side of even."""
BROKEN = WRONG | {"parity": 0.25}
"""A mean error above this breaks a network: of parity, half of what guessing brings on many strings."""


def truth(model: Model, text: str) -> Floats:
    """The right answer after every step of a made input, (T,): the best guess at the sum, or the followed label's."""
    tokens = model.task.tokenize(text)
    if model.task.right is not None:
        yes = model.labels[model.task.favoured]
        return np.array([float(label == yes) for label in model.task.right(tokens)])
    if model.task.is_classifier:
        right = np.zeros(len(tokens))
        right[-1] = 1
        return right
    return best_guess(np.asarray(model.task.reader.encode(tokens, ()), dtype=float))


def best_guess(inputs: Floats) -> Floats:
    """(T, 2) numbers and marks → what can be known of the sum after every step: 0.5 for a number yet to be marked."""
    marked, seen = (inputs[:, 0] * inputs[:, 1]).cumsum(), inputs[:, 1].cumsum()
    return np.asarray(marked + 0.5 * np.maximum(0, 2 - seen))


def answers(model: Model, text: str) -> Floats:
    """The followed answer after every step, (T,)."""
    # Only the answers are wanted, so the network itself runs, without a trace of its gates.
    encoded = torch.from_numpy(model.task.reader.encode(model.task.tokenize(text), model.vocabulary))
    with torch.no_grad():
        raw = model.network(encoded[None])[0].numpy()
    said = model.task.answers(raw)
    return np.asarray(said[:, followed(model, said)])


def mean_error(model: Model, length: int) -> float:
    """Mean error at the end of sequences of one length."""
    if model.task.right is not None:
        texts = [made_text(model.task.name, length, seed) for seed in range(SEQUENCES)]
        return float(np.mean([abs(answers(model, text)[-1] - truth(model, text)[-1]) for text in texts]))
    if model.task.is_classifier:
        text = made_text(model.task.name, length)
        # One of the two steps is right for a network that always says the same.
        return float(np.abs(answers(model, text) - truth(model, text))[-2:].max())
    rng = np.random.default_rng(length)
    values, marks = rng.random((SEQUENCES, length)), np.zeros((SEQUENCES, length))
    places = rng.random((SEQUENCES, length)).argsort(axis=1)[:, :2]
    np.put_along_axis(marks, places, 1, axis=1)
    with torch.no_grad():
        inputs = torch.tensor(np.stack([values, marks], axis=-1), dtype=torch.float32)
        guesses = model.network(inputs)[:, -1, 0].numpy()
    return float(np.abs(guesses - (values * marks).sum(axis=1)).mean())
