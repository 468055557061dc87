"""The page on links: every setting of a view, its default and what it means, from the fields that hold them."""

from collections.abc import Iterator
from dataclasses import fields
from sys import modules

from docs.making.page import Page, table
from docs.making.reference import field_notes
from lstm_viz.ui.navigation import HOME, PAGES
from lstm_viz.ui.settings.kinds import Choice, Flag, Integer, Kind, Number
from lstm_viz.ui.settings.link import LINK_LIMIT, READABLE, link
from lstm_viz.ui.settings.settings import Settings

Rows = list[tuple[str, ...]]


def links_page() -> Page:
    """How a view becomes an address, and all that can stand in one."""
    example = Settings(text="The film is not good.", step=3, unit=17, notation="textbook")
    titles = {name: title for pages in PAGES.values() for name, title in pages}
    text = f"""# Links

All that a view depends on stands in its address, so a link shows the same view on any server, and a reload loses
nothing. Settings at their defaults are left out:

    {link(example, "inside_the_cell")}

A text that would take more than {READABLE:,} bytes there is compressed, under its name and `_packed`; a view whose
address would pass {LINK_LIMIT:,} bytes is offered as a small file instead. What a link says that is not valid is told
on the page, and the nearest valid view opens. Links of older versions keep opening.

An address without a page's name opens “{titles[HOME]}”. The pages: {", ".join(f"`{name}`" for name in titles)}.

"""
    for owner, rows in _by_owner():
        title = "Everywhere" if owner == "shared" else titles.get(owner, owner.replace("_", " ").capitalize())
        text += f"## {title}\n\n{table(('setting', 'default', 'values', 'what it sets'), rows)}\n"
    return Page("links.md", "Links", text)


def _by_owner() -> Iterator[tuple[str, Rows]]:
    """For all pages and for each: its settings, in the order in which its file lists them."""
    known = {each.name: each for each in fields(Settings)}
    for owner in reversed(Settings.__mro__[1:-1]):
        module = modules[owner.__module__]
        rows: Rows = [
            (f"`{name}`", _default(known[name]), _values(known[name].metadata["kind"]), note)
            for name, note in field_notes(module)
            if name in known
        ]
        if rows:
            yield _title(owner.__module__), rows


def _title(module: str) -> str:
    """``…pages.gates.fields`` → the page's name as its address has it."""
    folder = module.split(".")[-2] if module.endswith(".fields") else "shared"
    known = [name for pages in PAGES.values() for name, _ in pages]
    return next((name for name in known if folder in name), folder)


def _default(field: object) -> str:
    value = field.default  # type: ignore[attr-defined]
    return "" if value is None or value == "" else f"`{field.metadata['kind'].write(value)}`"  # type: ignore[attr-defined]


def _values(kind: Kind) -> str:
    match kind:
        case Choice(names):
            return ", ".join(f"`{name}`" if name else "nothing" for name in names)
        case Flag():
            return "`0`, `1`"
        case Integer():
            return "a whole number"
        case Number(low, high, _, whole):
            return f"{'a whole number' if whole else 'a number'}, {low:g} … {high:g}"
    return "a text"
