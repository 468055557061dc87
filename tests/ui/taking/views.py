"""Views of every page, drawn by chance from a seed, with what can be taken away from each."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from lstm_viz.cells import CELLS, NOTATIONS
from lstm_viz.claims import CLAIMS
from lstm_viz.sources import cells_of, shown_tasks
from lstm_viz.tasks.made import MADE
from lstm_viz.ui.pages.cells_compared.comparison import Comparison, views_of
from lstm_viz.ui.pages.cells_compared.taken import comparison_snippet, comparison_taken
from lstm_viz.ui.pages.gates.taken import gates_snippet, gates_taken
from lstm_viz.ui.pages.inside.taken import inside_snippet, inside_taken
from lstm_viz.ui.pages.ledger.taken import ledger_snippet, ledger_taken
from lstm_viz.ui.pages.notes.taken import notes_snippet, notes_taken
from lstm_viz.ui.pages.vanishing.taken import vanishing_snippet, vanishing_taken
from lstm_viz.ui.pages.vanishing.view import RNNS, Vanishing
from lstm_viz.ui.pages.variants.taken import variants_snippet, variants_taken
from lstm_viz.ui.pages.what_if.taken import what_if_snippet, what_if_taken
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.taking.taken import Taken
from lstm_viz.ui.views.view import View
from lstm_viz.words.snippets.shown import literal

LIVE: dict[str, tuple[Callable[[View], Taken], Callable[[View, str], str]]] = {
    "gates_over_time": (gates_taken, gates_snippet),
    "inside_the_cell": (inside_taken, inside_snippet),
    "memory_ledger": (ledger_taken, ledger_snippet),
    "what_if": (what_if_taken, what_if_snippet),
    "rnn_lstm_gru": (
        lambda view: comparison_taken(view, Comparison(views_of(view.settings, view.source.task.name))),
        lambda view, theme: comparison_snippet(view, Comparison(views_of(view.settings, view.source.task.name)), theme),
    ),
}
"""The pages with an editor: what is taken of a view, and the view as Python."""


@dataclass(frozen=True)
class Case:
    """A view of a page: its numbers and its Python."""

    name: str
    numbers: Callable[[], Taken]
    snippet: Callable[[], str]


def drawn(seed: int, per_page: int) -> Iterator[Case]:
    """So many views of each page."""
    for page in LIVE:
        for k in range(per_page):
            yield live(page, random.Random(f"{seed} {page} {k}"))
    for k in range(per_page):
        yield vanishing(random.Random(f"{seed} vanishing {k}"))
    for task in MADE:
        cell = random.Random(f"{seed} {task}").choice(cells_of(task))
        yield Case(
            f"variant_lab {task} {cell}", partial(variants_taken, task), partial(variants_snippet, task, cell, "light")
        )


def live(page: str, chance: random.Random) -> Case:
    """A view of a page with an editor."""
    task = chance.choice(shown_tasks())
    cell = chance.choice(cells_of(task))
    degrees = chance.choice("CF") if task == "temperature" else "C"
    draft = View.of(Settings(task=task, cell=cell, degrees=degrees))
    text = chance.choice([example.text for example in draft.source.task.examples])
    tokens = draft.source.read(text).tokens
    before = None
    if chance.random() < 0.5 and len(tokens) > 2:
        reading = draft.source.read(text)
        start, stop = reading.spans[chance.randrange(1, len(tokens))]
        before = (
            text[:start].rstrip(", ") + text[stop:] if task in ("adding", "temperature") else text[:start] + text[stop:]
        )
    settings = Settings(
        task=task,
        cell=cell,
        degrees=degrees,
        text=text,
        before=before,
        step=chance.randrange(len(tokens)),
        unit=chance.randrange(draft.source.model.network.recurrent.hidden_size),
        notation=chance.choice(list(NOTATIONS)),
        order=chance.choice(["similarity", "index", "forget_gate"]),
        own_scale=chance.random() < 0.5,
        overall=chance.random() < 0.5,
        source=chance.choice([0, 2, 999_999]),
        clamps=_clamps(cell, chance),
        shown=chance.choice([quantity.name for quantity in CELLS[cell].recorded]),
    )
    numbers, snippet = LIVE[page]
    theme = chance.choice(["light", "dark"])
    view = View.of(settings)
    return Case(f"{page} {settings}", lambda: numbers(view), lambda: snippet(view, theme))


def _clamps(cell: str, chance: random.Random) -> str:
    """One or two clamps of a cell's gates, in every form."""
    gates = [gate.name for gate in CELLS[cell].gates]
    if not gates:
        return ""
    forms = ["{} 1", "{} 0 u3", "{} mean u1.4-6", "{} 0.25 t1-2", "{} mean t0", "{} 0.5 u2-900 t0.2"]
    return "~".join(form.format(chance.choice(gates)) for form in chance.sample(forms, chance.choice([1, 2])))


def vanishing(chance: random.Random) -> Case:
    """A view of Vanishing gradient."""
    settings = Settings(
        networks=chance.choice(["fresh", "trained", *MADE]),
        task=chance.choice(shown_tasks()),
        length=chance.choice([10, 60, 400]),
        made_length=chance.choice([10, 50]),
        hidden=chance.choice([4, 32]),
        radius=chance.choice([0.5, 1.0, 3.0]),
        nonlinearity=chance.choice(list(RNNS)),
        forget_bias=chance.choice([0.0, 1.0, 5.0]),
        seed=chance.randrange(9),
        clip=chance.choice([0.1, 1.0]),
    )
    view = Vanishing.of(settings)
    return Case(f"vanishing {settings}", lambda: vanishing_taken(view), lambda: vanishing_snippet(view, "light"))


def claims(names: list[str]) -> Case:
    """Notes, checked: some claims."""
    found = {claim.name: claim for claim in CLAIMS if claim.name in names}
    return Case(
        f"notes {literal(names)}",
        lambda: notes_taken({name: claim.check() for name, claim in found.items()}),
        lambda: notes_snippet(names, names[0], "light"),
    )
