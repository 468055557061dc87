"""What was made last is remembered, up to a size for the whole server: a class of hundreds comes back to its texts.

A text that somebody has read comes a few milliseconds sooner to the next who reads the very same. That is all that one
session can learn of another by this, and it takes guessing the whole text.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar
from weakref import finalize

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Remembered:
    """What functions gave last, all of them together up to a size; what was asked for longest ago goes first.

    Parameters
    ----------
    most : the sum of the sizes that is kept, in whatever unit the functions' sizes have
    """

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self._kept: OrderedDict[tuple[object, Hashable], tuple[Any, int]] = OrderedDict()
        self._gone: list[object] = []
        self._turn = Lock()

    def by(self, owner: object, make: Callable[[Key], Value], size: Callable[[Value], int]) -> Callable[[Key], Value]:
        """A function that makes anew only what is no longer remembered.

        Parameters
        ----------
        owner : with which all that the function gave is forgotten
        make : key → value; it must not hold its owner
        size : of a value
        """
        mark = object()
        finalize(owner, self._leave, mark)

        def remembering(key: Key) -> Value:
            place = (mark, key)
            with self._turn:
                if place in self._kept:
                    self._kept.move_to_end(place)
                    value: Value = self._kept[place][0]
                    return value
            value = make(key)
            self._keep(place, value, size(value))
            return value

        return remembering

    def _leave(self, mark: object) -> None:
        """Forget what an owner's functions gave, or note it: an owner can go in the middle of any of this."""
        self._gone.append(mark)
        if self._turn.acquire(blocking=False):
            try:
                self._forget_gone()
            finally:
                self._turn.release()

    def _forget_gone(self) -> None:
        while self._gone:
            mark = self._gone.pop()
            for other in [each for each in self._kept if each[0] is mark]:
                self._drop(other)

    def _keep(self, place: tuple[object, Hashable], value: object, size: int) -> None:
        with self._turn:
            self._forget_gone()
            self._drop(place)
            self._kept[place] = (value, size)
            self.size += size
            while self.size > self.most:
                self._drop(next(iter(self._kept)))

    def _drop(self, place: tuple[object, Hashable]) -> None:
        _, size = self._kept.pop(place, (None, 0))
        self.size -= size
