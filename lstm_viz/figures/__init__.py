"""Figures: pure functions from a trace, or from numbers of `analysis`, to a plotly figure. `style` has the colours.

Importing this does not import plotly; making a figure does.
"""

from lstm_viz.figures.edit_effect import edit_effect
from lstm_viz.figures.gate_heatmaps import gate_heatmaps
from lstm_viz.figures.memory_map import memory_map
from lstm_viz.figures.prediction import prediction
from lstm_viz.figures.prediction_split import prediction_split
from lstm_viz.figures.saturation import saturation
from lstm_viz.figures.unit_lines import unit_lines
from lstm_viz.figures.what_if import what_if

__all__ = [
    "edit_effect",
    "gate_heatmaps",
    "memory_map",
    "prediction",
    "prediction_split",
    "saturation",
    "unit_lines",
    "what_if",
]
