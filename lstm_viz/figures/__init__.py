"""Figures: pure functions from a trace, or from numbers of `analysis`, to a plotly figure. `style` has the colours.

What a figure draws is worked out beside it, by a function that ends in ``_data`` or makes a `Chart`, and a page's
picture in the browser is drawn from the same. Three small views of the app have no figure of their own: the chain of
numbers inside the cell is text (`cell_arithmetic`), What if?'s line before and after is two `prediction` lines on the
axis of `what_if_data`, and its strip of how far a change travels is that function's `moved`.

All take a run, or a layer of one, as their first argument where they draw one; labels are asked for where nothing else
has them. Importing this does not import plotly; making a figure does.
"""

from lstm_viz.figures.answers_over_time import answers_over_time
from lstm_viz.figures.cell_diagram import cell_diagram
from lstm_viz.figures.cells_by_length import cells_by_length
from lstm_viz.figures.cells_compared import cells_compared
from lstm_viz.figures.clipped_gradients import clipped_gradients
from lstm_viz.figures.edit_effect import edit_effect
from lstm_viz.figures.error_by_length import error_by_length
from lstm_viz.figures.forecast import forecast
from lstm_viz.figures.gate_heatmaps import gate_heatmaps
from lstm_viz.figures.gradient_paths import gradient_paths
from lstm_viz.figures.gradients_by_distance import gradients_by_distance
from lstm_viz.figures.learning_curves import learning_curves
from lstm_viz.figures.line_chart import line_chart
from lstm_viz.figures.memory_attention import memory_attention
from lstm_viz.figures.memory_fading import memory_fading
from lstm_viz.figures.memory_makeup import memory_makeup
from lstm_viz.figures.memory_map import memory_map, memory_size_map
from lstm_viz.figures.memory_stack import memory_stack
from lstm_viz.figures.next_symbols import next_symbols
from lstm_viz.figures.powers import powers
from lstm_viz.figures.prediction import prediction
from lstm_viz.figures.prediction_split import prediction_split
from lstm_viz.figures.probabilities import probabilities
from lstm_viz.figures.saturation import saturation
from lstm_viz.figures.score_by_length import score_by_length
from lstm_viz.figures.slopes import slopes
from lstm_viz.figures.summary import summary
from lstm_viz.figures.times_by_length import times_by_length
from lstm_viz.figures.unit_lines import unit_lines
from lstm_viz.figures.unit_ranking import unit_ranking
from lstm_viz.figures.what_if import what_if

__all__ = [
    "answers_over_time",
    "cell_diagram",
    "cells_by_length",
    "cells_compared",
    "clipped_gradients",
    "edit_effect",
    "error_by_length",
    "forecast",
    "gate_heatmaps",
    "gradient_paths",
    "gradients_by_distance",
    "learning_curves",
    "line_chart",
    "memory_attention",
    "memory_fading",
    "memory_makeup",
    "memory_map",
    "memory_size_map",
    "memory_stack",
    "next_symbols",
    "powers",
    "prediction",
    "prediction_split",
    "probabilities",
    "saturation",
    "score_by_length",
    "slopes",
    "summary",
    "times_by_length",
    "unit_lines",
    "unit_ranking",
    "what_if",
]
