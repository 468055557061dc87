"""The picture of a figure in its reference: that of the example in its docstring."""

import contextlib
import doctest
import io
from importlib import import_module
from typing import Any

from docs.making.page import plotly_place
from lstm_viz import figures


def picture_of(name: str) -> str:
    """HTML of the last figure that the example of `lstm_viz.figures.NAME` makes; "" where it makes none."""
    function, made = getattr(figures, name), []

    def noted(*given: Any, **options: Any) -> Any:
        made.append(function(*given, **options))
        return made[-1]

    names = {**vars(import_module(function.__module__)), name: noted}
    with contextlib.redirect_stdout(io.StringIO()):
        for example in doctest.DocTestParser().get_examples(function.__doc__ or ""):
            exec(compile(example.source, name, "single"), names)
    return plotly_place(made[-1].to_json()) if made else ""
