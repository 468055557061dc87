"""The addresses of a training: news, states, files and what it can be told, and that nobody has another's."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from starlette.applications import Starlette

from lstm_viz.learning import Course, Plan
from lstm_viz.ui.bridge import training_news, training_room
from lstm_viz.ui.bridge.payload import unpack
from lstm_viz.ui.courses import Training
from lstm_viz.ui.share import Share
from lstm_viz.ui.trainings import Trainings
from lstm_viz.ui.way import Way
from tests.apart import run_apart

JSON = {"content-type": "application/json"}
RNN = Plan(cell="rnn", units=2, length=6, updates=40)


class Answer:
    """What came back."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    @property
    def told(self) -> Any:
        """Its JSON."""
        return json.loads(self.body)

    @property
    def news(self) -> Any:
        """Its header and arrays."""
        return unpack(self.body)


def ask(path: str, body: Any = None, *, headers: dict[str, str] | None = None, base: str = "") -> Answer:
    """Send a request through the app's routes; a body that is not bytes goes as JSON."""
    app = Starlette(routes=training_room.routes(base))
    sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    path, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": "GET" if body is None else "POST",
        "path": f"{base}/{path}",
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in (JSON if headers is None else headers).items()],
        "client": ("10.0.0.7", 1),
        "server": ("any.host", 80),
        "scheme": "http",
        "http_version": "1.1",
    }
    parts: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": sent, "more_body": False}

    async def send(message: Any) -> None:
        parts.append(message)

    run_apart(app(scope, receive, send))
    start = {name.decode(): value.decode() for name, value in parts[0]["headers"]}
    return Answer(parts[0]["status"], start, b"".join(part.get("body", b"") for part in parts[1:]))


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Trainings]:
    """Trainings of which one is trained by whoever calls `turn`."""
    room = Trainings(share=Share(way=Way()), threaded=False)
    monkeypatch.setattr(training_room, "TRAININGS", room)
    monkeypatch.setattr(training_room, "WAITS", 0.05)
    yield room
    room.close()


def trained(room: Trainings, training: Training, updates: int) -> None:
    while training.news[0].update < updates:
        room.look(training)
        assert room.turn()


def test_news_of_a_race_bring_weights_curves_and_sentences(room: Trainings) -> None:
    plans = Plan(units=3, length=6, updates=60), Plan(units=3, length=6, updates=60, forget_bias=4.0)
    training = room.begin([Course(each) for each in plans])
    trained(room, training, 8)
    answer = ask(f"{training_room.address(training)}/news")
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    header, arrays = answer.news
    assert (header["state"], header["goesOn"]) == ("running", True)
    assert {each["name"] for each in header["charts"]} == {"loss", "score", "norm", "distance"}
    assert {series["label"] for series in header["charts"][0]["series"]} == {
        "LSTM, forget bias 1",
        "LSTM, forget bias 4",
    }
    assert header["ahead"].count("typical error") == 1
    for lane, course in enumerate(training.news):
        for name, part in course.weights.items():
            np.testing.assert_array_equal(arrays[f"{lane}.weight.{name}"], part)
        # One of the two may have had no turn yet.
        reached = f"After {course.update} update" if course.update else "Before the first update"
        assert reached in header["lanes"][lane]["status"]
    later = ask(f"{training_room.address(training)}/news?number={training.number}&state=running").news
    assert "charts" not in later[0], "what the browser has is not sent again"
    assert later[1] == {}
    assert later[0]["status"] == header["status"]


def test_a_training_is_steered_and_goes_back(room: Trainings) -> None:
    plan = replace(RNN, updates=400)  # more than a fast machine does in one turn
    training = room.begin([Course(plan)])
    place = training_room.address(training)
    trained(room, training, 10)
    assert ask(f"{place}/do", {"do": "pause"}, base="/below").status == 200
    assert training.state == "paused"
    header, arrays = ask(f"{place}/state/4").news
    kept = training.courses[0].states[header["lanes"][0]["update"]]
    np.testing.assert_array_equal(arrays["0.weight.head.bias"], kept["head.bias"])
    assert header["lanes"][0]["update"] == 4
    assert ask(f"{place}/do", {"do": "rewind", "update": 4}).status == 200
    assert ask(f"{place}/do", {"do": "rate", "rate": 0.2}).status == 200
    assert (training.news[0].update, training.news[0].rate) == (4, 0.2)
    assert ask(f"{place}/do", {"do": "go on"}).status == 200
    trained(room, training, plan.updates)
    assert training.state == "finished"
    file = ask(f"{place}/file/0")
    assert file.headers["content-disposition"] == 'attachment; filename="adding-rnn-400.safetensors"'
    again = Course.opened(file.body)
    assert again.update == plan.updates
    for name, part in again.weights().items():
        np.testing.assert_array_equal(part, training.news[0].weights[name])


@pytest.mark.parametrize(
    ("body", "headers", "status", "said"),
    [
        ({"do": "pause"}, {"content-type": "text/plain"}, 415, "application/json"),
        (b"{", None, 400, "no JSON object"),
        ([1], None, 400, "no JSON object"),
        (b" " * 3000, None, 413, "at most 2048 bytes"),
        ({"do": "fly"}, None, 422, "load the page again"),
        ({"do": "rewind"}, None, 422, "load the page again"),
        ({"do": "rewind", "update": True}, None, 422, "load the page again"),
        ({"do": "rate", "rate": float("inf")}, None, 422, "load the page again"),
        ({"do": "rate", "rate": -1}, None, 422, "learning_rate: got -1; expected a number from"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    room: Trainings, body: Any, headers: dict[str, str] | None, status: int, said: str
) -> None:
    training = room.begin([Course(RNN)])
    answer = ask(f"{training_room.address(training)}/do", body, headers=headers)
    assert answer.status == status
    assert said in answer.told["error"]
    assert (training.state, training.news[0].rate) == ("running", RNN.learning_rate)


def test_nobody_sees_or_steers_another_session_s_training(room: Trainings) -> None:
    mine, theirs = room.begin([Course(RNN)]), room.begin([Course(RNN)])
    assert mine.secret != theirs.secret
    for guess in ("", "a", theirs.secret[:-1], theirs.secret.upper(), "../" + theirs.secret):
        for path in ("news", "state/0", "file/0", "state/" + "9" * 5000, "file/" + "9" * 5000):
            assert ask(f"{training_room.PLACE}/{guess}/{path}").status == 404
        assert ask(f"{training_room.PLACE}/{guess}/do", {"do": "stop"}).status == 404
    ask(f"{training_room.address(mine)}/do", {"do": "stop"})
    assert (mine.state, theirs.state) == ("stopped", "running")
    secret = theirs.secret
    room.pause(theirs)
    del theirs
    assert ask(f"{training_room.PLACE}/{secret}/news").told["error"] == training_news.FORGOTTEN
