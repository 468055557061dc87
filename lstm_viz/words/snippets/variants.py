"""The variant lab as Python."""

from collections.abc import Sequence
from typing import Any

from lstm_viz.words.snippets.shown import call, head, literal, together


def variants(title: str, *, task: str, cell: str, score: str, limit: float, error: bool, theme: str = "light") -> str:
    """Every cell's scores on a task, and the chosen one's beside the LSTM's.

    Parameters
    ----------
    task, cell : on show
    score : what it is called
    limit : at which the task counts as solved
    error : whether it is better where lower
    """
    options: dict[str, Any] = {"name": score, "limit": limit, "lower_is_better": error, "theme": theme}
    return together(
        *head(title, "import numpy as np"),
        f"results = lv.training_results({literal(task)})  # every cell, from several random starts",
        "numbers = {}",
        "for each in results:",
        '    bias = "" if each.forget_bias is None else f" {each.forget_bias:g}"',
        '    numbers[f"{each.cell.name}{bias} score"] = each.scores  # (updates, seeds)',
        '    numbers[f"{each.cell.name}{bias} by length"] = np.array(list(each.by_length.values()))',
        "",
        f"beside = [each for each in results if each.cell.name in {literal(list(dict.fromkeys(['lstm', cell])))}",
        "          and each.forget_bias in (None, 1.0)]",
        "curves = {each.cell.name: each.scores for each in beside}",
        "figure = " + call("lv.figures.learning_curves", "beside[0].updates", "curves", **options),
        "figure",
    )


def by_length(title: str, *, task: str, cells: Sequence[str], name: str, error: bool, theme: str = "light") -> str:
    """Scores by length of some cells on a task, and how long a training step of each takes.

    Parameters
    ----------
    task, cells : on show
    name : what the score is called
    error : whether it is better where lower
    """
    options: dict[str, Any] = {"name": name, "lower_is_better": error, "theme": theme}
    return together(
        *head(title, "import numpy as np"),
        f"cells = {literal(list(cells))}",
        f"found = {{each.cell.name: each for each in lv.training_results({literal(task)})",
        "         if each.cell.name in cells and each.forget_bias in (None, 1.0)}",
        'lengths = list(found["lstm"].by_length)',
        "scores = {name: np.array(list(found[name].by_length.values())) for name in cells}  # (lengths, seeds)",
        'numbers = {f"{name} by length": values for name, values in scores.items()}',
        "times = lv.training_step_times()",
        "for name in cells:",
        '    for way in times.content["seconds"][name]:',
        '        numbers[f"{name} {way} seconds"] = times.seconds(name, way)',
        "",
        "figure = " + call("lv.figures.cells_by_length", "lengths", "scores", **options),
        "figure",
    )
