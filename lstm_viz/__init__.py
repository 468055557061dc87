"""See what an LSTM does: every gate and state of a recurrent network, at every time step.

Start with `cells/lstm.py`, the idea on one screen; then `trace`, which records a run, and `Trace`, which holds it.
"""

from lstm_viz import figures
from lstm_viz.analysis.answers.answer_weights import answer_weights
from lstm_viz.analysis.answers.split_answer import split_answer
from lstm_viz.analysis.change.each_unit import hold_each_unit
from lstm_viz.analysis.change.edits import Edit, compare
from lstm_viz.analysis.fresh import finite_steps, fresh_module, random_inputs
from lstm_viz.analysis.gradients import Gradients, gradients, step_bound
from lstm_viz.analysis.memory.attention import Attention, memory_attention
from lstm_viz.analysis.memory.ledger import Ledger, memory_ledger, memory_sizes
from lstm_viz.analysis.memory.split import Split, split_output
from lstm_viz.analysis.ordering import unit_order
from lstm_viz.capture import record, trace
from lstm_viz.clamp import Clamp
from lstm_viz.live_page import LivePage, show
from lstm_viz.summaries import Summary, summary
from lstm_viz.tasks import Model, load_model, model_names, read_model
from lstm_viz.tasks.made import made_text
from lstm_viz.tasks.results import results as training_results
from lstm_viz.tasks.results import step_times as training_step_times
from lstm_viz.trace import LayerTrace, Trace, load_trace

__version__ = "0.1.0"

__all__ = [
    "Attention",
    "Clamp",
    "Edit",
    "Gradients",
    "LayerTrace",
    "Ledger",
    "LivePage",
    "Model",
    "Split",
    "Summary",
    "Trace",
    "__version__",
    "answer_weights",
    "compare",
    "figures",
    "finite_steps",
    "fresh_module",
    "gradients",
    "hold_each_unit",
    "load_model",
    "load_trace",
    "made_text",
    "memory_attention",
    "memory_ledger",
    "memory_sizes",
    "model_names",
    "random_inputs",
    "read_model",
    "record",
    "show",
    "split_answer",
    "split_output",
    "step_bound",
    "summary",
    "trace",
    "training_results",
    "training_step_times",
    "unit_order",
]
