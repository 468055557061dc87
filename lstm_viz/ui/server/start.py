"""What `app.py` does before its server begins, and the addresses at which an operator looks."""

import sys

from starlette.routing import BaseRoute

import lstm_viz
from lstm_viz.ui.server import health, log, logged, metrics, options, scraped


def begin() -> None:
    """Read the options, and see to the log and the metrics; where an option is wrong, the process ends with a sentence.

    Once a process, and not where a host runs `app.py` as a script alone.
    """
    if wrong := options.check():
        sys.exit("\n".join(wrong))
    logged.begin()
    if options.METRICS.value():
        metrics.begin()
        scraped.begin()
    # Of what is set, the names alone: a value may hold a password.
    log.fact("started", version=lstm_viz.__version__, options=",".join(options.set_ones()) or "none")
    for given, meant in options.misspelt().items():
        log.fact("option_unknown", "warning", given=given, meant=meant)


def routes(base: str) -> list[BaseRoute]:
    """What an operator asks for; metrics only where they are wanted.

    Parameters
    ----------
    base : the path of the app's own address, as Streamlit is told of it; "" for none
    """
    return [*health.routes(base), *(scraped.routes(base) if metrics.counted() else [])]
