"""``python -m benchmarks.counted FILE run app.py``: the server, which writes down what it keeps, as JSON."""

import json
import sys
import time
from pathlib import Path
from threading import Thread
from typing import Any

from streamlit import runtime
from streamlit.web.cli import main

EVERY = 1.0
MB = 1e6


def counted() -> dict[str, Any]:
    """What there is of sessions, and of what they share, by name; sizes in MB."""
    from lstm_viz.lessons.references import runs as held_runs
    from lstm_viz.rooms.here import rooms
    from lstm_viz.sources import source, trained, uploaded
    from lstm_viz.ui.bridge import served, trainings, uploads
    from lstm_viz.ui.jobs import JOBS
    from lstm_viz.ui.trainings import TRAININGS

    sessions = runtime.get_instance()._session_mgr
    memories = (source.READINGS, source.RUNS, source.SIZES, source.FOUND, uploaded.RUNS, trained.RUNS, held_runs.HELD)
    there = list(served._there.values())
    return {
        "connected": sessions.num_active_sessions(),
        "kept": len(sessions.list_sessions()),
        "remembered": sum(each.size for each in memories) / MB,
        "uploads": uploads.HELD.taken() / MB,
        "trained": trainings.HELD.taken() / MB,
        "trainings": len(TRAININGS._all),
        "own files": sum(each.keep == served.PRIVATE for each in there),
        "files": len(there),
        "jobs": len(JOBS._jobs),
        "rooms": len(getattr(rooms().store, "_rooms", ())),
    }


def _write(file: Path) -> None:
    while not runtime.exists() or not hasattr(runtime.get_instance(), "_session_mgr"):
        time.sleep(EVERY)
    while True:
        after = file.with_suffix(".new")
        after.write_text(json.dumps(counted()), encoding="utf-8")
        after.replace(file)
        time.sleep(EVERY)


if __name__ == "__main__":
    Thread(target=_write, args=(Path(sys.argv[1]),), daemon=True).start()
    sys.exit(main(sys.argv[2:]))
