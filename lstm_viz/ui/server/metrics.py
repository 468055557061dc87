"""What an operator's Prometheus counts, told from wherever it happens; nothing at all unless it was asked for.

Each of these is one look at a variable where `begin` was not called. What a scrape reads off by itself, such as how
many sessions there are, is nobody's business to tell: see `meters`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lstm_viz.ui.server.meters import Meters

_meters: "Meters | None" = None


def begin() -> None:
    """Count from now on."""
    global _meters
    from lstm_viz.ui.server.meters import Meters  # prometheus_client is loaded by whoever asks for it

    _meters = _meters or Meters()


def counted() -> "Meters | None":
    """What was counted; None where nothing is."""
    return _meters


def message(page: str, seconds: float) -> None:
    """A message of a page's browser was answered, so many seconds after it was taken up.

    Parameters
    ----------
    page : its name, never anything that was typed
    """
    if _meters is not None:
        _meters.message(page, seconds)


def refused(what: str) -> None:
    """Something was asked for that cannot be had.

    Parameters
    ----------
    what : a kind of thing, as "settings", "file", "room", "training"; never anything that was typed
    """
    if _meters is not None:
        _meters.refused(what)


def job(kind: str, seconds: float, end: str) -> None:
    """Long work came to its end, so many seconds after its turn came; what runs and waits is read off, not told.

    Parameters
    ----------
    kind : the name of its `Work`
    end : "done", "stopped" or "failed"
    """
    if _meters is not None:
        _meters.job(kind, seconds, end)


def error() -> None:
    """Something failed that no reader should see."""
    if _meters is not None:
        _meters.error()
