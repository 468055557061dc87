"""Trained models by name: the one that training ended with, a state on the way there, its numbers in either unit."""

from functools import lru_cache

from lstm_viz import arguments
from lstm_viz.tasks.checkpoints import load_checkpoints
from lstm_viz.tasks.degrees import choices, in_unit
from lstm_viz.tasks.model import Model, shipped_model


def load_model(name: str, cell: str = "lstm", *, degrees: str = "C", checkpoint: int | None = None) -> Model:
    """A trained model. It is loaded once and shared: treat it as read-only.

    Parameters
    ----------
    name : one of `model_names()`
    cell : "lstm", "gru" or "rnn"; for counting and adding also a variant: see `cell_names`
    degrees : of a model that reads temperatures, "C" or "F": in which unit its texts and its answers are written
    checkpoint : after so many training steps, where the model ships with its states on the way; None for the end. Of
        a large vocabulary embeddings on the way are approximate: see `tasks.checkpoints`

    Raises
    ------
    TypeError, ValueError
        for a name, a cell, a unit or a checkpoint that does not exist; the message lists those that do.

    Examples
    --------
    >>> load_model("temperature", degrees="F").task.unit
    '°F'
    """
    model = shipped_model(name, cell)
    if checkpoint is not None:
        checkpoint, states = arguments.whole(checkpoint, "checkpoint"), load_checkpoints(name, cell)
        if checkpoint not in states:
            there = ", ".join(map(str, states)) or "none"
            raise ValueError(
                f"checkpoint: {name} with the cell {cell} has none after {arguments.given(checkpoint)} steps; it has "
                f"{there}"
            )
        model = states[checkpoint]
    arguments.text(degrees, "degrees", "'C' or 'F'")
    if degrees == "C":
        return model
    letters = [letter for letter, _ in choices(model)]
    if degrees not in letters:
        had = f"it has {', '.join(letters)}" if letters else "it reads no temperatures"
        raise ValueError(f"degrees: {name} has no unit {arguments.given(degrees)}; {had}")
    return _in_unit(model, degrees)


@lru_cache(maxsize=32)
def _in_unit(model: Model, letter: str) -> Model:
    return in_unit(model, letter)
