"""What a store of rooms does. Each of these happens whole or not at all, whoever else asks at the same time."""

from dataclasses import dataclass
from typing import Literal, Protocol

Put = Literal["kept", "no room", "other question", "revealed", "full"]
"""What became of an answer."""
Added = Literal["kept", "taken", "full"]
"""What became of a new room: its code may be another's, or there may be too many."""


@dataclass(frozen=True)
class Now:
    """How a room stands.

    Attributes
    ----------
    asking : which question is asked, counted from 1
    answers : how many have answered it
    revealed : whether its answer has been shown, so that no answer is taken any more
    """

    asking: int
    answers: int
    revealed: bool


class Store(Protocol):
    """Rooms by their codes. Questions and answers are bytes that a store does not look into."""

    def reach(self) -> None:
        """Return if it answers, else `Unreachable`."""

    def add(self, code: str, key: bytes, question: bytes, *, life: float, most: int) -> Added:
        """A new room, which ends after ``life`` seconds, unless there are ``most`` already."""

    def count(self) -> int:
        """How many rooms there are."""

    def key(self, code: str) -> bytes | None:
        """What the lecturer's secret is compared with; None where there is no such room."""

    def now(self, code: str) -> Now | None:
        """How it stands; None where there is no such room."""

    def question(self, code: str) -> tuple[Now, bytes] | None:
        """The same, with its question."""

    def ask(self, code: str, question: bytes) -> bool:
        """Ask another question and forget the answers to the one before; False where there is no such room."""

    def put(self, code: str, asking: int, who: str, answer: bytes, *, most: int) -> Put:
        """An answer in place of the same browser's before, unless ``most`` others have answered."""

    def own(self, code: str, who: str) -> bytes | None:
        """What a browser has answered, if it has."""

    def reveal(self, code: str, asking: int) -> bool:
        """Take no more answers to this question; False where it is not the one that is asked."""

    def answers(self, code: str) -> list[bytes]:
        """All answers, in no order that says whose they are."""

    def close(self, code: str) -> None:
        """Forget the room."""
