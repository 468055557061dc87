"""See what an LSTM does: every gate and state of a recurrent network, at every time step.

Start with `cells/lstm.py`, the idea on one screen; then `trace`, which records a run, and `Trace`, which holds it.
"""

from lstm_viz import figures
from lstm_viz.analysis.memory.ledger import memory_ledger
from lstm_viz.capture import trace
from lstm_viz.clamp import Clamp
from lstm_viz.tasks import load_model, model_names
from lstm_viz.trace import LayerTrace, Trace, load_trace

__all__ = [
    "Clamp",
    "LayerTrace",
    "Trace",
    "figures",
    "load_model",
    "load_trace",
    "memory_ledger",
    "model_names",
    "trace",
]
