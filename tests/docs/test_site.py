"""What the reference site is made of. `make docs` builds it, strictly, and looks at what came out."""

import re
from pathlib import Path

import pytest

import lstm_viz
from docs.making import reference
from docs.making.built import problems, wanted
from docs.making.cells import cell_pages
from docs.making.docstrings import told
from docs.making.links import links_page
from docs.making.models import model_pages
from docs.making.page import Page, raw_place, with_raw
from docs.making.written import DOCUMENTS, written_pages
from lstm_viz.cells import CELLS, NOTATIONS
from lstm_viz.tasks import cell_names, model_names
from lstm_viz.ui.settings.settings import DEFAULTS
from tests.driving import ROOT


def test_every_public_name_is_on_one_page_of_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(page.text for page in reference.reference_pages())
    for name in wanted():
        assert text.count(f"::: {name}\n") == 1, f"{name} is public: name it in TOPICS of docs/making/reference.py"
    monkeypatch.setattr(reference, "TOPICS", {"Half": ("", ("trace", "Trace", "trace", "nothing"))})
    said = reference.misplaced()
    assert "Clamp, " in said
    assert "nothing are in a topic and not public; trace are in two topics" in said
    with pytest.raises(ValueError, match="mend TOPICS"):
        reference.reference_pages()


def test_what_is_wrong_with_a_built_site_is_said(tmp_path: Path) -> None:
    traced = reference.home(lstm_viz.trace)
    places = "".join(f'<h2 id="{name}"></h2>' for name in sorted(wanted()))
    (tmp_path / "index.html").write_text(f'{places}<a href="https://x.org">x</a><script src="a.js"></script>')
    assert problems(tmp_path) == []
    (tmp_path / "index.html").write_text(
        places.replace(f'id="{traced}"', "")
        + '<script src="https://x.org/a.js"></script><link rel="preconnect" href="//fonts.x.org">'
        + '<p style="background: url(https://x.org/b.png)"></p><link rel="next" href="https://x.org/">'
    )
    (tmp_path / "a.css").write_text('@import "https://x.org/c.css"; p { background: url(d.png) }')
    assert problems(tmp_path) == [
        "index.html loads https://x.org/a.js",
        "index.html loads //fonts.x.org",
        "index.html loads https://x.org/b.png",
        "a.css loads https://x.org/c.css",
        f"{traced} is public and on no page",
    ]


def test_html_that_markdown_must_leave_alone_gets_to_its_place() -> None:
    page = Page("x.md", "X", f"# X\n\n{raw_place('0')}\n", {"0": "<b>\n\n*a*</b>"})
    assert with_raw(f"<p>{raw_place('0')}</p>", page.raw) == "<p><b>\n\n*a*</b></p>"
    with pytest.raises(ValueError, match="no place for 0"):
        with_raw("<p></p>", page.raw)


def test_a_docstring_is_read_as_the_house_means_it() -> None:
    before = "What.\n\nReturns\n-------\nmodule : the same; or\n    another\n\nNotes\n-----\nx : stays\n"
    assert told(before) == (
        "What.\n\nReturns\n-------\nmodule :\n    the same; or\n    another\n\nNotes\n-----\nx : stays\n"
    )
    assert told("Parameters\n----------\nstep, unit : whose\n    numbers\nx : what") == (
        "Parameters\n----------\nstep\n    whose\n    numbers\nunit\n    whose\n    numbers\nx\n    what"
    )
    drawn = "====  ====\na     b\n====  ====\nc     d\n====  ====\n"
    assert told(f"What.\n\n{drawn}\nMore.") == f"What.\n\n```text\n{drawn}```\n\nMore."


def test_documents_are_included_and_lead_to_each_other() -> None:
    pages = {path for path, _ in DOCUMENTS.values()}
    for page in written_pages():
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.text):
            assert target in pages or (ROOT / "docs" / target).exists(), f"{page.path} links to {target}"
    start = next(page.text for page in written_pages() if page.path == "index.md")
    assert "](contributing.md)" in start


def test_every_network_and_every_setting_is_on_a_page() -> None:
    models = {page.path: page.text for page in model_pages()}
    for name in model_names():
        for cell in cell_names(name):
            assert f'`lv.load_model("{name}", "{cell}")`' in models[f"models/{name}.md"]
        assert f"({name}.md)" in models["models/index.md"]
    links = links_page().text
    for name in DEFAULTS:
        assert links.count(f"\n| `{name}` |") == 1
    assert re.findall(r"^\| .*\|  \|$", links, flags=re.MULTILINE) == [], "a setting without a note"


def test_every_cell_has_a_page_made_from_its_definition() -> None:
    pages = {page.path: page.text for page in cell_pages()}
    for cell in CELLS.values():
        page = pages[f"cells/{cell.name}.md"]
        shown = sum(not cell.says_itself(q.name, each) for q in cell.quantities for each in NOTATIONS)
        assert page.count('<div class="equation"><span data-latex="') == shown
        assert ("## Its definition" in page) != cell.name.endswith("_hard"), "those are made of others by a rule"
        assert f"[{cell.title}]({cell.name}.md)" in pages["cells/index.md"]
