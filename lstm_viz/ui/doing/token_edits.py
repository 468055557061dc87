"""Edits of one token, as edits of the text that it stands in: drop it, replace it, move it."""

from collections.abc import Callable, Sequence

Tokenize = Callable[[str], Sequence[str]]


def drop(text: str, step: int, tokenize: Tokenize) -> str:
    """The text without one token."""
    tokens = list(tokenize(text))
    first, last = _spans(text, tokens)[step]
    cut = text[:first].rstrip(" ") + text[last:] if text[last : last + 1] in (" ", "") else text[:first] + text[last:]
    return _checked([cut.lstrip(" ") if step == 0 else cut], tokens[:step] + tokens[step + 1 :], tokenize)


def replace(text: str, step: int, new: str, tokenize: Tokenize) -> str:
    """The text with one token replaced by what was typed, as it was typed."""
    first, last = _spans(text, list(tokenize(text)))[step]
    return text[:first] + new + text[last:]


def move(text: str, step: int, by: int, tokenize: Tokenize) -> tuple[str, int]:
    """The text with one token changing places with its neighbour, 1 for the next and −1 for the one before.

    Returns the text and where the token is then; at either end nothing moves.
    """
    tokens = list(tokenize(text))
    other = step + by
    if not 0 <= other < len(tokens):
        return text, step
    low, high = sorted((step, other))
    (a, b), (c, d) = (_spans(text, tokens)[k] for k in (low, high))
    swapped = text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]
    tokens[low], tokens[high] = tokens[high], tokens[low]
    return _checked([swapped], tokens, tokenize), other


def _spans(text: str, tokens: Sequence[str]) -> list[tuple[int, int]]:
    """Where each token stands in the text."""
    spans, place = [], 0
    for token in tokens:
        found = text.find(token, place)
        if found < 0:
            # Shown in another form than typed, such as a curly quotation mark: the next mark that can be seen.
            found = next((k for k in range(place, len(text)) if not text[k].isspace()), len(text))
            place = min(found + 1, len(text))
        else:
            place = found + len(token)
        spans.append((found, place))
    return spans


def _checked(texts: list[str], tokens: Sequence[str], tokenize: Tokenize) -> str:
    """The first text that gives these tokens, also tried with each token apart; the first one where none does."""
    for candidate in (*texts, " ".join(tokens), ", ".join(tokens)):
        try:
            if list(tokenize(candidate)) == list(tokens):
                return candidate
        except ValueError:
            continue
    return texts[0]
