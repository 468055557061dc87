"""The rules of a room, over any store."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from secrets import token_urlsafe
from typing import Any

from lstm_viz.rooms import predictions
from lstm_viz.rooms.codes import EXAMPLE, new_code, read_code
from lstm_viz.rooms.errors import NoRoom, NotTheLecturer, NotYet, TooLate, TooMany, Wrong
from lstm_viz.rooms.store import Now, Store

LIFE = 3 * 60 * 60.0
"""Seconds after which a room ends, whatever happens in it."""
MOST_ANSWERS = 500
"""Answers in a room."""
MOST_ROOMS = 100
"""Rooms in a store at a time."""
_BROWSER = re.compile(r"[\w-]{16,64}", re.ASCII)


@dataclass(frozen=True)
class Opened:
    """A room that was opened: the code that everybody may see, and the secret that the lecturer alone has."""

    code: str
    secret: str


class Rooms:
    """Rooms in a store. Its errors are `RoomError`, each a sentence.

    Parameters
    ----------
    life : seconds after which a room ends
    most_rooms, most_answers : how many there may be at a time, and in each
    """

    def __init__(
        self,
        store: Store,
        *,
        life: float = LIFE,
        most_rooms: int = MOST_ROOMS,
        most_answers: int = MOST_ANSWERS,
    ) -> None:
        self.store, self.life, self.most_rooms, self.most_answers = store, life, most_rooms, most_answers

    def open(self, asked: Mapping[str, Any], truth: Any) -> Opened:
        """Open a room with its first question.

        Parameters
        ----------
        asked : the question as a browser is given it
        truth : what is so, of a prediction's shape; for a place, the list of those that are right
        """
        question, secret = predictions.question(asked, truth), token_urlsafe(24)
        while True:
            code = new_code()
            added = self.store.add(code, _digest(secret), question, life=self.life, most=self.most_rooms)
            if added == "kept":
                return Opened(code, secret)
            if added == "full":
                message = f"There are {self.most_rooms} rooms open, as many as there may be: try again in a while."
                raise TooMany(message)

    def ask(self, code: str, secret: str, asked: Mapping[str, Any], truth: Any) -> None:
        """Ask another question in a room, in place of the one before."""
        self._check_lecturer(code, secret)
        if not self.store.ask(code, predictions.question(asked, truth)):
            raise _no_room(code)

    def now(self, code: str) -> Now:
        """How a room stands."""
        if not (now := self.store.now(code)):
            raise _no_room(code)
        return now

    def question(self, code: str) -> tuple[Now, dict[str, Any]]:
        """What a room asks: ``asked``, and after the reveal ``truth``."""
        if not (found := self.store.question(code)):
            raise _no_room(code)
        now, question = found
        told = json.loads(question)
        return now, told if now.revealed else {"asked": told["asked"]}

    def answer(self, code: str, asking: int, browser: str, given: Any) -> None:
        """Answer the question that a room asks; a browser's answer takes the place of its last.

        Parameters
        ----------
        asking : which question this answers, as `now` counted it
        browser : what a browser calls itself, by chance
        given : the prediction
        """
        who = _who(code, browser)
        now, told = self.question(code)
        if asking != now.asking:
            raise _asks_another()
        answer = predictions.prediction(told["asked"], given)
        put = self.store.put(code, asking, who, answer, most=self.most_answers)
        if put == "no room":
            raise _no_room(code)
        if put == "other question":
            raise _asks_another()
        if put == "revealed":
            raise TooLate("The answer has been shown, so this came too late to count.")
        if put == "full":
            raise TooMany(f"This room has {self.most_answers} answers, as many as it takes.")

    def own(self, code: str, browser: str) -> Any:
        """What a browser has answered, or None."""
        found = self.store.own(code, _who(code, browser))
        return None if found is None else json.loads(found)

    def reveal(self, code: str, secret: str, asking: int) -> None:
        """Take no more answers, and let what is so be seen."""
        self._check_lecturer(code, secret)
        if not self.store.reveal(code, asking):
            self.now(code)
            raise _asks_another()

    def results(self, code: str, secret: str) -> list[Any]:
        """All answers, after the reveal."""
        self._check_lecturer(code, secret)
        if not self.now(code).revealed:
            raise NotYet("The answers are shown after the reveal.")
        return [json.loads(answer) for answer in self.store.answers(code)]

    def close(self, code: str, secret: str) -> None:
        """Forget a room and all that was in it."""
        self._check_lecturer(code, secret)
        self.store.close(code)

    def _check_lecturer(self, code: str, secret: str) -> None:
        key = self.store.key(code)
        # Compared in either case, so that an answer's time says nothing of the secret.
        right = compare_digest(_digest(secret), key or _digest(""))
        if key is None:
            raise _no_room(code)
        if not right:
            raise NotTheLecturer("Only who opened this room can do that, in the browser that opened it.")


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()


def _who(code: str, browser: object) -> str:
    """A browser in a room: two rooms' answers cannot be told to be the same browser's."""
    if not isinstance(browser, str) or not _BROWSER.fullmatch(browser):
        raise Wrong("The browser did not say which it is: load the page again.")
    return sha256(f"{code} {browser}".encode()).hexdigest()[:32]


def _asks_another() -> TooLate:
    return TooLate("The room asks another question by now.")


def _no_room(code: str) -> NoRoom:
    name = f"room {code}" if read_code(code) else "such room"
    return NoRoom(
        f"There is no {name}: a code has four letters, such as {EXAMPLE}, and is gone once its room is closed."
    )
