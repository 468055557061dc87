"""What was given, in a sentence that says what is wrong with it: never more than a line of it."""

MOST = 100
"""Characters that a sentence quotes of one thing."""


def short(text: str, most: int = MOST) -> str:
    """A text, or its beginning where it has more than so many characters.

    Examples
    --------
    >>> short("forget gate of unit 3", 11)
    'forget gate …'
    """
    return text if len(text) <= most else f"{text[:most].rstrip()} …"
