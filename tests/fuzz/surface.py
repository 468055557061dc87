"""What every surface says of itself: how a case is made, and what is done with it."""

import random
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Case:
    """One input.

    Attributes
    ----------
    kind : what it is, in a few words, for the table
    given : bytes, a text, or a plain value as JSON has them
    """

    kind: str
    given: Any


class Surface(ABC):
    """Something that takes input.

    Attributes
    ----------
    title : for the table
    """

    title: str

    def begin(self) -> None:
        """Make and load what all cases need, and put something good to it, once a process."""
        return

    def end(self) -> None:
        """Give back what `begin` took."""
        return

    @abstractmethod
    def case(self, draw: random.Random) -> Case:
        """An input; the same draw makes the same one."""

    @abstractmethod
    def attempt(self, given: Any) -> str:
        """Do what the app does with an input: "" where it was taken, or the sentence with which it was refused.

        Whatever this raises is a finding; so is a sentence that is none.
        """

    def clock(self) -> float:
        """Seconds of processor time so far."""
        return time.process_time()
