"""One of each figure that is not over tokens."""

from typing import Any

import numpy as np
import torch

import lstm_viz
from lstm_viz import figures
from lstm_viz.analysis.gradients import Gradients, gradients
from lstm_viz.figures.powers import powers_chart
from lstm_viz.trace import Trace


def flows(steps: int = 40) -> dict[str, Gradients]:
    """Gradients of random networks, one of them shorter than the others."""
    torch.manual_seed(0)
    inputs = torch.randn(steps, 3)
    modules: dict[str, Any] = {"lstm": torch.nn.LSTM(3, 8), "gru": torch.nn.GRU(3, 8), "rnn": torch.nn.RNN(3, 8)}
    found = {name: gradients(module, inputs) for name, module in modules.items()}
    return found | {"short": gradients(torch.nn.RNN(3, 8, nonlinearity="relu"), inputs[:10])}


def chart_figures(trace: Trace, **options: Any) -> dict[str, Any]:
    """Name → figure."""
    made, updates = flows(), np.array([0.0, 50.0, 100.0])
    scores = {"LSTM": np.array([[0.2, 0.3, 0.2], [0.1, 0.2, 0.1], [0.01, 0.02, 0.005]])}
    answers, right = {"lstm": np.array([0.0, 0.2, 0.9]), "rnn": np.array([0.0, 0.5, 0.4])}, np.array([0.0, 0.0, 1.0])
    shares = np.array([[1.0, 0.9], [0.5, 0.6]])
    errors = {"lstm": np.array([0.02, 0.03]), "mine": np.array([0.02, 0.5])}
    return {
        "answers_over_time": figures.answers_over_time(answers, right, **options),
        "cell_diagram": figures.cell_diagram(trace.layers[0], step=3, unit=1, **options),
        "cells_by_length": figures.cells_by_length([30, 60], {"LSTM": scores["LSTM"][:2], "gru": shares}, **options),
        "clipped_gradients": figures.clipped_gradients(made, norm=1e-3, **options),
        "error_by_length": figures.error_by_length([10, 1000], errors, at=100, **options),
        "gradient_paths": figures.gradient_paths(made["lstm"], **options),
        "gradients_by_distance": figures.gradients_by_distance(made, bound=0.9, **options),
        "learning_curves": figures.learning_curves(updates, scores, limit=0.01, **options),
        "line_chart": figures.line_chart(powers_chart(0.5, 4), **options),
        "powers": figures.powers(0.5, 4, **options),
        "score_by_length": figures.score_by_length([30, 60], {"LSTM": scores["LSTM"][:2]}, trained=30, **options),
        "slopes": figures.slopes(**options),
        "summary": figures.summary(lstm_viz.summary(trace), **options),
        "times_by_length": figures.times_by_length([32, 64], errors, base="lstm", **options),
        "unit_ranking": figures.unit_ranking({"Forget gate": np.array([0.1, -0.7])}, **options),
    }
