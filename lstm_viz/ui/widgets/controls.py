"""Streamlit's widgets tied to settings: a widget shows a setting, and moving it is an action like any other.

A number's range is its kind's, so that a widget cannot show another value than the figures use.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

from lstm_viz.cells import LSTM
from lstm_viz.sources import lab_variants
from lstm_viz.tasks import TASKS
from lstm_viz.ui.bridge import session
from lstm_viz.ui.doing.reducer import WITH_RULES
from lstm_viz.ui.settings.kinds import Integer, Number
from lstm_viz.ui.settings.settings import KINDS
from lstm_viz.ui.views.chosen import source_of, value_of
from lstm_viz.ui.views.menu import task_choices


def _key(name: str, value: Any = None) -> str:
    """A widget's key, filled with the setting as it stands before the widget is drawn."""
    key = f"control_{name}"
    st.session_state[key] = getattr(session.settings(), name) if value is None else value
    return key


def _tell(name: str) -> None:
    value = st.session_state[f"control_{name}"]
    # A choice clicked once more, or a field emptied, says nothing new.
    if value is not None:
        session.do([name, value] if name in WITH_RULES else ["set", {name: value}])


def slider(name: str, label: str, *, high: float | None = None, help: str | None = None) -> None:
    """A slider for a number; `high`: the most that this page takes, where that is less than the setting can be."""
    kind = KINDS[name]
    assert isinstance(kind, Number)
    low, top, step = _ends(kind, high)
    key = _key(name, min(top, getattr(session.settings(), name)))
    st.slider(label, low, top, step=step, key=key, on_change=_tell, args=(name,), help=help)


def number(name: str, label: str, *, help: str | None = None) -> None:
    """A field for a number."""
    kind = KINDS[name]
    assert isinstance(kind, (Number, Integer))
    low, top, step = (0, kind.high, 1) if isinstance(kind, Integer) else _ends(kind, None)
    # Without a value of its own, an emptied field tells nothing, and shows the setting again.
    st.number_input(label, low, top, None, step=step, key=_key(name), on_change=_tell, args=(name,), help=help)


def _ends(kind: Number, high: float | None) -> tuple[Any, Any, Any]:
    as_kind = int if kind.whole else float
    return as_kind(kind.low), as_kind(kind.high if high is None else high), as_kind(kind.step)


def segments(name: str, label: str, options: Mapping[str, str], help: str | None = None) -> None:
    """A choice of a few, side by side; options: value → title."""
    titles = options.__getitem__
    key = _key(name, _among(name, options))
    st.segmented_control(label, list(options), format_func=titles, key=key, on_change=_tell, args=(name,), help=help)


def menu(name: str, label: str, options: Mapping[str, str], help: str | None = None) -> None:
    """A choice of many; options: value → title."""
    titles = options.__getitem__
    key = _key(name, _among(name, options))
    st.selectbox(label, list(options), format_func=titles, key=key, on_change=_tell, args=(name,), help=help)


def examples(label: str, titles: Mapping[str, str], chosen: str | None, choose: Callable[[str], object]) -> None:
    """Buttons for settings to start from; titles: name → title; chosen: the one on show, if any."""
    st.session_state["control_example"] = chosen

    def tell() -> None:
        if (name := st.session_state["control_example"]) is not None:
            choose(name)

    st.pills(label, list(titles), format_func=titles.__getitem__, key="control_example", on_change=tell)


def _among(name: str, options: Mapping[str, str]) -> str:
    chosen = getattr(session.settings(), name)
    return chosen if chosen in options else next(iter(options))


def task_segments(name: str, tasks: Iterable[str]) -> None:
    """A choice of a few tasks."""
    segments(name, "Task", {task: TASKS[task].title for task in tasks})


def task_menu() -> None:
    """A choice of any task that can be shown."""
    options = dict(task_choices())
    now = value_of(source_of(session.settings()))
    titles = options.__getitem__
    st.selectbox("Task", list(options), format_func=titles, key=_key("task", now), on_change=_tell, args=("task",))


def variant_menu(task: str) -> None:
    """Which variant to show beside the plain cells, for a task that has trained networks with any."""
    if variants := lab_variants(task):
        menu("cell", "A variant beside the three", {LSTM.name: "none"} | variants, help="They are the variant lab’s.")
