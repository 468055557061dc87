"""What must hold of the built site: every public name has its place, and no page loads anything from elsewhere."""

import re
from html.parser import HTMLParser
from pathlib import Path

import lstm_viz
from docs.making.reference import home, public
from lstm_viz import figures

LOADING = {"script": "src", "img": "src", "iframe": "src", "link": "href", "source": "src", "object": "data"}
"""Elements that load something by themselves, and the attribute that says what. What a reader follows may lead out."""
NOT_LOADED = {"canonical", "next", "prev", "alternate"}
"""Relations of a ``link`` that only name a page."""


def problems(site: Path) -> list[str]:
    """What is wrong with the site, a sentence each."""
    names: set[str] = set()
    found = []
    for page in sorted(site.rglob("*.html")):
        read = Read(page.read_text(encoding="utf-8"))
        names |= read.names
        found += [f"{page.relative_to(site)} loads {source}" for source in read.loaded if is_elsewhere(source)]
    for sheet in sorted(site.rglob("*.css")):
        sources = re.findall(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)", sheet.read_text(encoding="utf-8"))
        found += [f"{sheet.relative_to(site)} loads {x or y}" for x, y in sources if is_elsewhere(x or y)]
    return found + [f"{name} is public and on no page" for name in sorted(wanted() - names)]


def wanted() -> set[str]:
    """The dotted names that must be places of the site."""
    own = {home(getattr(lstm_viz, name)) for name in public()}
    return own | {home(getattr(figures, name)) for name in figures.__all__}


def is_elsewhere(source: str) -> bool:
    """Whether an address leads to another host."""
    return bool(re.match(r"\s*(?:[a-z]+:)?//", source, flags=re.IGNORECASE))


class Read(HTMLParser):
    """The places of a page, and what it loads.

    Attributes
    ----------
    names : ids of its elements
    loaded : addresses
    """

    def __init__(self, html: str):
        super().__init__()
        self.names: set[str] = set()
        self.loaded: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element's id and what it loads."""
        given = {name: value or "" for name, value in attrs}
        self.names |= {given["id"]} if "id" in given else set()
        source = given.get(LOADING.get(tag, ""))
        if source and not set(given.get("rel", "").split()) & NOT_LOADED:
            self.loaded.append(source)
        if style := given.get("style"):
            self.loaded += re.findall(r"url\(\s*[\"']?([^\"')]+)", style)
