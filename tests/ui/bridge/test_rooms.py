"""The addresses of a show of hands: what phones and the lecturer's page are told, and that nothing else can be had."""

import gzip
import json
import random
import re
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette

from lstm_viz.live_page.assets import needed
from lstm_viz.rooms import Memory, Rooms
from lstm_viz.rooms.pace import Pace
from lstm_viz.rooms.shared import Shared
from lstm_viz.ui.bridge import room_page, served
from lstm_viz.ui.bridge import rooms as bridge
from tests.apart import run_apart
from tests.rooms.questions import CHOOSE, DRAW, KINDS, NEVER, NUMBER, TRUTH
from tests.rooms.serving import serving

BROWSER = "browser-of-a-phone"
JSON = {"content-type": "application/json"}


SAID = {
    ("choose", ""): ["“between”", "“above”"],
    ("number", ""): ["0.50", "forget gate of unit 23 at “but”", "0.91", "0.41 higher"],
    ("click", "step"): ["As you said", "“good”"],
    ("click", "unit"): ["unit 1", "nit 2"],
    ("draw", ""): ["0.18", "“not”", "0.50", "0.90", "left open"],
}
"""What is in the sentence on each of the answers below."""


class Answer:
    """What came back."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    @property
    def told(self) -> Any:
        """Its JSON."""
        return json.loads(self.body)


def ask(
    path: str, body: Any = None, *, base: str = "", method: str = "", headers: dict[str, str] | None = None
) -> Answer:
    """Send a request through the app's routes; a body that is not bytes goes as JSON."""
    app = Starlette(routes=bridge.routes(base))
    sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    given = (JSON if body is not None else {}) if headers is None else headers
    scope = {
        "type": "http",
        "method": method or ("GET" if body is None else "POST"),
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
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


@pytest.fixture(autouse=True)
def rooms(monkeypatch: pytest.MonkeyPatch) -> Rooms:
    """Give every test rooms of its own, and as much as it asks for."""
    own = Rooms(Memory())
    monkeypatch.setattr(bridge, "rooms", lambda: own)
    monkeypatch.setattr(bridge, "PACE", Pace(1e9, 1e9))
    return own


@pytest.mark.parametrize("asked", KINDS, ids=lambda asked: f"{asked['kind']} {asked.get('what', '')}")
def test_a_question_its_answers_and_its_reveal(asked: dict[str, Any], rooms: Rooms) -> None:
    truth = TRUTH[asked["kind"]]
    opened = rooms.open(asked, truth)
    place, secret = f"/room/{opened.code}", opened.secret
    prediction = {
        "choose": 1,
        "number": 0.5,
        "click": 1 if asked.get("what") == "unit" else 2,
        "draw": [0.5, None, 0, 1],
    }[asked["kind"]]
    assert ask(f"{place}/now").told == {"asking": 1, "answers": 0, "revealed": False}
    assert ask(f"{place.lower()}/question").told == {"asking": 1, "revealed": False, "asked": asked}
    sent = {"asking": 1, "browser": BROWSER, "prediction": prediction}
    assert ask(f"{place}/answer", sent).told == {"asking": 1, "answers": 1, "revealed": False}
    assert ask(f"{place}/own", {"browser": BROWSER}).told == {"prediction": prediction}
    assert ask(f"{place}/own", {"browser": BROWSER[::-1]}).told == {"prediction": None}
    assert ask(f"{place}/results", {"secret": secret}).status == 409
    assert ask(f"{place}/reveal", {"secret": secret + "x", "asking": 1}).status == 403
    assert ask(f"{place}/reveal", {"secret": secret, "asking": 1}).told == {"asking": 1, "answers": 1, "revealed": True}
    assert ask(f"{place}/question").told == {"asking": 1, "revealed": True, "asked": asked, "truth": truth}
    own = ask(f"{place}/own", {"browser": BROWSER}).told
    assert own["prediction"] == prediction
    assert [each for each in SAID[asked["kind"], asked.get("what", "")] if each not in own["said"]] == []
    assert ask(f"{place}/own", {"browser": BROWSER[::-1]}).told == {"prediction": None}
    assert ask(f"{place}/results", {"secret": secret}).told["predictions"] == [prediction]
    late = ask(f"{place}/answer", sent)
    assert (late.status, late.told) == (409, {"error": "The answer has been shown, so this came too late to count."})
    assert ask(f"{place}/close", {"secret": secret}).told == {}
    assert ask(f"{place}/now").status == 404


def test_the_picture_of_the_address_is_of_this_room(rooms: Rooms) -> None:
    code = rooms.open(CHOOSE, 2).code
    squares = ask(f"/room/{code}/picture", {"address": f"https://any.host/lstm/room/{code}"}).told["squares"]
    assert {len(row) for row in squares} == {len(squares)}
    assert ask(f"/room/{code}/picture", {"address": "https://evil.host/"}).status == 422


def test_the_page_of_a_telephone() -> None:
    """Its files are there by addresses from where it stands, and are few; nothing of another site's is let in."""
    for base in ("", "lstm/viz", "/lstm/viz/"):
        top = "/" + f"{base.strip('/')}/".lstrip("/")
        for path, app in (
            ("room", ""),
            ("room/", "../"),
            ("room/KTRM", "../"),
            ("room/ktrm", "../"),
            ("room/x%27", "../"),
        ):
            page = ask(top + path, base=base)
            assert page.status == 200
            assert page.headers["content-type"].startswith("text/html")
            assert page.body.decode() == room_page.html(app)
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert not re.search(r"(script-src|style-src) [^;]*(unsafe|\*|http)", policy)
    assert page.headers["referrer-policy"] == "no-referrer"
    text = page.body.decode()
    assert not re.search(r"<style|style=|<script(?! type=\"module\" src=)|\bon\w+=", text), (
        "the policy lets none of it in"
    )
    addresses = re.findall(r'(?:href|src)="\.\./([^"]+)"', text)
    there = {file.address: file for file in served.web().values()}
    assert set(addresses) == {there[a].address for a in addresses}
    assert len(set(addresses)) == len(needed(room_page.ENTRY)) + 1
    size = len(gzip.compress(page.body)) + sum(len(there[address].gzipped) for address in set(addresses))
    assert size < 60_000, size


def test_nothing_is_kept_by_a_cache_or_told_to_another_site(rooms: Rooms) -> None:
    opened = rooms.open(CHOOSE, 2)
    place = f"/room/{opened.code}"
    cross = JSON | {"origin": "https://evil.host"}
    for answer in (
        ask(f"{place}/now"),
        ask(f"{place}/question", headers={"origin": "https://evil.host"}),
        ask(f"{place}/own", {"browser": BROWSER}, headers=cross),
        ask("/room/ZZZZ/now"),
        ask(place),
    ):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert "set-cookie" not in answer.headers
    # What a form of another site's page can send without asking first is not JSON.
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        answer = ask(f"{place}/close", {"secret": opened.secret}, headers={"content-type": kind})
        assert answer.status == 415
    assert ask(f"{place}/answer", method="OPTIONS").status == 405
    assert ask(f"{place}/now").status == 200


def test_who_asks_too_much_waits(monkeypatch: pytest.MonkeyPatch, rooms: Rooms) -> None:
    code = rooms.open(CHOOSE, 2).code
    monkeypatch.setattr(bridge, "PACE", Pace(2, 0))
    assert [ask(f"/room/{code}/now").status for _ in range(3)] == [200, 200, 429]
    assert ask(f"/room/{code}/now").told == {"error": bridge.TOO_FAST}


def test_a_store_that_cannot_be_reached_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "rooms", lambda: Rooms(Shared("unix:///nowhere.sock")))
    answer = ask("/room/KTRM/now")
    assert answer.status == 503
    assert "does not answer" in answer.told["error"]


def hostile_bodies(chance: random.Random, secret: str) -> Iterator[Any]:
    """Bodies that no page of ours sends."""
    values = [*NEVER, [[[]]], "\udcff", "x" * 5000, 2**31, -(2**63), {"a": {}}, secret, BROWSER, 1, 0.5]
    for _ in range(60):
        names = chance.sample(("asking", "browser", "prediction", "secret", "address", "code", "__proto__"), 4)
        yield {name: chance.choice(values) for name in names}
    valid = json.dumps({"asking": 1, "browser": BROWSER, "prediction": [0.1, 0.2, 0.3, 0.4]}).encode()
    for _ in range(60):
        cut = bytearray(valid)
        for _ in range(chance.randint(1, 4)):
            cut[chance.randrange(len(cut))] = chance.randrange(256)
        yield bytes(cut[: chance.randint(0, len(cut))])
    yield from (b"[" * 8000, b'{"a":' * 1000, b"1" * 8000, b"x" * 9000, b"null", b"[]", b'"text"', b"\xff\xfe", b"NaN")


def test_no_message_gives_an_error_of_ours_or_another_rooms_data(rooms: Rooms) -> None:
    chance = random.Random(13)
    mine, other = rooms.open(DRAW, TRUTH["draw"]), rooms.open(NUMBER | {"prompt": "of another room"}, 0.123456)
    rooms.answer(other.code, 1, "browser-of-another", 0.654321)
    codes = [
        mine.code,
        mine.code.lower(),
        "",
        "ZZZ",
        "....",
        "%2e%2e",
        "KTRM%00",
        "☃",
        "A" * 2000,
        f"{mine.code}:answers",
    ]
    seen = set()
    for name in (*bridge.TOLD, *bridge.ASKED, "", "state", "../now", "now/now"):
        for body in hostile_bodies(chance, mine.secret):
            answer = ask(
                f"/room/{chance.choice(codes)}/{name}", body, method=chance.choice(["GET", "POST", "POST", "PUT"])
            )
            seen.add(answer.status)
            assert answer.status < 500, (name, body, answer.body)
            for text in (
                b"of another room",
                b"0.123456",
                b"0.654321",
                other.secret.encode(),
                b"Traceback",
                b"lstm_viz:",
            ):
                assert text not in answer.body
            if answer.status >= 400 and answer.headers.get("content-type") == "application/json":
                assert list(answer.told) == ["error"]
                assert re.fullmatch(r"[A-Z].*[.:].*", answer.told["error"])
    assert seen >= {200, 400, 403, 404, 405, 413, 422}
    assert rooms.now(other.code).answers == 1


def test_a_telephone_that_is_cut_off_leaves_no_trace(caplog: pytest.LogCaptureFixture) -> None:
    with serving() as base:
        host, port = base.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as connection:
            kind, size = "Content-Type: application/json", "Content-Length: 500"
            head = f"POST /room/KTRM/answer HTTP/1.1\r\nHost: x\r\n{kind}\r\n{size}\r\n\r\n{{"
            connection.sendall(head.encode())
    # The server has ended, and with it whatever it had to say.
    assert not [each for each in caplog.records if each.levelname == "ERROR"]
