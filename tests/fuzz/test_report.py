"""What the fuzz writes down, and what it does not take for a finding."""

from pathlib import Path

import pytest

from benchmarks.report import kept_lines, preamble
from lstm_viz.ui.bridge.heard import LONGEST_QUERY
from tests.fuzz import report
from tests.fuzz.app_pages import arrives
from tests.fuzz.surfaces.links import Links
from tests.fuzz.trying import MB, REFUSED, TAKEN, Tried


def found(*outcomes: str) -> list[Tried]:
    return [Tried(k, "a | kind\n", each, 0.1 * k, 2 * MB, (100 + k) * MB) for k, each in enumerate(outcomes)]


def test_a_line_counts_what_came_of_the_cases() -> None:
    line = report.line("doors", found(TAKEN, REFUSED, "KeyError at door.py:3 | x", REFUSED))
    assert line.cells[:7] == ("doors", "4", "2", "0.30 s", "a … kind…", "3 MB", "2 MB")
    assert (line.cells[-1], line.verdict) == ("1", "missed by 1")


def test_each_surface_keeps_its_line_until_it_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    results = tmp_path / "RESULTS.md"
    results.write_text(preamble(), encoding="utf-8")
    monkeypatch.setattr(report, "RESULTS", results)
    order = ("doors", "windows")
    for title, outcomes in (
        ("windows", ["oh | x"]),
        ("doors", [TAKEN]),
        ("windows", [TAKEN, REFUSED]),
        ("gone", [TAKEN]),
    ):
        report.keep([report.line(title, found(*outcomes))], "the command", order)
    lines = kept_lines(results.read_text(encoding="utf-8"), report.TITLE)
    assert [(line.cells[0], line.cells[1], line.verdict) for line in lines] == [
        ("doors", "1", "met"),
        ("windows", "2", "met"),
    ]
    assert results.read_text(encoding="utf-8").count("`the command`.") == 1


def test_what_never_gets_to_a_page_is_not_said_to_it() -> None:
    assert arrives('{"message": "\\udfff"}')
    for told in ("{", '{"message": "\udfff"}', f'"{"x" * 26 * 2**20}"'):
        assert not arrives(told)


def test_a_query_that_no_address_can_hold_is_refused() -> None:
    links = Links()
    assert links.attempt("step=3" + "&" * (LONGEST_QUERY - 6)) == ""
    assert links.attempt("step=3" + "&" * LONGEST_QUERY) == "It is longer than any address."
