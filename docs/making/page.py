"""What a page of the site is before mkdocs has it: Markdown, and the HTML that Markdown must leave alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape


@dataclass(frozen=True)
class Page:
    """One generated page.

    Attributes
    ----------
    path : below the root of the site, ending in ``.md``
    title : in the list of pages
    text : Markdown
    raw : what stands in its place once Markdown is done, by name; see `raw_place`
    """

    path: str
    title: str
    text: str
    raw: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_figures(self) -> bool:
        """Whether plotly is needed to draw it."""
        return any("plotly-figure" in html for html in (self.text, *self.raw.values()))


def raw_place(name: str) -> str:
    """The line of Markdown that marks where the HTML of that name goes."""
    return f'<div data-raw="{escape(name)}"></div>'


def with_raw(html: str, raw: Mapping[str, str]) -> str:
    """A page's HTML with every marked place filled; ValueError where one is not there."""
    for name, content in raw.items():
        place = raw_place(name)
        if place not in html:
            raise ValueError(f"there is no place for {name} in the page")
        html = html.replace(place, content)
    return html


def plotly_place(figure: str) -> str:
    """HTML in which `docs/assets/site.js` draws a plotly figure, given as its JSON."""
    return f'<div class="frame"><div class="plotly-figure" data-figure="{escape(figure)}"></div></div>'


def equation_place(latex: str) -> str:
    """HTML in whose place `equations.drawn` puts an equation."""
    return f'<span data-latex="{escape(latex)}"></span>'


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table in Markdown; cells may hold Markdown, but no line of their own."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines)
