"""What is kept of predictions, and the file to hand in."""

from html.parser import HTMLParser
from unittest.mock import patch

import pytest
import streamlit as st

from lstm_viz.lessons import read_lesson
from lstm_viz.ui.pages.lessons import answers
from lstm_viz.ui.pages.lessons.hand_in import hand_in
from lstm_viz.ui.pages.lessons.picture import curves
from lstm_viz.ui.pages.lessons.results import Result, counted, in_words
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.view import View

LESSON, _ = read_lesson("# <b>Bold</b> & co\n\n## One\nText.\n\n## Two\nText.\n", "nasty")
DRAWN = {
    "kind": "draw",
    "range": [1e-4, 1.0],
    "scale": "log",
    "labels": ["a", "b", "c"],
    "colour": {"light": "#123456"},
}


class Tags(HTMLParser):
    """Collects what a page is made of."""

    def __init__(self, text: str):
        super().__init__()
        self.found: list[str] = []
        self.fetches: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)
        self.fetches += [str(value) for name, value in attrs if name in ("src", "href")]


def test_the_file_holds_all_in_one_and_reads_nothing_as_markup() -> None:
    assert LESSON is not None
    found = [
        Result(1, "One <i>", "Is <script>it</script>?", "", "", None, ""),
        Result(
            2,
            "Two",
            "Draw",
            "the line below",
            "the line below",
            None,
            "Off.",
            curves(DRAWN, [1, None, 1e-4], [1, 1, 1]),
        ),
    ]
    text = hand_in(LESSON, found, "  <Ada> & Co ")
    tags = Tags(text)
    assert not tags.fetches
    assert not {"script", "i", "b", "ada"} & set(tags.found)
    assert "By &lt;Ada&gt; &amp; Co" in text
    assert "not answered yet" in text
    assert tags.found.count("polyline") == 2
    assert "By " not in hand_in(LESSON, found, "  ")


def test_a_drawing_is_drawn_on_its_scale() -> None:
    lines = [each.split('"')[0] for each in curves(DRAWN, [1e-4, None, 1.0], [1e-2, 1e-2, 1e-2]).split('points="')[1:]]
    truth, given = ([tuple(map(float, point.split(","))) for point in line.split()] for line in lines)
    assert [y for _, y in truth] == [75.0, 75.0, 75.0]
    assert given == [(8.0, 142.0), (552.0, 8.0)]


def test_how_many_came_out_as_said_is_counted_of_those_that_were_predicted() -> None:
    assert LESSON is not None
    of = (("a", True), ("b", False), ("", None))
    found = [Result(1, "", "", predicted, "so", right, "") for predicted, right in of]
    assert counted(LESSON, found) == "You predicted 2 of 3 answers; 1 of them came out as you said."
    assert counted(LESSON, []).startswith("You have gone through all 2 steps")


def test_a_number_is_written_with_its_unit() -> None:
    assert in_words({"kind": "number", "decimals": 1, "unit": "°C"}, -3.04, View.of(Settings())) == "−3.0 °C"


@pytest.mark.parametrize(
    "told",
    [None, [], "x", {"1": None}, {"1": []}, {"1": {"predicted": "x" * 9_000}}, {"0": {"done": True}},
     {"3": {"done": True}}, {"one": {"done": True}}, {"1": {"other": 1}}],
)  # fmt: skip
def test_nonsense_from_a_browser_is_nothing(told: object) -> None:
    assert LESSON is not None
    with patch.object(st, "session_state", {}):
        answers.hear(LESSON, told)
        assert answers.heard(LESSON)
        assert answers.marks(LESSON) == {}


def test_what_the_browser_keeps_is_taken_once_and_never_over_what_is_newer() -> None:
    assert LESSON is not None
    with patch.object(st, "session_state", {}):
        answers.put(LESSON, 1, {"skipped": True})
        answers.hear(LESSON, {"1": {"done": True}, "2": {"predicted": 3, "asked": "a", "more": 1}})
        assert answers.marks(LESSON) == {"1": {"skipped": True}, "2": {"predicted": 3, "asked": "a"}}
        answers.hear(LESSON, {"1": {"done": True}})
        assert answers.mark(LESSON, 1) == {"skipped": True}
        answers.clear(LESSON)
        assert answers.marks(LESSON) == {}
