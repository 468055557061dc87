"""What can be taken away from Inside the cell."""

from lstm_viz.ui.pages.saved import saved_page
from lstm_viz.ui.taking import extras
from lstm_viz.ui.taking.shown import follows, named, shown
from lstm_viz.ui.taking.taken import Extra, Taken
from lstm_viz.ui.taking.taking import Taking, file_name
from lstm_viz.ui.views.view import View
from lstm_viz.words.snippets.inside import inside


def inside_taken(view: View) -> Taken:
    """The run, what arrives at the layer on show, and the answer after every step."""
    inputs = view.source.inputs(view.run, view.place)
    over = {"time_step": range(len(inputs)), "input": range(inputs.shape[1])}
    added = [Extra("arriving", "arriving", inputs, over), *extras.predictions(view.model, view.run)]
    return Taken({"": view.run}, added, view.place.index, view.place.direction, view.unit)


def inside_snippet(view: View, theme: str) -> str:
    """The view as Python."""
    return inside(shown(view, "Inside the cell", theme), follows=follows(view))


def inside_taking(view: View) -> Taking:
    """What the page gives."""
    return Taking(
        file_name("inside the cell", *named(view)),
        (lambda: inside_taken(view)) if view.trace else None,
        lambda theme: inside_snippet(view, theme),
        lambda _, tell: saved_page("inside", view, tell),  # it follows its reader's theme
        view.source.own,
    )
