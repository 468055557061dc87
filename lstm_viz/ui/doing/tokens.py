"""Edits of one token, as edits of the text that it stands in: drop it, replace it, move it.

Each returns the text and where the reader's step is then.
"""

from collections.abc import Callable, Iterable, Sequence

from lstm_viz.tasks.readers import Reading
from lstm_viz.ui.doing.refused import Refused

Read = Callable[[str], Reading]


def drop(reading: Reading, read: Read, step: int) -> tuple[str, int]:
    """The text without one token."""
    text, tokens, (first, last) = reading.text, reading.tokens, reading.spans[step]
    following = reading.spans[step + 1][0] if step + 1 < len(tokens) else last
    # What separates it from the next one goes with it, or where nothing does, what separates it from the one before.
    before = reading.spans[step - 1][1] if step and following == last else first
    cut = text[:before] + text[following:]
    left = (*tokens[:step], *tokens[step + 1 :])
    return _checked([cut], left, read), max(0, min(step, len(left) - 1))


def replace(reading: Reading, read: Read, step: int, new: str) -> tuple[str, int]:
    """The text with one token replaced by what was typed, as it was typed; `Refused` where nothing was."""
    if not str(new).strip() and read(str(new)).tokens == ():
        raise Refused("Type what shall stand in the token’s place; to take it out, drop it.")
    first, last = reading.spans[step]
    return reading.text[:first] + str(new) + reading.text[last:], step


def move(reading: Reading, read: Read, step: int, by: int) -> tuple[str, int]:
    """The text with one token changing places with its neighbour, 1 for the next and −1 for the one before.

    At either end nothing moves.
    """
    other = step + (1 if by > 0 else -1)
    if not (0 <= step < len(reading.tokens) and 0 <= other < len(reading.tokens)):
        return reading.text, step
    low, high = sorted((step, other))
    text, (a, b), (c, d) = reading.text, reading.spans[low], reading.spans[high]
    left, gap, right = text[a:b], text[b:c], text[c:d]
    # A mark that had no space before it brings none to a word that follows it now.
    swapped = [right + gap + left, right + " " + left] if gap else [right + " " + left, right + left]
    head, tail = text[:a], text[d:]
    if not gap and head.endswith(" ") and not right[0].isalnum():
        head, swapped = head.rstrip(" "), [right + " " + left]
    elif gap and low and not head.endswith(" ") and not left[0].isalnum():
        swapped.insert(0, " " + right + left)
    tokens = list(reading.tokens)
    tokens[low], tokens[high] = tokens[high], tokens[low]
    return _checked([head + each + tail for each in swapped], tokens, read), other


def _checked(texts: Iterable[str], tokens: Sequence[str], read: Read) -> str:
    """The first text that gives these tokens, also tried with each token apart; the first one where none does."""
    texts = list(texts)
    for candidate in (*texts, " ".join(tokens), ", ".join(tokens)):
        if read(candidate).tokens == tuple(tokens):
            return candidate
    return texts[0]
