"""`/metrics`, where a Prometheus asks, and what is read off at that moment: sessions, jobs, trainings, rooms, memory.

Only whoever reaches the process itself is answered: a request that came through a proxy is not, so that the app's own
address tells the world nothing, however the proxy is set up.
"""

import os
import platform
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import torch
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from streamlit import __version__ as streamlit_version
from streamlit.runtime import Runtime

import lstm_viz
from lstm_viz.rooms.here import rooms
from lstm_viz.ui.bridge import uploads
from lstm_viz.ui.jobs import JOBS
from lstm_viz.ui.server import metrics
from lstm_viz.ui.server.health import HEALTH
from lstm_viz.ui.trainings import TRAININGS

PLACE = "metrics"
PROXIED = ("forwarded", "x-forwarded-for", "x-real-ip")
"""Headers that a proxy adds."""
LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")
"""Where Linux says how much memory a container may have."""


def begin() -> None:
    """Have the gauges read whenever somebody scrapes."""
    if (meters := metrics.counted()) is None:
        return
    meters.read("lstm_viz_info", _versions)
    meters.read("lstm_viz_ready", lambda: float(HEALTH.ready()))
    meters.read("lstm_viz_sessions", _sessions)
    meters.read("lstm_viz_jobs", lambda: {each: float(many) for each, many in JOBS.counts().items()})
    meters.read("lstm_viz_trainings", lambda: {(state,): float(many) for state, many in TRAININGS.counts().items()})
    meters.read("lstm_viz_rooms", lambda: float(rooms().store.count()))
    meters.read("lstm_viz_own_bytes", _own)
    limit = memory_limit()
    meters.read("lstm_viz_memory_limit_bytes", lambda: float(limit))


def _versions() -> Mapping[tuple[str, ...], float]:
    return {(lstm_viz.__version__, streamlit_version, torch.__version__, platform.python_version()): 1.0}


def _sessions() -> Mapping[tuple[str, ...], float]:
    manager = Runtime.instance()._session_mgr
    everyone = Counter("connected" if each.is_active() else "dropped" for each in manager.list_sessions())
    return {(state,): float(everyone[state]) for state in ("connected", "dropped")}


def _own() -> Mapping[tuple[str, ...], float]:
    return {("uploads",): float(uploads.HELD.taken()), ("trainings",): float(TRAININGS.taken())}


def memory_limit(files: tuple[str, ...] = LIMITS) -> int:
    """Bytes that this process may have: the least of what its container may and what the machine has."""
    found = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    for file in files:
        with suppress(OSError, ValueError):
            found.append(int(Path(file).read_text(encoding="ascii")))
    return min(found)


async def _answer(request: Request) -> Response:
    meters = metrics.counted()
    if meters is None or any(name in request.headers for name in PROXIED):
        return PlainTextResponse("Not found\n", 404)
    return Response(await run_in_threadpool(meters.text), media_type=meters.TYPE, headers={"Cache-Control": "no-store"})


def routes(base: str) -> list[BaseRoute]:
    """Where it is.

    Parameters
    ----------
    base : the path of the app's own address, as Streamlit is told of it; "" for none
    """
    return [Route("/" + f"{base.strip('/')}/{PLACE}".lstrip("/"), _answer, methods=["GET"])]
