"""Edits of one token, as edits of the text that it stands in: drop it, replace it, move it.

Each returns the text and where the reader's step is then.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from lstm_viz.tasks.readers import Reading
from lstm_viz.ui.doing.refused import Refused

Read = Callable[[str], Reading]


def drop(reading: Reading, read: Read, step: int) -> tuple[str, int]:
    """The text without one token."""
    text, tokens, spans = reading.text, reading.tokens, reading.spans
    first, last = spans[step]
    left = (*tokens[:step], *tokens[step + 1 :])
    head, before = (text[: spans[step - 1][1]], text[spans[step - 1][1] : first]) if step else (text[:first], "")
    after, tail = (text[last : spans[step + 1][0]], text[spans[step + 1][0] :]) if left[step:] else ("", text[last:])
    # Of what separated it from its neighbours, one part stays. A mark that stood right after it moves up to the word.
    mark_follows = not after and not tail[:1].isalnum()
    gaps = ["", before] if not (step and left[step:]) or mark_follows else [before or after, after, before]
    return _checked([head + gap + tail for gap in (*gaps, " ")], left, read), max(0, min(step, len(left) - 1))


def replace(reading: Reading, read: Read, step: int, new: str) -> tuple[str, int]:
    """The text with one token replaced by what was typed, as it was typed; `Refused` where nothing was.

    Where that would grow together with a neighbour, as in place of the mark in “"good”, a space keeps them apart.
    """
    typed = read(str(new)).tokens
    if not str(new).strip() and typed == ():
        raise Refused("Type what shall stand in the token’s place; to take it out, drop it.")
    first, last = reading.spans[step]
    head, tail, tokens = reading.text[:first], reading.text[last:], reading.tokens
    wanted = (*tokens[:step], *typed, *tokens[step + 1 :])
    texts = [head + each + tail for each in (str(new), f"{new} ", f" {new}", f" {new} ")]
    return next((each for each in texts if read(each).tokens == wanted), texts[0]), step


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
    # A mark that had no space before it brings none to a word that follows it now; where nothing in the whole text
    # stands apart, as symbols do, nothing has to.
    if gap or all(a[1] == b[0] for a, b in pairwise(reading.spans)):
        swapped = [right + gap + left, right + " " + left]
    else:
        swapped = [right + " " + left, right + left]
    head, tail = text[:a], text[d:]
    if not gap and head.endswith(" ") and not right[0].isalnum():
        head, swapped = head.rstrip(" "), [right + " " + left]
    elif gap and low and not head.endswith(" ") and not left[0].isalnum():
        swapped.insert(0, " " + right + left)
    tokens = list(reading.tokens)
    tokens[low], tokens[high] = tokens[high], tokens[low]
    # What would grow together with what is beside it stands apart, as “can” and “not” do without each other.
    swapped += [space + each + end for each in swapped for space, end in (("", " "), (" ", ""), (" ", " "))]
    return _checked([head + each + tail for each in swapped], tokens, read), other


def _checked(texts: Iterable[str], tokens: Sequence[str], read: Read) -> str:
    """The first text that gives these tokens, also tried with each token apart; the first one where none does.

    Of a text past its task's limit more tokens follow, which are not read yet.
    """
    texts = list(texts)
    for candidate in (*texts, " ".join(tokens), ", ".join(tokens)):
        if read(candidate).tokens[: len(tokens)] == tuple(tokens):
            return candidate
    return texts[0]
