"""A torch module and what it is given in, traces out. Read `tracing` first, then `passes`, `watched`, `recording`."""

from lstm_viz.capture.clamps import as_clamps, mask_on, overrides_for, width_of
from lstm_viz.capture.in_model import as_it_was, call_model
from lstm_viz.capture.layers import Layer, cell_of, layers_of
from lstm_viz.capture.one import read
from lstm_viz.capture.recording import Recording, record, recurrent_layers
from lstm_viz.capture.tracing import trace

__all__ = [
    "Layer",
    "Recording",
    "as_clamps",
    "as_it_was",
    "call_model",
    "cell_of",
    "layers_of",
    "mask_on",
    "overrides_for",
    "read",
    "record",
    "recurrent_layers",
    "trace",
    "width_of",
]
