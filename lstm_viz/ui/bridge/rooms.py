"""The addresses of a show of hands: the telephone's page, and the JSON that it and the lecturer's page talk in.

Questions are asked by the lessons page, in Python; here they are answered. A body is JSON and small, every answer is
JSON, and every refusal is ``{"error": a sentence}``. Nothing is logged, and nothing may be read by another site's page.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from lstm_viz.rooms import NoRoom, NotTheLecturer, NotYet, RoomError, Rooms, TooLate, TooMany, Unreachable, Wrong
from lstm_viz.rooms.codes import read_code
from lstm_viz.rooms.here import rooms
from lstm_viz.rooms.pace import Pace
from lstm_viz.ui.bridge import room_page
from lstm_viz.ui.bridge.room_words import came_of
from lstm_viz.ui.server import metrics

PLACE = "room"
"""Where all of this is, from the app's own address on."""
LARGEST = 8192
"""Bytes of a body."""
STATUS: Mapping[type[RoomError], int] = {
    NoRoom: 404,
    NotTheLecturer: 403,
    NotYet: 409,
    TooLate: 409,
    TooMany: 409,
    Wrong: 422,
    Unreachable: 503,
}
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
AT_ONCE, A_SECOND = 3000, 500
"""Requests from one address, at most: a class of 500 may be behind one."""
PACE = Pace(AT_ONCE, A_SECOND)
TOO_FAST = "Too much was asked from here in a short time: wait a minute and try again."

Told = Mapping[str, Any]


def _now(rooms: Rooms, code: str, told: Told) -> Any:
    now = rooms.now(code)
    return {"asking": now.asking, "answers": now.answers, "revealed": now.revealed}


def _question(rooms: Rooms, code: str, told: Told) -> Any:
    now, question = rooms.question(code)
    return {"asking": now.asking, "revealed": now.revealed, **question}


def _answer(rooms: Rooms, code: str, told: Told) -> Any:
    rooms.answer(code, _count(told), _text(told, "browser"), told.get("prediction"))
    return _now(rooms, code, told)


def _own(rooms: Rooms, code: str, told: Told) -> Any:
    """What a browser has answered, and after the reveal what came of that."""
    _, question = rooms.question(code)
    prediction = rooms.own(code, _text(told, "browser"))
    if prediction is None or "truth" not in question:
        return {"prediction": prediction}
    return {"prediction": prediction, **came_of(question["asked"], question["truth"], prediction)._asdict()}


def _reveal(rooms: Rooms, code: str, told: Told) -> Any:
    rooms.reveal(code, _text(told, "secret"), _count(told))
    return _now(rooms, code, told)


def _results(rooms: Rooms, code: str, told: Told) -> Any:
    return {"predictions": rooms.results(code, _text(told, "secret")), **_question(rooms, code, told)}


def _close(rooms: Rooms, code: str, told: Told) -> Any:
    rooms.close(code, _text(told, "secret"))
    return {}


def _picture(rooms: Rooms, code: str, told: Told) -> Any:
    from lstm_viz.rooms.picture import squares

    rooms.now(code)
    return {"squares": squares(_text(told, "address"))}


ASKED: Mapping[str, Callable[[Rooms, str, Told], Any]] = {"now": _now, "question": _question}
"""What can be asked of a room without telling it anything."""
TOLD: Mapping[str, Callable[[Rooms, str, Told], Any]] = {
    "answer": _answer,
    "own": _own,
    "reveal": _reveal,
    "results": _results,
    "close": _close,
    "picture": _picture,
}
"""What a room is told, in a body."""


def _count(told: Told) -> int:
    asking = told.get("asking")
    if type(asking) is not int or not 0 < asking < 2**31:
        raise Wrong("Which question this answers was not said: load the page again.")
    return asking


def _text(told: Told, name: str) -> str:
    text = told.get(name)
    if not isinstance(text, str):
        raise Wrong(f"What was sent lacks its {name}: load the page again.")
    return text


def _endpoint(act: Callable[[Rooms, str, Told], Any], reads: bool) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        asker = request.client.host if request.client else ""
        if not PACE.take(asker):
            return _refused(429, TOO_FAST)
        told: Told = {}
        if reads:
            if request.headers.get("Content-Type", "").partition(";")[0].strip() != "application/json":
                return _refused(415, "A room is told things as JSON, with the type application/json.")
            try:
                body = await _body(request)
            except ClientDisconnect:  # a telephone out of reach; nobody reads what is answered
                return _refused(400, "That was cut off.")
            if body is None:
                return _refused(413, f"That is too long: at most {LARGEST} bytes.")
            if (read := _read(body)) is None:
                return _refused(400, "That is no JSON object.")
            told = read
        code = read_code(request.path_params["code"]) or ""
        try:
            return JSONResponse(await run_in_threadpool(lambda: act(rooms(), code, told)), headers=HEADERS)
        except RoomError as error:
            return _refused(STATUS[type(error)], str(error))

    return answer


def _refused(status: int, sentence: str) -> Response:
    metrics.refused("room")
    return JSONResponse({"error": sentence}, status, HEADERS)


async def _body(request: Request) -> bytes | None:
    """What was sent; None where it is too long."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return None
    return body


def _read(body: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


async def _page(request: Request) -> Response:
    below = request.path_params.get("code") is not None or request.url.path.endswith("/")
    return HTMLResponse(room_page.html("../" if below else ""), headers=HEADERS | room_page.HEADERS)


def routes(base: str) -> list[BaseRoute]:
    """What an app needs for a show of hands.

    Parameters
    ----------
    base : the path of the app's own address, as Streamlit is told of it; "" for none
    """
    place = "/" + f"{base.strip('/')}/{PLACE}".lstrip("/")
    asked = [Route(f"{place}/{{code}}/{name}", _endpoint(act, False), methods=["GET"]) for name, act in ASKED.items()]
    told = [Route(f"{place}/{{code}}/{name}", _endpoint(act, True), methods=["POST"]) for name, act in TOLD.items()]
    pages = [Route(address, _page, methods=["GET"]) for address in (place, f"{place}/", f"{place}/{{code}}")]
    return [*asked, *told, *pages]
