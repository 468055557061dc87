"""A sequence of a reader's own: text → inputs. `web/pages/by_hand/sequence.js` reads the same."""

import re
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from lstm_viz.challenges.challenge import Challenge

_NUMBER = re.compile(r"([+-]?(?:\d{1,6}(?:\.\d{0,6})?|\.\d{1,6}))(\*?)")


def tokens(challenge: "Challenge", text: str, longest: int) -> list[str]:
    """What stands for a step each: letters, or numbers with spaces or commas between them; the first `longest`."""
    if challenge.writes == "letters":
        return [letter for letter in text if not letter.isspace()][:longest]
    return [token for token in re.split(r"[\s,;]+", text.replace("−", "-")) if token][:longest]


def inputs_of(challenge: "Challenge", found: list[str]) -> tuple[NDArray[np.float64], str]:
    """The inputs (T, n) of tokens, and the first token that cannot be read, "" for none.

    Letters: a column for each input, which is that letter. Numbers: the number, held to −1 … 1, and whether it is
    marked. What cannot be read counts as 0.
    """
    if challenge.writes == "letters":
        names = list(challenge.inputs)
        return np.array([[float(letter == name) for name in names] for letter in found]).reshape(-1, len(names)), ""
    rows, strange = [], ""
    for token in found:
        match = _NUMBER.fullmatch(token)
        strange = strange or ("" if match else token)
        value = float(match[1]) if match else 0.0
        rows.append([max(-1.0, min(1.0, value)), float(bool(match and match[2]))])
    return np.array(rows).reshape(-1, 2), strange


def written_marked(inputs: NDArray[np.float64]) -> str:
    """Numbers and marks, as text.

    Examples
    --------
    >>> written_marked(np.array([[1.0, 0.0], [-0.25, 1.0]]))
    '1 -0.25*'
    """
    return " ".join(f"{value:g}{'*' if mark else ''}" for value, mark in inputs.tolist())
