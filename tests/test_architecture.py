"""The picture of the house is of this house, and the page beside it speaks of every room."""

from tests.architecture import PICTURE, direct, draw, graph, imports, leads_to, made_of
from tests.driving import ROOT


def test_the_picture_shows_the_parts_and_imports_that_there_are() -> None:
    # Not how long they are, which changes with every line.
    assert made_of(PICTURE) == graph(), "docs/architecture.svg is out of date: python -m tests.architecture draws it"


def test_every_box_is_drawn_and_its_arrows_lead_to_all_that_it_imports() -> None:
    drawn = draw()
    assert drawn.count('class="box"') == len(graph()["parts"])
    assert drawn.count('class="arrow"') == len(graph()["arrows"])
    found, kept = imports(), direct(imports())
    for part in found:
        assert leads_to(kept, part) == leads_to(found, part)


def test_an_arrow_that_is_a_short_cut_is_left_out() -> None:
    assert direct({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == {"a": {"b"}, "b": {"c"}, "c": set()}


def test_the_page_names_every_part_and_folder() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for part, *within in graph()["parts"]:
        assert f"`{part}" in page, f"docs/architecture.md does not name {part}"
        for folder in within:
            assert f"{folder}/" in page, f"docs/architecture.md does not name {part}/{folder}/"
