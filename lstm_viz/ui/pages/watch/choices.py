"""The controls of what is trained, made of the table that says what a plan is."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from lstm_viz.ui.bridge import session
from lstm_viz.ui.pages.watch.plans import differing, names, preset_of, set_plans
from lstm_viz.ui.trainings import AT_ONCE, MOST_SECONDS, PATIENCE

_NOTHING = "nothing"
RATES = (0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
"""Learning rates on offer: evenly spaced where rates are compared, in powers of ten."""
ROWS = (
    ("task", "cell", "units", "layers"),
    ("length", "curriculum", "updates", "seed"),
    ("learning_rate", "optimizer", "clip", "forget_bias"),
)
"""The controls as they stand."""
RACED = {
    "cell": "another cell",
    "forget_bias": "another forget bias",
    "clip": "another clipping",
    "learning_rate": "another learning rate",
    "units": "another number of units",
    "optimizer": "another optimiser",
    "layers": "another number of layers",
    "seed": "another seed",
}
"""In what two that race can differ."""

_OTHER: dict[str, Callable[[Any], Any]] = {
    "cell": lambda cell: "rnn" if cell != "rnn" else "lstm",
    "forget_bias": lambda bias: 0.0 if bias else 3.0,
    "clip": lambda clip: 0.0 if clip else 1.0,
    "learning_rate": lambda rate: min(10.0, 10 * rate),
    "units": lambda units: max(1, units // 2) if units != 1 else 8,
    "optimizer": lambda optimizer: "sgd" if optimizer != "sgd" else "adam",
    "layers": lambda layers: 2 if layers == 1 else 1,
    "seed": lambda seed: seed + 1,
}
"""What races against a value: what teaches most beside it."""

LIMITS = (
    f"Networks here are small, so that one learns in a minute or two. A server trains {AT_ONCE} at a time; two that "
    "race count as two, and others wait for their turn. A training stops after "
    f"{MOST_SECONDS / 60:.0f} minutes of the server’s time until you ask for more, and rests once nobody looked for "
    f"{PATIENCE:.0f} seconds; it keeps what it learnt."
)
"""What a reader is told before it is so."""


def choices(plans: Sequence[Any]) -> None:
    """Everything that can be chosen, folded away until it is asked for: the presets are the way in."""
    raced = f", and against it {names(plans)[1]}" if len(plans) > 1 else ""
    with st.expander(f"What is trained: {plans[0].said}{raced}", expanded=not preset_of(plans)):
        _own(plans)
        _race(plans)
        st.caption(LIMITS)


def _own(plans: Sequence[Any]) -> None:
    from lstm_viz.learning import fields_of

    plan = plans[0]
    table = fields_of(plan.task, plan.distance)
    idle = {name for name, used in (("forget_bias", plan.forgets), ("curriculum", plan.grows)) if not used}
    for row in ROWS:
        shown = [name for name in row if name not in idle]
        shown += ["distance"] if "layers" in row and plan.task == "echo" else []
        for column, name in zip(st.columns(max(4, len(shown))), shown, strict=False):
            with column:
                _control(table[name], getattr(plan, name), lambda value, name=name: _change(plans, name, value))  # type: ignore[misc]


def _race(plans: Sequence[Any]) -> None:
    from lstm_viz.learning import fields_of

    first, *others = plans
    apart = [name for name in differing(plans) if name in RACED] if others else []
    what = apart[0] if apart else _NOTHING
    titles = {_NOTHING: "nothing", **RACED}
    if not first.forgets:
        titles.pop("forget_bias")
    raced = bool(others) and what != _NOTHING
    left, *right = st.columns([4, 1]) if raced else [st.container()]
    key = "watch_raced"
    st.session_state[key] = what
    with left:
        st.pills(
            "Race it, on the same data, against the same with",
            list(titles),
            format_func=titles.__getitem__,
            key=key,
            on_change=lambda: _raced(first, st.session_state[key] or _NOTHING),
        )
    if raced:
        field = fields_of(first.task, first.distance)[what]
        with right[0]:
            _control(field, getattr(others[0], what), lambda value: _against(plans, what, value), "watch_other")


def _raced(first: Any, name: str) -> None:
    """Race against the same with one thing changed to what teaches most beside it."""
    if name == _NOTHING:
        return _set((first,))
    value = _OTHER[name](getattr(first, name))
    return _try(lambda: (first, replace(first, **{name: value})))


def _against(plans: Sequence[Any], name: str, value: Any) -> None:
    _try(lambda: (plans[0], replace(plans[1], **{name: value})))


def _change(plans: Sequence[Any], name: str, value: Any) -> None:
    """One thing of all plans that do not race in it; another task proposes its own length and updates."""

    def changed(plan: Any, first: bool) -> Any:
        if not first and name in differing(plans):
            return plan
        fresh = {"length": 0, "updates": 0} if name in ("task", "distance") else {}
        return replace(plan, **fresh, **{name: value})

    _try(lambda: tuple(changed(plan, k == 0) for k, plan in enumerate(plans)))


def _try(make: Callable[[], Sequence[Any]]) -> None:
    """Set what comes of a choice; where that cannot be trained, say why, and leave all as it was."""
    try:
        _set(make())
    except (TypeError, ValueError) as error:
        st.session_state["lv_watch_problem"] = str(error)


def _set(plans: Sequence[Any]) -> None:
    session.do(["set", set_plans(plans)])


def _control(field: Any, value: Any, tell: Callable[[Any], None], prefix: str = "watch") -> None:
    """The control that fits a field, at a value."""
    key = f"{prefix}_{field.name}"
    st.session_state[key] = value

    def told() -> None:
        if (chosen := st.session_state[key]) is not None:
            tell(chosen)

    how = {"key": key, "on_change": told, "help": field.help}
    if field.kind == "choice":
        st.selectbox(field.label, list(field.choices), format_func=field.choices.__getitem__, **how)
    elif field.kind == "yes_or_no":
        st.toggle(field.label, **how)
    elif field.step == 0:
        offered = sorted({*(rate for rate in RATES if field.low <= rate <= field.high), value})
        st.select_slider(field.label, offered, format_func=lambda rate: f"{rate:g}", **how)
    else:
        number = int if field.kind == "whole" else float
        st.number_input(field.label, number(field.low), number(field.high), None, step=number(field.step), **how)
