"""Pages that are documents of the repository: the README and its like, each written once and included here."""

import re
from pathlib import Path, PurePosixPath

from docs.making.page import Page

ROOT = Path(__file__).parents[2]
DOCUMENTS = {
    "README.md": ("index.md", "Start"),
    "CONTRIBUTING.md": ("contributing.md", "Contributing"),
    "CHANGELOG.md": ("changelog.md", "Changes"),
    "benchmarks/RESULTS.md": ("measured.md", "Measured"),
    "LICENSE": ("licence.md", "Licence"),
    "docs/your_model.md": ("your_model.md", "Your model"),
    "docs/lessons.md": ("lessons.md", "Write a lesson"),
    "docs/embedding.md": ("embedding.md", "Embed a view"),
    "docs/rooms.md": ("rooms.md", "A show of hands"),
    "docs/deploying.md": ("deploying.md", "Run it for a class"),
    "docs/operating.md": ("operating.md", "Run it for others"),
    "docs/architecture.md": ("architecture.md", "Architecture"),
}
"""Document → its page of the site, and that page's name. Those in docs/ are pages as they stand."""


def written_pages() -> list[Page]:
    """The documents outside docs/, with their links made to lead to each other's pages."""
    return [included(name) for name in DOCUMENTS if not name.startswith("docs/")]


def included(name: str) -> Page:
    """One of the `DOCUMENTS` as a page."""
    path, title = DOCUMENTS[name]
    text = (ROOT / name).read_text(encoding="utf-8")
    if not name.endswith(".md"):
        text = f"# {title}\n\n" + "\n".join(f"    {line}" if line else "" for line in text.splitlines()) + "\n"
    return Page(path, title, relinked(text, name))


def relinked(text: str, name: str) -> str:
    """A document's text, with links to other files of the repository as the site has those files."""
    folder = PurePosixPath(name).parent

    def target(match: re.Match[str]) -> str:
        file, mark, part = match[1].partition("#")
        place = (folder / file).as_posix()
        page = DOCUMENTS[place][0] if place in DOCUMENTS else place.removeprefix("docs/")
        return f"]({page}{mark}{part})"

    return re.sub(r"\]\((?!https?:|#)([^)\s]+)\)", target, text)
