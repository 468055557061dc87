"""Traces that the figures are drawn from."""

import pytest

from lstm_viz.trace import LayerTrace, Trace
from tests.analysis.examples import random_trace


@pytest.fixture
def lstm_trace() -> Trace:
    """Return a trace of ten words and eight units."""
    return random_trace()


@pytest.fixture
def lstm_layer(lstm_trace: Trace) -> LayerTrace:
    """Return its only layer."""
    return lstm_trace.layers[0]
