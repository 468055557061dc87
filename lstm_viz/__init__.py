"""See what an LSTM does: every gate and state of a recurrent network, at every time step.

Start with `cells/lstm.py`, the idea on one screen; then `trace`, which records a run, and `Trace`, which holds it.
"""

from lstm_viz import figures
from lstm_viz.analysis.change.each_unit import hold_each_unit
from lstm_viz.analysis.change.edits import Edit, compare
from lstm_viz.analysis.gradients import Gradients, gradients
from lstm_viz.analysis.memory.ledger import Ledger, memory_ledger
from lstm_viz.analysis.memory.split import Split, split_output
from lstm_viz.capture import record, trace
from lstm_viz.clamp import Clamp
from lstm_viz.live_page import LivePage, show
from lstm_viz.tasks import Model, load_model, model_names
from lstm_viz.trace import LayerTrace, Trace, load_trace

__version__ = "0.1.0"

__all__ = [
    "Clamp",
    "Edit",
    "Gradients",
    "LayerTrace",
    "Ledger",
    "LivePage",
    "Model",
    "Split",
    "Trace",
    "__version__",
    "compare",
    "figures",
    "gradients",
    "hold_each_unit",
    "load_model",
    "load_trace",
    "memory_ledger",
    "model_names",
    "record",
    "show",
    "split_output",
    "trace",
]
