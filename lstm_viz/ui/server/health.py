"""Whether this server is ready: all networks that ship load. Found out once, beside the pages, and then told at once.

A balancer sends readers to a process that answers 200; until then it answers 503, with the reason on one line.
"""

import atexit
from threading import Lock, Thread
from time import monotonic

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

import lstm_viz
from lstm_viz.tasks import cell_names, load_model, model_names
from lstm_viz.ui.server import log

PLACE = "health"
HEADERS = {"Cache-Control": "no-store"}


class Health:
    """Of a process. Every method may be called from any thread, and returns at once."""

    def __init__(self) -> None:
        self._beginning = Lock()
        self._thread: Thread | None = None
        self._closed = False
        self.why_not = "the networks that ship are being loaded"
        """Why it is not ready, in words; "" when it is."""
        self.loaded = 0

    def ready(self) -> bool:
        """Whether all load."""
        return not self.why_not

    def begin(self) -> None:
        """Find out, if nobody does."""
        with self._beginning:
            if self._thread is None:
                self._thread = Thread(target=self._look, name="health", daemon=True)
                self._thread.start()

    def close(self, seconds: float = 5.0) -> None:
        """Stop looking, and wait for that: a thread still within torch when Python ends aborts the process."""
        self._closed = True
        if self._thread is not None:
            self._thread.join(seconds)

    def _look(self) -> None:
        begun = monotonic()
        for task in model_names():
            for cell in cell_names(task):
                if self._closed:
                    return
                try:
                    load_model(task, cell)
                except Exception as error:
                    log.failure("not_ready", error, task=task, cell=cell)
                    self.why_not = f"the network {task}, {cell} does not load: {type(error).__name__}"
                    return
                self.loaded += 1
        self.why_not = ""
        log.fact("ready", networks=self.loaded, seconds=monotonic() - begun)


HEALTH = Health()
"""That of this process."""
atexit.register(HEALTH.close)


async def _answer(request: Request) -> Response:
    HEALTH.begin()
    if HEALTH.why_not:
        return PlainTextResponse(f"not ready: {HEALTH.why_not}\n", 503, HEADERS)
    said = f"ready: LSTM Viz {lstm_viz.__version__}, {HEALTH.loaded} networks\n"
    return PlainTextResponse(said, headers=HEADERS)


def routes(base: str) -> list[BaseRoute]:
    """Where it is told.

    Parameters
    ----------
    base : the path of the app's own address, as Streamlit is told of it; "" for none
    """
    return [Route("/" + f"{base.strip('/')}/{PLACE}".lstrip("/"), _answer, methods=["GET"])]
