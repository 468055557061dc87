"""What can be taken away from Gates over time."""

from lstm_viz.figures.saturation import saturation_data
from lstm_viz.ui.pages.saved import saved_page
from lstm_viz.ui.taking import extras
from lstm_viz.ui.taking.shown import follows, named, shown
from lstm_viz.ui.taking.taken import Extra, Taken
from lstm_viz.ui.taking.taking import Taking, file_name
from lstm_viz.ui.views.view import View
from lstm_viz.words.snippets.gates import gates


def gates_taken(view: View) -> Taken:
    """The run, the answer after every step, how saturated each gate is, and what the last edit changed."""
    added = extras.predictions(view.model, view.run)
    for gate in saturation_data(view.layer):
        for name, share in (("shut", gate.shares.shut), ("open", gate.shares.open)):
            called = f"share of steps with {gate.quantity.name} {name}"
            added.append(Extra(called, called, share, {"unit": range(len(share))}))
    if view.edit:
        added.append(extras.change(view.edit))
    return Taken({"": view.run}, added, view.place.index, view.place.direction, view.unit)


def gates_snippet(view: View, theme: str) -> str:
    """The view as Python."""
    named = tuple(gate.name for gate in view.source.cell.gates)
    own = view.settings.own_scale
    return gates(shown(view, "Gates over time", theme), own_scale=own, gates=named, follows=follows(view))


def gates_taking(view: View) -> Taking:
    """What the page gives."""
    return Taking(
        file_name("gates over time", *named(view)),
        (lambda: gates_taken(view)) if view.trace else None,
        lambda theme: gates_snippet(view, theme),
        lambda _, tell: saved_page("gates", view, tell),  # it follows its reader's theme
        view.source.own,
    )
