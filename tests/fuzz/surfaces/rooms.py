"""A show of hands, as telephones and a lecturer's page ask it, and as nobody should."""

import json
import random
from contextlib import suppress
from typing import Any

from starlette.applications import Starlette

from lstm_viz.rooms import Memory, RoomError, Rooms
from lstm_viz.rooms.pace import Pace
from lstm_viz.ui.bridge import rooms as bridge
from tests.fuzz.app_pages import written
from tests.fuzz.asking import Answer, Asker
from tests.fuzz.mutations import SCRAPS, damaged_text, damaged_value, strange
from tests.fuzz.surface import Case, Surface
from tests.rooms.questions import KINDS, RIGHT, TRUTH

TOLD: dict[str, dict[str, Any]] = {
    "answer": {"asking": 1, "browser": "browser-of-a-phone", "prediction": 1},
    "own": {"browser": "browser-of-a-phone"},
    "reveal": {"secret": "$SECRET", "asking": 1},
    "results": {"secret": "$SECRET"},
    "close": {"secret": "$SECRET"},
    "picture": {"address": "https://any.host/room/$CODE"},
}
"""What each address is told; a room's own code and secret stand where these are named."""
JSON = [("content-type", "application/json")]
HEADERS = [JSON, [], [("content-type", "text/plain")], [("content-type", "application/json; charset=\ud800")]]
FINE = (200, 307, 400, 403, 404, 405, 409, 413, 415, 422, 429)
"""What may come back; everything else is an error of the server's."""


class ShowOfHands(Surface):
    """See the module."""

    title = "rooms and telephones"

    def begin(self) -> None:
        """Rooms of every kind of question, without a pace."""
        self._before = {name: vars(bridge)[name] for name in ("rooms", "PACE")}
        self._rooms = Rooms(Memory())
        vars(bridge).update(rooms=lambda: self._rooms, PACE=Pace(1e9, 1e9))
        self._asker = Asker(Starlette(routes=bridge.routes("")))
        for number in range(len(KINDS)):
            self.attempt([number, [["GET", "/room/$CODE/question", [], ""]]])

    def end(self) -> None:
        """Put back what there was."""
        vars(bridge).update(self._before)
        self._asker.close()

    def case(self, draw: random.Random) -> Case:
        """A room's question, and up to four requests to it."""
        asked = draw.randrange(len(KINDS))
        wanted = [self._request(asked, draw) for _ in range(draw.randint(1, 4))]
        return Case(f"{wanted[-1][0]} {wanted[-1][1].rpartition('/')[2][:12]}", [asked, wanted])

    def attempt(self, given: Any) -> str:
        """Open a room, and send the requests."""
        number, wanted = given
        opened = self._rooms.open(KINDS[number], TRUTH[KINDS[number]["kind"]])
        said: list[str] = []
        try:
            for method, path, headers, body in wanted:
                path, body = (self._named(each, opened) for each in (path, body))
                content = body.encode(errors="surrogatepass")
                answer = self._asker.ask(path, method=method, headers=headers, body=content, cut=len(content) % 97 == 5)
                said += self._checked(answer, method)
        finally:
            with suppress(RoomError):  # where a request has closed it
                self._rooms.close(opened.code, opened.secret)
        return " ".join(said)

    def _checked(self, answer: Answer, method: str) -> list[str]:
        if answer.status not in FINE:
            raise AssertionError(f"answered {answer.status}: {answer.body[:200]!r}")
        if answer.headers.get("content-type", "") != "application/json" or method == "HEAD":
            return []
        told = json.loads(answer.body, parse_constant=_none)
        return [told["error"]] if isinstance(told, dict) and "error" in told else []

    def _request(self, asked: int, draw: random.Random) -> list[Any]:
        if draw.random() < 0.2:
            path = draw.choice(("/room", "/room/", "/room/$CODE", "/room/$CODE/now", "/room/$CODE/question"))
            return ["GET", damaged_text(path, draw) if draw.random() < 0.5 else path, [], ""]
        name, told = draw.choice(list(TOLD.items()))
        if name == "answer":
            told = {**told, "prediction": draw.choice(RIGHT[min(asked, len(RIGHT) - 1)][1])}
        code = "$CODE" if draw.random() < 0.8 else draw.choice(SCRAPS)[:40]
        body = written(told if draw.random() < 0.2 else damaged_value(told, draw, list(TOLD.values())))
        if draw.random() < 0.15:
            body = damaged_text(body, draw)
        if draw.random() < 0.1:
            body = written(strange(draw))
        headers = JSON if draw.random() < 0.9 else draw.choice(HEADERS)
        method = draw.choices(("POST", "GET", "HEAD", "PUT", "DELETE", "X"), (40, 1, 1, 1, 1, 1))[0]
        return [method, f"/room/{code}/{name}", headers, body]

    def _named(self, text: str, opened: Any) -> str:
        return text.replace("$CODE", opened.code).replace("$SECRET", opened.secret)


def _none(name: str) -> None:
    raise AssertionError(f"{name} is no JSON for a browser")
