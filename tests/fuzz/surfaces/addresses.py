"""The other addresses: of a training, of the files that browsers fetch, of the app with any header and cookie."""

import json
import random
from typing import Any
from unittest.mock import patch
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute, Route

from lstm_viz.learning import Course, Plan
from lstm_viz.ui.bridge import served, training_room
from lstm_viz.ui.share import Share
from lstm_viz.ui.trainings import Trainings
from tests.fuzz.app_pages import written
from tests.fuzz.asking import Answer, Asker
from tests.fuzz.mutations import SCRAPS, damaged_text, damaged_value, strange
from tests.fuzz.surface import Case, Surface
from tests.fuzz.surfaces.rooms import FINE, HEADERS, JSON

METHODS = ("GET",) * 12 + ("POST", "HEAD", "PUT", "OPTIONS", "X")
TOLD: list[Any] = [
    {"do": "pause"},
    {"do": "go on"},
    {"do": "stop"},
    {"do": "rate", "rate": 0.1},
    {"do": "rewind", "update": 2},
]


def checked(answer: Answer, *, more: tuple[int, ...] = ()) -> str:
    """What an answer says; an error of the server's is raised."""
    if answer.status not in (*FINE, *more):
        raise AssertionError(f"answered {answer.status}: {answer.body[:200]!r}")
    if answer.headers.get("content-type") == "application/json" and answer.status >= 400:
        return str(json.loads(answer.body)["error"])
    return "" if answer.status < 400 else f"{answer.status}"


class Steering(Surface):
    """A training is told things, and asked for what it is."""

    title = "a training’s addresses"

    def begin(self) -> None:
        """One training, which nobody goes on with."""
        self._room = Trainings(share=Share(), threaded=False)
        self._before = {name: vars(training_room)[name] for name in ("TRAININGS", "WAITS")}
        vars(training_room).update(TRAININGS=self._room, WAITS=0.0)
        self._training = self._room.begin([Course(Plan(cell="rnn", units=2, length=6, updates=400))])
        while self._training.news[0].update < 10:
            self._room.turn()
        self._asker = Asker(Starlette(routes=training_room.routes("")))
        for told in TOLD:
            self.attempt(["POST", "/training/$SECRET/do", "", JSON, written(told)])
        self.attempt(["GET", "/training/$SECRET/news", "", [], ""])

    def end(self) -> None:
        """Put back what there was."""
        vars(training_room).update(self._before)
        self._room.close()
        self._asker.close()

    def case(self, draw: random.Random) -> Case:
        """A request."""
        if draw.random() < 0.6:
            told = damaged_value(draw.choice(TOLD), draw, TOLD) if draw.random() < 0.8 else strange(draw)
            body = written(told)
            body = damaged_text(body, draw) if draw.random() < 0.1 else body
            headers = JSON if draw.random() < 0.9 else draw.choice(HEADERS)
            return Case("do", ["POST", self._path("do", draw), "", headers, body])
        name = draw.choice(
            ("news", "state/3", "file/0", f"state/{draw.choice(SCRAPS)[:50]}", f"file/{strange(draw)!s:.60}")
        )
        query = f"number={quote(str(strange(draw))[:200].encode(errors='replace'))}&state=paused"
        return Case(name.partition("/")[0], [draw.choice(METHODS), self._path(name, draw), query, [], ""])

    def attempt(self, given: Any) -> str:
        """Send it."""
        method, path, query, headers, body = given
        path = path.replace("$SECRET", self._training.secret)
        content = body.encode(errors="surrogatepass")
        return checked(self._asker.ask(path, method=method, query=query.encode(), headers=headers, body=content))

    def _path(self, name: str, draw: random.Random) -> str:
        path = f"/training/$SECRET/{name}"
        return path if draw.random() < 0.8 else damaged_text(path, draw)


class Served(Surface):
    """Files, by addresses that are there, nearly there, and nowhere."""

    title = "files for browsers"

    def begin(self) -> None:
        """Everything that ships."""
        self._asker = Asker(Starlette(routes=served.routes("")))
        self._there = sorted(each.address for each in served._shipped())
        for address in self._there:
            if self.attempt(["GET", f"/{address}", [("accept-encoding", "gzip")]]):
                raise AssertionError(f"{address} is not there")

    def end(self) -> None:
        """Give the loop back."""
        self._asker.close()

    def case(self, draw: random.Random) -> Case:
        """An address."""
        if not hasattr(self, "_there"):
            self._there = sorted(each.address for each in served._shipped())
        path = f"/{draw.choice(self._there)}"
        kind = "an address"
        if draw.random() < 0.8:
            kind, path = "an address, damaged", damaged_text(path, draw)
        if draw.random() < 0.2:
            kind, path = "a way out", f"/assets/{'../' * draw.randrange(8)}{draw.choice(SCRAPS)[:500]}"
        return Case(kind, [draw.choice(METHODS), path, [(draw.choice(NAMES), draw.choice(SCRAPS)[:5000])]])

    def attempt(self, given: Any) -> str:
        """Ask for it; what is not listed is not there."""
        method, path, headers = given
        answer = self._asker.ask(path, method=method, headers=headers)
        if answer.status == 200 and method == "GET" and path.lstrip("/") not in self._there:
            raise AssertionError(f"{path!r} is there")
        return checked(answer)


NAMES = (
    *("accept-encoding", "accept", "cookie", "host", "range", "if-none-match", "if-modified-since"),
    *("origin", "referer", "x-forwarded-for", "content-type", "content-length", "sec-fetch-dest", "x" * 500),
)  # fmt: skip
PAGES = [("accept", "text/html"), ("accept", "text/html"), ("sec-fetch-dest", "iframe")]
COOKIES = ("_streamlit_user", "_streamlit_xsrf", "lstm_viz", "a=b; c", ";;;", "=")


class Headers(Surface):
    """What stands around every page of the app, with any header, cookie and query."""

    title = "headers, cookies, themes"

    def begin(self) -> None:
        """The app's own middleware around a page."""

        async def page(request: Any) -> HTMLResponse:
            return HTMLResponse("<!doctype html><title>x</title>")

        # Its log is not begun: that would take what this process prints.
        with patch("lstm_viz.ui.server.start.begin"):
            import app
        routes: list[BaseRoute] = [*app.routes, Route("/{path:path}", page)]
        self._asker = Asker(Starlette(routes=routes, middleware=app.middleware))
        for path in ("/", "/what_if", "/health"):
            self.attempt(["GET", path, "theme=dark", PAGES])

    def end(self) -> None:
        """Give the loop back."""
        self._asker.close()

    def case(self, draw: random.Random) -> Case:
        """A request for a page."""
        path = draw.choice(("/", "/what_if", "/room", "/health", "/metrics", "/assets/x", "/_stcore/health"))
        path = damaged_text(path, draw) if draw.random() < 0.4 else path
        query = draw.choice(("theme=dark", "theme=light&embed=true", "embed_options=dark_theme&theme=light", ""))
        query = damaged_text(query, draw) if draw.random() < 0.7 else query
        named = [(draw.choice(NAMES), draw.choice((*SCRAPS, *COOKIES))) for _ in range(draw.randrange(5))]
        if draw.random() < 0.2:
            named.append(("cookie", "; ".join(f"{k}={each[:100]}" for k, each in enumerate(SCRAPS))))
        return Case(path[:20], [draw.choice(METHODS), path, query, [*named, *draw.sample(PAGES, draw.randrange(3))]])

    def attempt(self, given: Any) -> str:
        """Ask; no header may come back with a line break in it."""
        method, path, query, headers = given
        content = query.encode(errors="replace")
        answer = self._asker.ask(path, method=method, query=content, headers=headers)
        if broken := [name for name, value in answer.headers.items() if "\n" in value or "\r" in value]:
            raise AssertionError(f"{broken} have line breaks")
        checked(answer, more=(204, 304, 307, 501, 503))
        return "" if answer.status < 400 else f"{answer.status}"
