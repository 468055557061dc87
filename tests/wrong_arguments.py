"""Wrong arguments for any function: each must be refused, in a sentence that helps, and soon.

A `Subject` is a function with arguments that are right. Every argument in turn is replaced by every kind of wrong
value: what is refused must be refused with a ValueError or a TypeError of one line that names the argument and shows no
address; what is not refused must be among what `fits` says the argument takes. `cases` lists them for a test.
"""

import itertools
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import strategies as st

SECONDS = 5
"""How long a refusal may take; most take a thousandth of it."""
LONGEST = 400
"""Characters of a message."""


class Odd:
    """Nothing that any function takes."""


# Functions that make them: an iterator can be used once.
MADE: tuple[Callable[[], Any], ...] = (
    itertools.count,
    lambda: iter("abc"),
    lambda: (number for number in [1, 2]),
)
ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, 3, -1, 10**9, 10**30, -(10**5000), 0.5, 1.5, float("nan"), float("inf"), 1e308, 2j,
    "", "frog", "a\nb", "\0", "x" * 10_000, b"bytes",
    (), [], {}, set(), frozenset({"frog"}), [[]], [None], ["a", "b"], [0, -1], [0.5], [1.5, "a"], [[0.0], [1.0, 2.0]],
    {"frog": 1}, {"hidden_state": None}, range(10**9), range(-3, 0), slice(None), slice("a", "b"), slice(None, None, 0),
    np.zeros(0), np.zeros((0, 0)), np.full(8, 0.5), np.ones((2, 3, 4)), np.array(["a"]), np.array([None]),
    np.float32(0.5), np.int64(7), np.bool_(True), np.array(np.nan), np.zeros(3, complex),
    torch.zeros(0), torch.ones(3, 3, dtype=torch.bool), torch.zeros(2, device="meta"),
    torch.nn.Linear(2, 2), torch.nn.LSTM, torch.float32, Odd(), [Odd()], Odd, len,
    lambda *_: None, Ellipsis, Exception("x"),
)  # fmt: skip


def odd_values() -> Iterator[Any]:
    """Every value that was thought of."""
    yield from ODD
    yield from (make() for make in MADE)


def drawn_values() -> st.SearchStrategy[Any]:
    """Values that nobody thought of."""
    numbers = st.integers() | st.floats() | st.complex_numbers()
    return numbers | st.text(max_size=20) | st.lists(numbers | st.text(max_size=3), max_size=5)


def nothing(value: Any) -> bool:
    """Fits no wrong value."""
    return False


@dataclass(frozen=True)
class Subject:
    """A function, and arguments with which it works.

    Attributes
    ----------
    name : for the list of tests
    call : the function
    right : argument → a value
    fits : argument → whether it takes one of the wrong values all the same
    named : argument → what messages call it, where that is not its own name
    """

    name: str
    call: Callable[..., Any]
    right: Mapping[str, Any]
    fits: Mapping[str, Callable[[Any], bool]] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)


def cases(subjects: Iterable[Subject]) -> list[Any]:
    """Every argument of every subject, as parameters ``subject, argument`` of a test."""
    return [
        pytest.param(subject, argument, id=f"{subject.name}-{argument}")
        for subject in subjects
        for argument in subject.right
    ]


@contextmanager
def _soon() -> Iterator[None]:
    def late(*_: Any) -> None:
        raise AssertionError(f"no answer within {SECONDS} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def check(subject: Subject, argument: str, value: Any) -> None:
    """Fail unless the subject refuses a value for an argument as it should, or may take it."""
    refusal = None
    try:
        with _soon():
            subject.call(**{**subject.right, argument: value})
    except (ValueError, TypeError) as error:
        refusal = error
    except OSError:  # what the system says of a file that is not there
        pass
    if refusal is None:
        assert subject.fits.get(argument, nothing)(value), f"{argument}={value!r} was taken in silence"
        return
    message = str(refusal)
    assert "\n" not in message, f"more than a line: {message}"
    assert " at 0x" not in message, f"an address helps nobody: {message}"
    assert len(message) <= LONGEST, f"{len(message)} characters: {message}"
    name = subject.named.get(argument, argument)
    assert name in message, f"{name} is not named: {type(refusal).__name__}: {message}"


def optional(value: Any) -> bool:
    """Fits arguments that may be left out."""
    return value is None


def is_text(value: Any) -> bool:
    """Fits arguments that take any text."""
    return isinstance(value, str)


def is_number(value: Any) -> bool:
    """Fits arguments that take any one real number."""
    single = not isinstance(value, (bool, np.bool_, str, complex)) and np.ndim(value) == 0
    return single and isinstance(value, (int, float, np.number, np.ndarray)) and not np.iscomplexobj(value)


def whole_from(low: int, high: float = np.inf) -> Callable[[Any], bool]:
    """Fits arguments that take whole numbers within bounds."""

    def fits(value: Any) -> bool:
        whole = isinstance(value, (int, np.integer)) and not isinstance(value, (bool, np.bool_))
        return whole and low <= value <= high

    return fits


def any_of(*fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Fits what any of several does."""
    return lambda value: any(each(value) for each in fits)


def is_itself(value: Any) -> bool:
    """Fits the name of a layer of a module that is one itself, or a list of it."""
    return isinstance(value, (str, list)) and set(value) <= {""}


def no_labels(value: Any) -> bool:
    """Fits labels of one sequence of a batch that has the step numbers."""
    return value is None or (isinstance(value, list) and value == [[]])


def anything(value: Any) -> bool:
    """Fits arguments that are handed on as they are."""
    return True
