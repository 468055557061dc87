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
        return tuple(next(iter(PRESETS.values())).plans)
    written = [settings.watch, *filter(None, [settings.watch_against])]
    return tuple(Plan.read(each) for each in written)


def preset_of(plans: Sequence[Any]) -> str:
    """The name of the preset that these are; "" for none."""
    from lstm_viz.learning import PRESETS

    return next((name for name, each in PRESETS.items() if tuple(each.plans) == tuple(plans)), "")


def differing(plans: Sequence[Any]) -> list[str]:
    """The fields in which two plans differ."""
    first, *others = plans
    return [each.name for each in fields(first) if any(getattr(first, each.name) != getattr(o, each.name) for o in others)]


def names(plans: Sequence[Any]) -> list[str]:
    """What each is called beside the other: its cell, and what differs.

    Examples
    --------
    >>> from lstm_viz.learning import Plan
    >>> names([Plan(cell="lstm"), Plan(cell="rnn")]), names([Plan(forget_bias=0.0), Plan(forget_bias=3.0)])
    (['LSTM', 'RNN'], ['LSTM, forget bias 0', 'LSTM, forget bias 3'])
    """
    apart = [each for each in differing(plans) if each != "cell"]
    return [
        ", ".join([CELLS[plan.cell].title, *(f"{each.replace('_', ' ')} {getattr(plan, each):g}" for each in apart)])
        for plan in plans
    ]
