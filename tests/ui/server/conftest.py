"""The app as an operator runs it: with metrics, and the log that is the default."""

from collections.abc import Iterator

import pytest

from lstm_viz.ui.server.options import LOG, METRICS
from tests.driving import ROOT, Server, serve


@pytest.fixture(scope="module")
def operated() -> Iterator[Server]:
    """Serve it for the tests of a file."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(METRICS.name, "on")
        environment.setenv(LOG.name, "logfmt")
        with serve(ROOT / "app.py", warm=True) as server:
            yield server
