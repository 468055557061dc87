"""Rooms in the memory of one process, shared by the sessions and requests that its threads serve."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from lstm_viz.rooms.store import Added, Now, Put


@dataclass
class _Room:
    key: bytes
    question: bytes
    ends: float
    asking: int = 1
    revealed: bool = False
    answers: dict[str, bytes] = field(default_factory=dict)

    @property
    def now(self) -> Now:
        return Now(self.asking, len(self.answers), self.revealed)


class Memory:
    """See `Store`.

    Parameters
    ----------
    clock : seconds, from any beginning on
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._rooms: dict[str, _Room] = {}

    def reach(self) -> None:
        """See `Store`."""

    def add(self, code: str, key: bytes, question: bytes, *, life: float, most: int) -> Added:
        """See `Store`."""
        with self._lock:
            self._forget_ended()
            if code in self._rooms:
                return "taken"
            if len(self._rooms) >= most:
                return "full"
            self._rooms[code] = _Room(key, question, self._clock() + life)
            return "kept"

    def count(self) -> int:
        """See `Store`."""
        with self._lock:
            self._forget_ended()
            return len(self._rooms)

    def key(self, code: str) -> bytes | None:
        """See `Store`."""
        with self._lock:
            return room.key if (room := self._find(code)) else None

    def now(self, code: str) -> Now | None:
        """See `Store`."""
        with self._lock:
            return room.now if (room := self._find(code)) else None

    def question(self, code: str) -> tuple[Now, bytes] | None:
        """See `Store`."""
        with self._lock:
            return (room.now, room.question) if (room := self._find(code)) else None

    def ask(self, code: str, question: bytes) -> bool:
        """See `Store`."""
        with self._lock:
            if not (room := self._find(code)):
                return False
            room.question, room.asking, room.revealed, room.answers = question, room.asking + 1, False, {}
            return True

    def put(self, code: str, asking: int, who: str, answer: bytes, *, most: int) -> Put:
        """See `Store`."""
        with self._lock:
            if not (room := self._find(code)):
                return "no room"
            if room.asking != asking:
                return "other question"
            if room.revealed:
                return "revealed"
            if who not in room.answers and len(room.answers) >= most:
                return "full"
            room.answers[who] = answer
            return "kept"

    def own(self, code: str, who: str) -> bytes | None:
        """See `Store`."""
        with self._lock:
            return room.answers.get(who) if (room := self._find(code)) else None

    def reveal(self, code: str, asking: int) -> bool:
        """See `Store`."""
        with self._lock:
            if not (room := self._find(code)) or room.asking != asking:
                return False
            room.revealed = True
            return True

    def answers(self, code: str) -> list[bytes]:
        """See `Store`."""
        with self._lock:
            return sorted(room.answers.values()) if (room := self._find(code)) else []

    def close(self, code: str) -> None:
        """See `Store`."""
        with self._lock:
            self._rooms.pop(code, None)

    def _find(self, code: str) -> _Room | None:
        self._forget_ended()
        return self._rooms.get(code)

    def _forget_ended(self) -> None:
        now = self._clock()
        for code in [code for code, room in self._rooms.items() if room.ends <= now]:
            del self._rooms[code]
