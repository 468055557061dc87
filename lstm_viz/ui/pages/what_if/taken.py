"""What can be taken away from What if?."""

from lstm_viz.ui.pages.saved import saved_page
from lstm_viz.ui.pages.what_if.view import WhatIfView
from lstm_viz.ui.settings.holds import Resolved
from lstm_viz.ui.taking import extras
from lstm_viz.ui.taking.shown import follows, named, shown
from lstm_viz.ui.taking.taken import Taken
from lstm_viz.ui.taking.taking import Taking, file_name
from lstm_viz.ui.views.view import View
from lstm_viz.words.snippets.what_if import Held, what_if


def what_if_taken(view: View) -> Taken:
    """Both runs, what the network says in each, and how far they are apart."""
    here = WhatIfView(view)
    runs = {"changed": here.changed, "before": here.base}
    added = [each for name, run in runs.items() for each in extras.predictions(view.model, run, name)]
    added.append(extras.change(here.difference))
    return Taken(runs, added, view.place.index, view.place.direction, view.unit)


def what_if_snippet(view: View, theme: str) -> str:
    """The view as Python."""
    here = WhatIfView(view)
    held = [_held(each, view) for each in here.resolved if each.active]
    told = shown(view, "What if?", theme)
    return what_if(told, clamps=held, quantity=here.shown, follows=follows(view))


def _held(each: Resolved, view: View) -> Held:
    hold, (low, high) = each.hold, view.source.cell[each.hold.quantity].range
    units = sorted({unit for clamp in each.clamps for unit in clamp.units})  # type: ignore[union-attr]
    steps = list(each.clamps[0].steps)  # type: ignore[arg-type]
    where = units if hold.units else None, steps if hold.steps else None
    return Held(hold.quantity, hold.value, *where, ends=(float(low), float(high)))


def what_if_taking(view: View) -> Taking:
    """What the page gives."""
    return Taking(
        file_name("what if", *named(view)),
        (lambda: what_if_taken(view)) if view.trace else None,
        lambda theme: what_if_snippet(view, theme),
        lambda _, tell: saved_page("what_if", view, tell),  # it follows its reader's theme
        view.source.own,
    )
