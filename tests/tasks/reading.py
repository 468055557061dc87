"""What the tests of all readers share."""

from lstm_viz.tasks.readers import Reader


def tokens_of(reader: Reader, text: str) -> list[str]:
    """The tokens of a text, without their places."""
    return [token.text for token in reader.cut(text)]
