"""What is pasted or uploaded as a text: a vocabulary, a tokenizer, labels."""

from typing import Any

from lstm_viz.tasks.readers.tokenizer import Tokenizer
from lstm_viz.tasks.readers.vocabulary_file import read_vocabulary

CUTS = {"words": "at spaces, and marks apart", "spaces": "at spaces", "characters": "after every character"}
"""Where a text is cut into the symbols of a vocabulary, in words."""
SINGLE = 0.9
"""Share of symbols of one character from which a vocabulary is taken for one of characters."""


def vocabulary_choices(text: str) -> dict[str, Any]:
    """A vocabulary, and how texts are cut into its symbols; of a ``tokenizer.json`` as it cuts them.

    Raises
    ------
    ValueError
        in a sentence fit for the user.
    """
    symbols = read_vocabulary(text)
    if text.lstrip().startswith("{") and '"model"' in text and '"added_tokens"' in text:
        return {"vocabulary": Tokenizer(text).symbols, "tokenizer": text}
    single = sum(len(symbol) == 1 for symbol in symbols) >= SINGLE * len(symbols)
    return {"vocabulary": symbols, "tokenizer": "characters" if single else "words"}


def read_labels(text: str) -> tuple[str, ...]:
    """Labels, one a line, or with commas between them."""
    lines = [line.strip() for line in text.strip().splitlines()]
    if len(lines) == 1:
        lines = [part.strip() for part in lines[0].split(",")]
    return tuple(line for line in lines if line)
