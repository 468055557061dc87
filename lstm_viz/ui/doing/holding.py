"""The rules of clamps: what a form's fields ask to hold, letting go, and a whole experiment."""

from dataclasses import replace

from lstm_viz.ui.doing import tokens
from lstm_viz.ui.doing.refused import Refused
from lstm_viz.ui.doing.state import Rules
from lstm_viz.ui.doing.texts import Changes, edited
from lstm_viz.ui.settings import holds
from lstm_viz.ui.settings.holds import Hold
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View


def hold(settings: Settings, rules: Rules, quantity: str, value: str, units: str, steps: str) -> Changes:
    """Hold a quantity at a value, or at its "mean"; units and steps as a reader writes them, such as "3, 5-8"."""
    held = None if value == "mean" else holds.read_value(str(value))
    if held is None and value != "mean":
        raise Refused(f"“{str(value)[:40]}” is not a number to hold a gate at; a gate lies between 0 and 1.")
    places = []
    for given, what in ((units, "units"), (steps, "steps")):
        ranges = holds.read_ranges(str(given))
        if ranges is None:
            raise Refused(
                f"“{str(given)[:40]}” does not name {what}; write numbers and ranges such as 3, 5-8, or “all”."
            )
        places.append(ranges)
    new = Hold(str(quantity), held, *places)
    there, _ = holds.parse(settings.clamps)
    if len(there) >= holds.MOST and new not in there:
        raise Refused(f"There are {holds.MOST} clamps, the most at once; release one first.")
    # Of several on one spot the last one holds, so a clamp given again goes to the end.
    return {"clamps": holds.write([*(each for each in there if each != new), new])}


def release(settings: Settings, rules: Rules, index: int) -> Changes:
    """Let one clamp go, by its number in the list."""
    there = list(holds.parse(settings.clamps)[0])
    del there[index]
    return {"clamps": holds.write(there)}


def release_all(settings: Settings, rules: Rules) -> Changes:
    """Let all of them go."""
    return {"clamps": ""}


def attempt(settings: Settings, rules: Rules, line: str, step: int | None) -> Changes:
    """Do one experiment on the text before any edit, and nothing else: hold what a line says, or leave a token out."""
    base = replace(settings, text=settings.text if settings.before is None else settings.before, before=None)
    changes: Changes = {"text": base.text, "before": None, "clamps": holds.write(holds.parse(str(line))[0])}
    if step is None:
        return changes
    view = View.of(base)
    text, place = tokens.drop(view.reading, view.source.read, step)
    return changes | edited(base, text, rules)[0] | {"step": place}
