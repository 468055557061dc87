"""What one process takes for a class: what `deploy/sizing.py` works out processes, memory and prices from."""

import json
import time
import urllib.error
import urllib.request
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial

from playwright.sync_api import Browser

from benchmarks.load import loop_in_a_thread
from benchmarks.memory import resident
from benchmarks.report import Line, Section, processor
from benchmarks.students import Classroom, taken_by
from benchmarks.tabs import AppTab
from deploy.sizing import DOCUMENT, MEASURED, Measured, limit, put, size, table
from tests.driving import ROOT, Server, serve

STUDENTS, SECONDS = 60, 20.0
FEWER = 20
"""Students whose sessions also fill what all sessions share."""


def measure(browser: Browser) -> Section:
    """Let a class open the page and type on one process, and keep what that took."""
    with serve(ROOT / "app.py") as server, loop_in_a_thread() as start:
        _wait_until_ready(server)
        room = Classroom(server, partial(AppTab, server.url, runs=True), every_key=False)
        start(room.come_in(FEWER)).result()
        memory, before = resident(server), taken_by(server)
        start(room.come_in(STUDENTS)).result()
        opening = (taken_by(server) - before) / (STUDENTS - FEWER)
        session = (resident(server) - memory) / (STUDENTS - FEWER)
        met = start(room.write(SECONDS)).result()
        start(room.leave()).result()
    measured = Measured(
        opening=round(opening, 4),
        message=round(met.server / met.messages, 4),
        every=round(met.seconds * met.students / met.messages, 2),
        base=round(memory - FEWER * session),
        session=round(max(0.0, session), 2),
        machine=processor(),
        date=f"{datetime.now(UTC):%Y-%m-%d}",
    )
    MEASURED.write_text(json.dumps(asdict(measured), indent=2) + "\n", encoding="utf-8")
    DOCUMENT.write_text(put(DOCUMENT.read_text(encoding="utf-8"), table(measured)), encoding="utf-8")
    one = max(many for many in range(1, 5000) if size(many, measured).processes == 1)
    return Section(
        "What a class takes of a process",
        f"{STUDENTS} simulated students open the page in one process, without nginx, and type for {SECONDS:g} s; the "
        f"first {FEWER} of them fill what all sessions share. `deploy/measured.json` has it; `python -m deploy.sizing` "
        "works out from it how many processes a class needs, how much memory, and what that costs: the table of "
        "docs/deploying.md.",
        ("what", "measured"),
        [
            Line(("processor time to open the page, ms", f"{measured.opening * 1000:.0f}")),
            Line(("processor time for a message, ms", f"{measured.message * 1000:.1f}")),
            Line(("seconds between two messages of a student who types on", f"{measured.every:.1f}")),
            Line(("a process with all networks loaded, MB", f"{measured.base:.0f}"), measured.base, 700),
            Line(("a further session, MB", f"{measured.session:.2f}"), measured.session, 5),
            Line(("students of one process", f"{one}")),
            Line(("limit of a container, MB", f"{limit(measured)}")),
        ],
    )


def _wait_until_ready(server: Server, seconds: float = 180) -> None:
    """Return once all networks are loaded."""
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        try:
            with urllib.request.urlopen(f"{server.url}/health", timeout=10):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(f"the server was not ready after {seconds:g} s")
