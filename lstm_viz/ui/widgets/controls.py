"""Streamlit's widgets tied to settings: a widget shows a setting, and moving it changes that setting."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

from lstm_viz.cells import LSTM
from lstm_viz.tasks import TASKS
from lstm_viz.ui.bridge import session
from lstm_viz.ui.views.chosen import shown_tasks, variants_of


def _key(name: str) -> str:
    """A widget's key, filled with the setting as it stands before the widget is drawn."""
    key = f"control_{name}"
    st.session_state[key] = getattr(session.settings(), name)
    return key


def _tell(name: str) -> Callable[[], None]:
    def tell() -> None:
        session.change(**{name: st.session_state[f"control_{name}"]})

    return tell


def slider(name: str, label: str, low: Any, high: Any, step: Any, help: str | None = None, **options: Any) -> None:
    """A slider for a number; a setting past its ends is shown at the end."""
    key = _key(name)
    st.session_state[key] = min(high, max(low, type(low)(st.session_state[key])))
    st.slider(label, low, high, step=step, key=key, on_change=_tell(name), help=help, **options)


def number(name: str, label: str, low: Any, high: Any, step: Any, help: str | None = None) -> None:
    """A field for a number."""
    key = _key(name)
    st.session_state[key] = min(high, max(low, type(low)(st.session_state[key])))
    st.number_input(label, low, high, step=step, key=key, on_change=_tell(name), help=help)


def segments(name: str, label: str, options: Mapping[str, str], help: str | None = None) -> None:
    """A choice of a few, side by side; options: value → title."""

    def tell() -> None:
        chosen = st.session_state[f"control_{name}"]
        if chosen is not None:
            session.change(**{name: chosen})

    key = _key(name)
    if st.session_state[key] not in options:
        st.session_state[key] = next(iter(options))
    st.segmented_control(
        label, list(options), format_func=lambda value: options[value], key=key, on_change=tell, help=help
    )


def menu(name: str, label: str, options: Mapping[str, str], help: str | None = None) -> None:
    """A choice of many; options: value → title."""
    key = _key(name)
    if st.session_state[key] not in options:
        st.session_state[key] = next(iter(options))
    st.selectbox(
        label, list(options), format_func=lambda value: options[value], key=key, on_change=_tell(name), help=help
    )


def task_segments(name: str, tasks: Iterable[str]) -> None:
    """A choice of a few tasks."""
    segments(name, "Task", {task: TASKS[task].title for task in tasks})


def task_menu() -> None:
    """A choice of any task that can be shown."""
    menu("task", "Task", {task: TASKS[task].title for task in shown_tasks()})


def variant_menu(task: str) -> None:
    """Which variant to show beside the plain cells, for a task that has trained networks with any."""
    if variants := variants_of(task):
        menu("cell", "A variant beside the three", {LSTM.name: "none"} | variants, help="They are the variant lab’s.")
