"""The parts of a page: an element has only names that the list has, and what the list has is on some page."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from lstm_viz.cells import CELLS
from lstm_viz.live_page.assets import FOLDER
from lstm_viz.ui.bridge.frame import Frame, current, header, put_on
from lstm_viz.ui.settings.link import FRAME, from_query, to_query
from lstm_viz.ui.settings.parts import EMBEDDED, OF_PAGES, PARTS, QUANTITIES
from lstm_viz.ui.settings.settings import Settings

PYTHON = Path(__file__).parents[2] / "lstm_viz/ui"


@dataclass(frozen=True)
class Point:
    """What is pointed at."""

    kind: str
    value: int | str


def named() -> set[str]:
    """Every name that an element of a page has, in the browser's modules and in Streamlit's part of the pages."""
    in_web = (re.findall(r'\bpart\("(\w+)"', path.read_text(encoding="utf-8")) for path in FOLDER.rglob("*.js"))
    on_server = (re.findall(r'\bpart\("(\w+)"\)', path.read_text(encoding="utf-8")) for path in PYTHON.rglob("*.py"))
    return {name for found in (*in_web, *on_server) for name in found}


def test_every_name_is_in_the_list_and_the_list_has_no_others() -> None:
    assert named() == set(OF_PAGES)
    assert not set(OF_PAGES) & set(QUANTITIES)


def test_a_link_carries_what_is_hidden_and_reading_it_forgives() -> None:
    view = Settings(hide=("menu", "forget_gate"), present=True, embed=True, theme="dark")
    query = to_query(view)
    assert query == {
        "step": "0", "unit": "0", "hide": "menu.forget_gate", "present": "true", "embed": "true", "theme": "dark"
    }  # fmt: skip
    assert from_query(query) == (view, ())
    found, ignored = from_query({"hide": "menu, forget_gate menu~nothing", "embed": "1", "present": "maybe"})
    assert (found.hide, found.embed, found.present) == (("menu", "forget_gate"), True, False)
    assert ignored[0].startswith("hide: 'nothing' is not one of title, introduction, ")
    assert ignored[1] == "present: 'maybe' is neither true nor false; using false."
    assert to_query(Settings()) == {"step": "0", "unit": "0"}, "what is as it always was leaves links as they are"


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Callable[[Settings], None]:
    """Sets what a session shows."""

    def show(settings: Settings) -> None:
        monkeypatch.setattr("lstm_viz.ui.bridge.session.settings", lambda: settings)

    show(Settings())
    return show


@pytest.mark.usefixtures("shown")
def test_a_frame_is_on_a_page_only_for_as_long_as_it_is_put_on() -> None:
    lit = (Point("step", 3), Point("quantity", "forget_gate"))
    with put_on(Frame(("menu",), lit)):
        assert header()["hide"] == ["menu"]
        assert header()["lit"] == [{"kind": "step", "value": 3}, {"kind": "quantity", "value": "forget_gate"}]
        with pytest.raises(ZeroDivisionError), put_on(Frame()):
            _ = current().hide == () and 1 / 0
        assert current().hide == ("menu",)
    assert (header()["hide"], header()["lit"]) == ([], [])


def test_what_is_embedded_is_the_view_alone_unless_its_link_says_what_is_left_out(
    shown: Callable[[Settings], None],
) -> None:
    shown(Settings(embed=True))
    assert header()["hide"] == list(EMBEDDED)
    assert not set(EMBEDDED) & {"editor", "tokens", "answers", "inspector", "drawing", *QUANTITIES}
    shown(Settings(embed=True, hide=("captions",)))
    assert header()["hide"] == [], "the browser has what the settings say"


def test_the_browser_knows_the_same_settings_of_a_frame() -> None:
    source = (FOLDER / "core/address.js").read_text(encoding="utf-8")
    listed = re.search(r"^const FRAME = (\[.*\]);", source, re.MULTILINE)
    assert listed
    assert set(json.loads(listed[1])) == FRAME


def test_a_frame_of_unknown_parts_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'gate of forgetting' is no part of a page; expected one of title, "):
        Frame(("gate of forgetting",))
    with pytest.raises(ValueError, match="'x' is no part of a page"):
        Frame((), (Point("part", "x"),))
    assert set(PARTS) == {*OF_PAGES, *QUANTITIES, *CELLS}


def test_the_page_of_the_docs_lists_every_part_by_its_title() -> None:
    page = (PYTHON.parents[1] / "docs/embedding.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", page, re.MULTILINE))
    assert listed == OF_PAGES | QUANTITIES
