"""What the settings ask to have trained, what each is called, and which preset that is."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from lstm_viz.cells import CELLS
from lstm_viz.ui.settings.settings import Settings


def plans_of(settings: Settings) -> tuple[Any, ...]:
    """One plan, or two that race; those of the first preset where the settings name none."""
    from lstm_viz.learning import PRESETS, Plan

    if not settings.watch:
        return next(iter(PRESETS.values())).plans
    written = [settings.watch, *filter(None, [settings.watch_against])]
    return tuple(Plan.read(each) for each in written)


def preset_of(plans: Sequence[Any]) -> str:
    """The name of the preset that these are; "" for none."""
    from lstm_viz.learning import PRESETS

    return next((name for name, each in PRESETS.items() if each.plans == tuple(plans)), "")


def set_plans(plans: Sequence[Any]) -> dict[str, str]:
    """The settings that ask for these; the first preset, which a page opens on, is asked for by saying nothing."""
    from lstm_viz.learning import PRESETS

    if tuple(plans) == next(iter(PRESETS.values())).plans:
        return {"watch": "", "watch_against": ""}
    first, *others = plans
    return {"watch": first.written, "watch_against": others[0].written if others else ""}


def differing(plans: Sequence[Any]) -> list[str]:
    """The fields in which two plans differ."""
    first, *others = plans
    named = [each.name for each in fields(first)]
    return [name for name in named if any(getattr(first, name) != getattr(other, name) for other in others)]


def field_title(name: str) -> str:
    """What a field is called within a sentence."""
    from lstm_viz.learning import FIELDS

    label: str = FIELDS[name].label
    return label[:1].lower() + label[1:]


def names(plans: Sequence[Any]) -> list[str]:
    """What each is called beside the other: its cell, and what differs.

    Examples
    --------
    >>> from lstm_viz.learning import Plan
    >>> names([Plan(cell="lstm"), Plan(cell="rnn")]), names([Plan(forget_bias=0.0), Plan(forget_bias=3.0)])
    (['LSTM', 'RNN'], ['LSTM, forget bias 0', 'LSTM, forget bias 3'])
    >>> names([Plan(clip=0.0), Plan()])
    ['LSTM, not clipped', 'LSTM, clipped at 1']
    """
    apart = [each for each in differing(plans) if each != "cell"]
    return [", ".join([CELLS[plan.cell].title, *(_said(plan, name) for name in apart)]) for plan in plans]


def _said(plan: Any, name: str) -> str:
    from lstm_viz.learning import FIELDS

    value = getattr(plan, name)
    if name == "clip":
        return f"clipped at {value:g}" if value else "not clipped"
    if name in ("units", "layers"):
        return f"{value} {name if value != 1 else name[:-1]}"
    return f"{field_title(name)} {FIELDS[name].choices.get(value) or FIELDS[name].write(value)}"
