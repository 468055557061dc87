"""A torch module and what it is given in, traces out. Read `tracing` first, then `passes`, then `recording`."""

from lstm_viz.capture.clamps import as_clamps, mask_on, overrides_for, width_of
from lstm_viz.capture.layers import Layer, cell_of, layers_of
from lstm_viz.capture.one import read
from lstm_viz.capture.recording import Recording, record
from lstm_viz.capture.tracing import trace

__all__ = [
    "Layer",
    "Recording",
    "as_clamps",
    "cell_of",
    "layers_of",
    "mask_on",
    "overrides_for",
    "read",
    "record",
    "trace",
    "width_of",
]
