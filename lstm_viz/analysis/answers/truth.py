"""What the answer should be, where a text itself tells."""

from collections.abc import Sequence

from lstm_viz.tasks import Model
from lstm_viz.tasks.readers import Numbers


def known_answer(model: Model, tokens: Sequence[str]) -> float | None:
    """The sum of the marked numbers, where a network guesses it; None where no text tells the answer.

    Examples
    --------
    >>> from lstm_viz import load_model
    >>> known_answer(load_model("adding"), ["0.5*", "0.25", "0.75*"])
    1.25
    """
    reader = model.task.reader
    if not (isinstance(reader, Numbers) and reader.marks):
        return None
    marked = reader.marked(tokens)
    values = reader.values(tokens)
    return float(sum(values[step] for step in marked)) if marked else None
