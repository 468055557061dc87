"""The sentences under the figures, made from the values they speak of. `words` has their parts."""

from lstm_viz.words.answers import (
    describe_classes,
    describe_followers,
    describe_next,
    given_to_what_came,
)
from lstm_viz.words.changes import describe_edit
from lstm_viz.words.gates import describe_clamps, describe_saturation
from lstm_viz.words.guesses import describe_forecast, describe_sum
from lstm_viz.words.outputs import describe_prediction
from lstm_viz.words.phrases import number, place, visible
from lstm_viz.words.values import describe_quantity, describe_unit

__all__ = [
    "describe_clamps",
    "describe_classes",
    "describe_edit",
    "describe_followers",
    "describe_forecast",
    "describe_next",
    "describe_prediction",
    "describe_quantity",
    "describe_saturation",
    "describe_sum",
    "describe_unit",
    "given_to_what_came",
    "number",
    "place",
    "visible",
]
