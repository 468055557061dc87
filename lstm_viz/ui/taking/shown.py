"""A view as the snippets of `lstm_viz.words.snippets` tell it."""

from lstm_viz.sources import Source
from lstm_viz.ui.views.view import View
from lstm_viz.words.snippets.shown import Shown, loaded


def model_of(source: Source) -> str:
    """The call that makes the network of a source."""
    task, cell, degrees, *checkpoint = source.name
    return loaded(task, cell, degrees, int(checkpoint[0]) if checkpoint else None)


def shown(view: View, title: str, theme: str) -> Shown:
    """What a view with a run shows.

    Parameters
    ----------
    title : of the page
    theme : "light" or "dark", as the browser has it
    """
    settings, before = view.settings, view.settings.before
    return Shown(
        title=title,
        model=model_of(view.source),
        text=view.text,
        before=before if before is not None and view.source.read(before).tokens else None,
        whole=not view.reading.problem and not (before is not None and view.source.read(before).problem),
        layer=view.place.index,
        direction=view.place.direction,
        step=view.step,
        unit=view.unit,
        order=view.order_name,
        notation=settings.notation,
        theme=theme,
    )


def follows(view: View) -> bool:
    """Whether the network says which symbols may follow."""
    return bool(view.source.task.followers)
