"""What can be taken away from RNN, LSTM, GRU: of its live part; what its charts of lengths draw is in their tables."""

from lstm_viz.ui.pages.cells_compared.comparison import Comparison
from lstm_viz.ui.pages.saved import saved_page
from lstm_viz.ui.taking import extras
from lstm_viz.ui.taking.shown import follows, model_of, shown
from lstm_viz.ui.taking.taken import Extra, Taken
from lstm_viz.ui.taking.taking import Taking, file_name
from lstm_viz.ui.views.view import View
from lstm_viz.words.snippets.cells_compared import cells_compared


def comparison_taken(view: View, here: Comparison) -> Taken:
    """The run of every cell, that of the chosen one first, what each says, and of that what the lines draw."""
    chosen = view.model.cell
    runs = {cell: here.traces[cell] for cell in sorted(here.traces, key=lambda cell: cell != chosen)}
    added = [each for cell, run in runs.items() for each in extras.predictions(here.views[cell].model, run, cell)]
    for cell, line in here.lines.items():
        over = {"time_step": range(len(line))}
        added.append(Extra(f"{cell} answer", here.name, line, over, {"run": cell}))
    return Taken(runs, added, view.place.index, view.place.direction, view.unit)


def comparison_snippet(view: View, here: Comparison, theme: str) -> str:
    """The view as Python."""
    chosen = view.model.cell
    models = {cell: model_of(here.views[cell].source) for cell in sorted(here.traces, key=lambda cell: cell != chosen)}
    return cells_compared(
        shown(view, "RNN, LSTM, GRU", theme),
        models=models,
        answer=here.name,
        label="" if here.asks_what_comes else view.model.labels[here.column],
        ends=(0.0, 1.0) if view.source.task.is_classifier else None,
        follows=follows(view),
    )


def comparison_taking(view: View, here: Comparison) -> Taking:
    """What the page gives."""
    return Taking(
        file_name("rnn lstm gru", view.source.task.name),
        (lambda: comparison_taken(view, here)) if here.traces else None,
        lambda theme: comparison_snippet(view, here, theme),
        lambda _, tell: saved_page("cells_compared", view, tell),
        view.source.own,
    )
