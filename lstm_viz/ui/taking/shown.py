"""A view as the snippets of `lstm_viz.words.snippets` tell it."""

from lstm_viz.sources import Source
from lstm_viz.tasks.readers.table import Table
from lstm_viz.ui.views.view import View
from lstm_viz.words.snippets.shown import Code, Shown, literal, loaded, uploaded


def model_of(source: Source) -> str:
    """The call that makes the network of a source."""
    if source.own is not None:
        at = {} if source.checkpoint is None else {"checkpoint": source.checkpoint}
        return uploaded(source.own.file, {**source.own.options, **at})
    task, cell, degrees, *_ = source.name
    return loaded(task, cell, degrees, source.checkpoint)


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
        text=_held(view) or view.text,
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


def _held(view: View) -> Code | None:
    """Rows of a file of numbers that is too long for an editor; None where the text says all."""
    reader, tokens = view.source.task.reader, view.reading.tokens
    if not isinstance(reader, Table) or reader.held is None or not all(each.startswith("row ") for each in tokens):
        return None
    rows = [int(each.removeprefix("row ")) for each in tokens]
    which = f"{rows[0]} : {rows[-1] + 1}" if rows == list(range(rows[0], rows[-1] + 1)) else str(rows)
    name = reader.held.name
    read = "np.load({})" if name.endswith(".npy") else 'np.genfromtxt({}, delimiter=",")'
    return Code(f"{read.format(literal(name))}[{which}]")


def follows(view: View) -> bool:
    """Whether the network says which symbols may follow."""
    return bool(view.source.task.followers)


def named(view: View) -> tuple[str, str]:
    """What a file of a view is called after: the task, or an upload's own file; and the cell."""
    source = view.source
    return source.task.title if source.private else source.task.name, view.model.cell
