"""Where a variant's network can be looked at: the address of every page that shows one, with that network chosen."""

from dataclasses import replace

from lstm_viz.sources import cells_of
from lstm_viz.ui.doing.state import Rules
from lstm_viz.ui.doing.texts import opened
from lstm_viz.ui.navigation import PAGES, WATCH, linked
from lstm_viz.ui.settings.link import link
from lstm_viz.ui.settings.settings import Settings

SECTIONS = ("Explore", "Experiment")
"""The sections whose pages show any network."""
OTHERS = ("variant_lab", "build_by_hand", WATCH)
"""Those of their pages that show none that is chosen."""


def pages_of(settings: Settings, task: str, cell: str) -> dict[str, str]:
    """Title → address of every page for one trained network, opened where there is most to see; none without one."""
    if cell not in cells_of(task):
        return {}
    view = replace(
        settings, task=task, memory_task=task, cell=cell, networks="trained", clamps="", ranking="", lab="parts"
    )
    # They open a page of their own.
    view = replace(view, text=None, before=None, hide=(), embed=False)
    view = replace(view, **opened(view, Rules()))
    pages = [page for section in SECTIONS for page in PAGES[section] if page[0] not in OTHERS]
    return {title: link(view, linked(name)) or linked(name) for name, title in pages}
