"""The view that a pasted link shows: its page from the path, its settings from the query. The host does not matter."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from lstm_viz.lessons.lesson import ViewAt
from lstm_viz.lessons.quoting import short
from lstm_viz.lessons.references.names import nearest
from lstm_viz.ui.navigation import HOME, LESSON_PAGES, PAGES
from lstm_viz.ui.settings.link import from_query
from lstm_viz.ui.settings.settings import DEFAULTS

SHOWN = tuple(name for pages in PAGES.values() for name, _ in pages if name not in LESSON_PAGES)
"""Pages by the name in their address."""
NOT_OF_A_VIEW = ("lesson", "at", "present", "embed", "theme")
"""Settings that say how a page is shown rather than what; a lesson decides that itself."""

_MARKDOWN = re.compile(r"\[[^\]]*\]\(([^)\s]*)\)")


def read_view(written: str) -> tuple[ViewAt | None, list[str]]:
    """The view of a link, as pasted or as a Markdown link; and what is wrong with it, a sentence each."""
    match = _MARKDOWN.fullmatch(written.strip())
    address = (match[1] if match else written.strip()).strip("<>")
    if not address or any(character.isspace() for character in address):
        return None, ["a view is a link to a page, as Copy link gives it, without spaces"]
    try:
        split = urlsplit(address)
        given = parse_qs(split.query, keep_blank_values=True, max_num_fields=200)
    except ValueError:
        return None, ["this link cannot be read; paste one from Copy link"]
    if split.scheme not in ("", "http", "https"):
        return None, [
            f"a view is a link that begins with https://, or a page’s name, not with “{short(split.scheme)}:”"
        ]
    page = split.path.rstrip("/").rpartition("/")[2] or HOME
    if page not in SHOWN:
        like = nearest(page, SHOWN)
        hint = f"did you mean “{like}”? " if like else ""
        return None, [f"there is no page “{short(page)}”; {hint}there is {', '.join(SHOWN)}"]
    settings, ignored = from_query(dict(given))
    kept = {name: DEFAULTS[name] for name in NOT_OF_A_VIEW}
    return ViewAt(page, replace(settings, **kept)), [f"in the link: {said[:-1]}" for said in ignored]
