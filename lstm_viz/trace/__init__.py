"""What a run of a recurrent network leaves behind: plain data that checks itself, and knows nothing of torch."""

from lstm_viz.trace.checks import DIRECTIONS, Array
from lstm_viz.trace.layer import LayerTrace, check_layer
from lstm_viz.trace.run import Trace, load_trace, top_layers

__all__ = ["DIRECTIONS", "Array", "LayerTrace", "Trace", "check_layer", "load_trace", "top_layers"]
