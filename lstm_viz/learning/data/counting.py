"""Strings aⁿbⁿ and strings of brackets, some of them spoilt, and what holds after every symbol."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from lstm_viz.tasks.counting import SYMBOLS


class Batch(NamedTuple):
    """Strings as positions in the vocabulary, (batch, T); what holds after each symbol, (batch, T, 5); real steps."""

    symbols: Tensor
    holds: Tensor
    real: Tensor


def judge(text: str) -> list[list[bool]]:
    """What holds after every symbol: whether the string is complete, and whether a, b, ( and ) may come next.

    A string is aⁿbⁿ with n ≥ 1 or, if it begins with a bracket, brackets that match. Nothing follows a mistake.
    """
    result, mode, count = [], "", 0
    for symbol in text:
        mode, count = _step(mode, count, symbol)
        complete = mode in ("b", "()") and count == 0
        result.append(
            [complete, mode == "a", mode in ("a", "b") and count > 0, mode == "()", mode == "()" and count > 0]
        )
    return result


def _step(mode: str, count: int, symbol: str) -> tuple[str, int]:
    """Where one symbol leads; `mode` is "" at the start, "x" after a mistake, `count` what is still open."""
    if symbol == "a" and mode in ("", "a"):
        return "a", count + 1
    if symbol == "b" and mode in ("a", "b") and count > 0:
        return "b", count - 1
    if symbol == "(" and mode in ("", "()"):
        return "()", count + 1
    if symbol == ")" and mode == "()" and count > 0:
        return "()", count - 1
    return "x", 0


def brackets(rng: np.random.Generator, pairs: int) -> str:
    """A random string of so many pairs of matching brackets; some strings are deep, some are flat."""
    openness = rng.uniform(0.5, 0.9)
    text, left, depth = "", pairs, 0
    while left or depth:
        if left and (depth == 0 or rng.random() < openness):
            text, left, depth = text + "(", left - 1, depth + 1
        else:
            text, depth = text + ")", depth - 1
    return text


def batch(texts: Sequence[str]) -> Batch:
    """Strings, filled up at the end, with what holds after every symbol."""
    size, steps = len(texts), max(map(len, texts))
    symbols, holds = torch.zeros(size, steps, dtype=torch.int64), torch.zeros(size, steps, 1 + len(SYMBOLS))
    for row, text in enumerate(texts):
        symbols[row, : len(text)] = torch.tensor([1 + SYMBOLS.index(symbol) for symbol in text])
        holds[row, : len(text)] = torch.tensor(judge(text), dtype=torch.float32)
    return Batch(symbols, holds, symbols > 0)


def spoil(rng: np.random.Generator, text: str) -> str:
    """The string with one symbol replaced, or with a few too many at the end, or no string of the kind at all."""
    extra = "".join(rng.choice(SYMBOLS, int(rng.integers(1, 6))))
    place = int(rng.integers(0, len(text)))
    more = text[-1] * int(rng.integers(1, 4))
    return str(rng.choice([text[:place] + extra[0] + text[place + 1 :], text + extra, text + more, extra]))
