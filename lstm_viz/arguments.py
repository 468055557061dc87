"""What callers give: read it, or say in one sentence what was given, what was expected and what to do."""

import math
import operator
from collections.abc import Iterable
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

_LONGEST = 60  # characters of a value that an error shows
_SPELLED = ("ndarray", "LSTM", "RNN")  # names that begin with a letter spoken with a vowel


def given(value: Any) -> str:
    """A value as an error shows it: itself where it is short, else its type and, where it has one, its shape.

    Examples
    --------
    >>> given("open"), given(np.zeros(8)), given(object())
    ("'open'", 'an ndarray of shape (8,)', 'an object')
    """
    if isinstance(value, str) and len(value) > _LONGEST:
        return f"{beginning(value, _LONGEST)!r}…"
    kind = a_kind(value)
    shape = getattr(value, "shape", None)
    if isinstance(shape, tuple) and shape:
        return f"{kind} of shape {tuple(shape)}"
    try:
        if not isinstance(value, range) and len(value) > _LONGEST:
            return kind
    except (TypeError, OverflowError):  # it has no length, or one past counting
        pass
    try:
        text = " ".join(repr(value).split())
    except ValueError:  # a whole number of thousands of digits
        return kind
    return text if len(text) <= _LONGEST and " at 0x" not in text else kind


def beginning(value: str, most: int) -> str:
    r"""As much of a text as takes `most` characters in quotation marks: one that is escaped there takes up to ten.

    Examples
    --------
    >>> beginning("forget", 3), beginning("\0gate", 5)
    ('for', '\x00g')
    """
    kept = value[:most]
    while len(repr(kept)) - 2 > most:
        kept = kept[:-1]
    return kept


def a_kind(value: Any) -> str:
    """The name of a value's type, with its article as it is spoken: "a Linear", "an LSTMCell"."""
    kind = type(value).__name__
    return f"{'an' if kind[:1].lower() in 'aeiou' or kind.startswith(_SPELLED) else 'a'} {kind}"


def expect(value: Any, kind: type | tuple[type, ...], name: str, expected: str) -> None:
    """TypeError unless a value is of a type; `expected` says which, and how to get one."""
    if not isinstance(value, kind):
        raise TypeError(f"{name}: got {given(value)}; expected {expected}")


def text(value: Any, name: str, expected: str = "a text") -> str:
    """TypeError unless it is a text."""
    expect(value, str, name, expected)
    return str(value)


def number(value: Any, name: str, expected: str = "one number") -> float:
    """One real number, finite or not, also from NumPy or torch; TypeError for anything else."""
    single = getattr(value, "shape", ()) == () and not isinstance(value, (str, bytes, bool, np.bool_))
    try:
        if single and not isinstance(value, complex):
            return float(value)
    except (TypeError, ValueError, OverflowError, RuntimeError):
        pass
    raise TypeError(f"{name}: got {given(value)}; expected {expected}")


def finite(value: float, name: str, least: float | None = None) -> float:
    """A finite number, no less than one end."""
    expected = "a finite number" + ("" if least is None else f" from {least:g}")
    found = number(value, name, expected)
    if not math.isfinite(found) or (least is not None and found < least):
        raise ValueError(f"{name}: got {found:g}; expected {expected}")
    return found


def positive(value: Any, name: str) -> float:
    """One finite number above 0; ValueError for others."""
    found = number(value, name)
    if not 0 < found < math.inf:
        raise ValueError(f"{name}: got {found:g}; expected a finite number above 0")
    return found


def whole(value: Any, name: str, low: int = 0, high: int | None = None) -> int:
    """One whole number from `low` to `high`; TypeError where it is none, ValueError where it lies outside."""
    bounds = f"a whole number from {low}" + ("" if high is None else f" to {high}")
    try:
        if isinstance(value, (bool, np.bool_)):
            raise TypeError
        found = operator.index(value)
    except TypeError:
        raise TypeError(f"{name}: got {given(value)}; expected {bounds}") from None
    if found < low or (high is not None and found > high):
        raise ValueError(f"{name}: got {given(found)}; expected {bounds}")
    return found


def choice(value: Any, name: str, choices: Iterable[str]) -> str:
    """One of several names; TypeError for what is no text, ValueError, listing them, for another."""
    names = tuple(choices)
    listed = f"one of {', '.join(names)}"
    if text(value, name, listed) not in names:
        raise ValueError(f"{name}: got {given(value)}; expected {listed}")
    return str(value)


def array(value: Any, name: str, shape: tuple[int | None, ...], axes: str) -> NDArray[np.float64]:
    """Finite numbers of a shape, in float64; None stands for any length of at least 1, `axes` names the shape."""
    try:
        if isinstance(value, range):  # it may be longer than any memory
            raise TypeError
        found = np.asarray(value)
        if found.dtype.kind not in "fiu":
            raise TypeError
        found = found.astype(np.float64)
    except (TypeError, ValueError, RuntimeError):
        raise TypeError(f"{name}: got {given(value)}; expected {axes} numbers") from None
    if found.ndim != len(shape) or any(n < 1 if m is None else n != m for n, m in zip(found.shape, shape, strict=True)):
        wanted = axes if None in shape else f"{shape}, {axes}"
        raise ValueError(f"{name}: shape {found.shape}, expected {wanted}")
    if not np.isfinite(found).all():
        raise ValueError(f"{name}: holds {found[~np.isfinite(found)][0]}; expected finite numbers")
    return found


def at_most(values: Any, limit: int, name: str, expected: str) -> tuple[Any, ...]:
    """What is listed, read no further than one past a limit, so that an endless list ends; TypeError for no list."""
    try:
        return tuple(islice(values, limit + 1))
    except TypeError:
        raise TypeError(f"{name}: got {given(values)}; expected {expected}") from None


def indices(where: Any, size: int, name: str, noun: str) -> NDArray[np.intp]:
    """Positions among `size`, from one of them, several, a slice, a truth value for each, or None for all.

    Raises
    ------
    ValueError
        for a position that is no whole number, or that does not exist, and for truth values of another number.

    Examples
    --------
    >>> indices([True, False, True], 3, "clamp", "unit")
    array([0, 2])
    """
    if where is None:
        return np.arange(size)
    expected = f"expected whole numbers from 0 to {size - 1}"
    try:
        if isinstance(where, slice):
            return np.arange(size)[where]
        if isinstance(where, range):  # looked at by its ends: it may be longer than any list
            chosen = np.array([*where[:1], *where[-1:]], dtype=np.int64)
        else:
            endless = isinstance(where, Iterable) and not hasattr(where, "__len__") and not hasattr(where, "shape")
            chosen = np.atleast_1d(np.asarray(list(islice(where, size + 1)) if endless else where))
    except (TypeError, ValueError, OverflowError, RuntimeError):
        raise ValueError(f"{name}: {noun} {given(where)} is not a whole number, nor several; {expected}") from None
    if chosen.dtype == bool and np.ndim(where) == 1 and chosen.size:
        if len(chosen) != size:
            many = "more" if len(chosen) > size else len(chosen)
            raise ValueError(
                f"{name}: {many} truth values for {noun}s, of which there are {size}; expected one for each"
            )
        return np.flatnonzero(chosen)
    if chosen.ndim != 1 or (chosen.size and not np.issubdtype(chosen.dtype, np.integer)):
        raise ValueError(f"{name}: {noun} {given(where)} is not a whole number, nor several; {expected}")
    if (outside := chosen[(chosen < 0) | (chosen >= size)]).size:
        raise ValueError(f"{name}: {noun} {outside[0]} does not exist; there are {size} (0–{size - 1})")
    return np.asarray(where if isinstance(where, range) else chosen, dtype=np.intp)
