"""What is said to one who waits for a turn."""

from lstm_viz.words.phrases import count

SOON, MINUTE = 5, 60
"""Seconds up to which it is no use to say how many, and from which minutes say it better."""


def describe_turn(before: int, seconds: float | None, what: str = "other") -> str:
    """How many come first, and how long that takes as it was measured.

    Parameters
    ----------
    seconds : None where nothing was measured yet
    what : comes first; one of them

    Examples
    --------
    >>> describe_turn(0, None), describe_turn(2, 12.4)
    ('It is the next to begin.', '2 others come first: about 12 seconds.')
    >>> describe_turn(1, 100.0)
    '1 other comes first: about 2 minutes.'
    """
    first = f"{count(before, what)} come{'s' * (before == 1)} first" if before else "It is the next to begin"
    return f"{first}{'' if seconds is None else f': {about(seconds)}'}."


def about(seconds: float) -> str:
    """A time nobody can know exactly.

    Examples
    --------
    >>> about(1.2), about(31.0), about(90.0)
    ('a few seconds', 'about 31 seconds', 'about 2 minutes')
    """
    if seconds <= SOON:
        return "a few seconds"
    if seconds < MINUTE:
        return f"about {count(round(seconds), 'second')}"
    return f"about {count(-int(-seconds // MINUTE), 'minute')}"
