"""The addresses of a training: from there its reader's browser has the news, several times a second, and steers it.

A training is found by a secret that only the session that began it was told, so nobody sees or steers another's. What
is told is JSON and small; news come as `payload.pack` writes them. Every refusal is ``{"error": a sentence}``.
"""

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from lstm_viz.ui.bridge.payload import pack
from lstm_viz.ui.bridge.training_news import FORGOTTEN, news, state
from lstm_viz.ui.courses import Training
from lstm_viz.ui.server import metrics
from lstm_viz.ui.trainings import TRAININGS

PLACE = "training"
"""Where all of this is, from the app's own address on."""
LARGEST = 2048
"""Bytes of a body."""
WAITS = 2.0
"""Seconds that a question for news waits for some: fewer than after which a training rests, and than proxies bear."""
EVERY = 0.02
"""Seconds between two looks whether there is any."""
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
UNKNOWN = "That is nothing that a training can be told: load the page again."


def address(training: Training) -> str:
    """Where it is, from the app's own address on."""
    return f"{PLACE}/{training.secret}"


async def _news(request: Request) -> Response:
    training = TRAININGS.find(request.path_params["secret"])
    if training is None:
        return _refused(404, FORGOTTEN)
    TRAININGS.look(training)
    known, of = request.query_params.get("number", ""), request.query_params.get("state", "")
    give_up = time.monotonic() + WAITS
    while known == str(training.number) and of == training.state and time.monotonic() < give_up:
        await asyncio.sleep(EVERY)
    before, seconds = TRAININGS.before(training), TRAININGS.expected(training)
    header, arrays = news(training, before, seconds, anew=known != str(training.number))
    return Response(pack(header, arrays), media_type="application/octet-stream", headers=HEADERS)


async def _state(request: Request) -> Response:
    """The weights of a kept state."""
    training, update = TRAININGS.find(request.path_params["secret"]), _digits(request.path_params["update"])
    if training is None or update is None:
        return _refused(404, FORGOTTEN)
    found = await run_in_threadpool(state, training, update)
    return Response(pack(*found), media_type="application/octet-stream", headers=HEADERS)


async def _file(request: Request) -> Response:
    """One of its courses as a file."""
    training, lane = TRAININGS.find(request.path_params["secret"]), _digits(request.path_params["lane"])
    if training is None or lane is None or lane >= len(training.courses):
        return _refused(404, FORGOTTEN)

    def saved() -> tuple[str, bytes]:
        with training.lock:
            course: Any = training.courses[lane]
            return f"{course.plan.task}-{course.plan.cell}-{course.update}.safetensors", course.saved()

    name, content = await run_in_threadpool(saved)
    given = HEADERS | {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/octet-stream", headers=given)


def _digits(text: str) -> int | None:
    """A whole number of an address; None for none, or one of more digits than any there can have."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def steer(training: Training, told: Mapping[str, Any]) -> None:
    """Do with a training what its reader asks for; ValueError in a sentence where that cannot be.

    Parameters
    ----------
    told : ``do``: one of `DOES`, and what that needs
    """
    act = DOES.get(str(told.get("do")))
    if act is None:
        raise ValueError(UNKNOWN)
    act(training, told)


def _number(told: Mapping[str, Any], name: str) -> float:
    value = told.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < 1e9:
        raise ValueError(UNKNOWN)
    return value


DOES: Mapping[str, Callable[[Training, Mapping[str, Any]], None]] = {
    "pause": lambda training, told: TRAININGS.pause(training),
    "go on": lambda training, told: TRAININGS.go_on(training),
    "stop": lambda training, told: TRAININGS.stop(training),
    "rate": lambda training, told: TRAININGS.set_rate(training, float(_number(told, "rate"))),
    "rewind": lambda training, told: TRAININGS.rewind(training, int(_number(told, "update"))),
}
"""What a training can be told."""


async def _told(request: Request) -> Response:
    if request.headers.get("Content-Type", "").partition(";")[0].strip() != "application/json":
        return _refused(415, "A training is told things as JSON, with the type application/json.")
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > LARGEST:
                return _refused(413, f"That is too long: at most {LARGEST} bytes.")
        told = json.loads(body)
    except ClientDisconnect:
        return _refused(400, "That was cut off.")
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        return _refused(400, "That is no JSON object.")
    training = TRAININGS.find(request.path_params["secret"])
    if training is None:
        return _refused(404, FORGOTTEN)
    TRAININGS.look(training)
    try:
        await run_in_threadpool(steer, training, told)
    except ValueError as error:
        return _refused(422, str(error))
    return JSONResponse({}, headers=HEADERS)


def _refused(status: int, sentence: str) -> Response:
    if status != 422:  # what a training itself refuses is counted there
        metrics.refused("training")
    return JSONResponse({"error": sentence}, status, HEADERS)


def routes(base: str) -> list[BaseRoute]:
    """What an app needs for trainings.

    Parameters
    ----------
    base : the path of the app's own address, as Streamlit is told of it; "" for none
    """
    place = "/" + f"{base.strip('/')}/{PLACE}".lstrip("/") + "/{secret}"
    return [
        Route(f"{place}/news", _news, methods=["GET"]),
        Route(f"{place}/state/{{update}}", _state, methods=["GET"]),
        Route(f"{place}/file/{{lane}}", _file, methods=["GET"]),
        Route(f"{place}/do", _told, methods=["POST"]),
    ]
