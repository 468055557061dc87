"""Every shipped lesson walked through in a browser by keyboard alone, by readers who predict rightly and wrongly.

``python -m benchmarks lessons``. While a question is open, the view that would answer it is not there; then it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from playwright.sync_api import Browser, Page, expect

from benchmarks.report import Line, Section
from lstm_viz.lessons import Lesson, Step, answered, asked, shipped
from lstm_viz.lessons.library import START
from lstm_viz.rooms.predictions import any_prediction
from lstm_viz.ui.views.view import View
from tests.browser.pages import LOADING, at_rest, nothing_scrolls_sideways
from tests.driving import ROOT, serve

WIDTHS = {1440: 900, 1024: 768, 390: 844}
READERS = ("right", "wrong")
MOST_TABS = 120
LIVE = ".lv-page, .lv-charts, .lv-records, .lv-claims, .lv-by-hand"
"""The components of real views."""
FOCUSED = """() => {
  let node = document.activeElement;
  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  return node;
}"""


@dataclass(frozen=True)
class Walk:
    """One lesson, one window and one reader."""

    lesson: Lesson
    width: int
    reader: str

    def __str__(self) -> str:
        return f"{self.lesson.name}, {self.width} px, {self.reader}"


def walks() -> list[Walk]:
    """All that there are, in an order in which neighbours differ in everything."""
    ways = [(width, reader) for width in WIDTHS for reader in READERS]
    lessons = list(shipped().values())
    return [
        Walk(lesson, *ways[(k + turn) % len(ways)]) for turn in range(len(ways)) for k, lesson in enumerate(lessons)
    ]


class Reader:
    """Someone with a keyboard.

    Parameters
    ----------
    page : of a window of the walk's width
    url : the app's address
    """

    def __init__(self, page: Page, url: str, walk: Walk):
        self.page, self.walk = page, walk
        self.url = f"{url}/start_here?" if walk.lesson.name == START else f"{url}/lessons?lesson={walk.lesson.name}"
        self.bar = page.locator(".lv-lesson")
        self.prediction = page.locator(".lv-prediction")

    def go(self, first: int = 1, last: int | None = None) -> int:
        """Walk from one step to another → how many questions were answered."""
        steps = self.walk.lesson.steps[: last or len(self.walk.lesson.steps)]
        self.page.goto(f"{self.url}&at={first}")
        questions = 0
        for at, step in enumerate(steps[first - 1 :], first):
            expect(self.bar).to_have_attribute("data-at", str(at), timeout=LOADING)
            expect(self.bar).to_have_attribute("data-heard", "true", timeout=LOADING)
            expect(self.page.get_by_role("heading", name=step.title).first).to_be_visible()
            if step.question and step.view:
                self._answer(step)
                questions += 1
            elif step.do:
                self._do(step)
            nothing_scrolls_sideways(self.page)
            self.page.keyboard.press("Alt+PageDown")
        return questions

    def _answer(self, step: Step) -> None:
        assert step.question
        expect(self.prediction).to_be_visible(timeout=LOADING)
        expect(self.prediction.locator(".submit")).to_be_visible(timeout=LOADING)
        view = self._view(step)
        put = asked(step.question, view)
        found = answered(step.question, view, any_prediction(put))["truth"]
        if put["kind"] == "find":
            expect(self.page.locator(LIVE).filter(visible=True).first).to_be_visible(timeout=LOADING)
        else:
            # That of the step before goes when this one is there.
            expect(self.page.locator(LIVE)).to_have_count(0, timeout=LOADING)
            assert self.prediction.locator(".so:visible").count() == 0
        getattr(self, f"_{put['kind']}")(put, found, step)
        self._tab_to(".submit")
        self.page.keyboard.press("Enter")
        expect(self.prediction.locator(".predict")).to_have_class("predict answered revealing", timeout=LOADING)
        expect(self.prediction.locator(".said")).not_to_be_empty()
        expect(self.page.locator(LIVE).filter(visible=True).first).to_be_visible(timeout=LOADING)

    def _view(self, step: Step) -> View:
        """The view that is asked about, of the text that is in the editor where the step names none."""
        assert step.view
        settings = step.view.settings
        # At once: the editor of the step before may be about to go.
        typed = self.page.locator("textarea.lv-editor").evaluate_all("all => all[0]?.value ?? null")
        if settings.text is None and typed is not None:
            settings = replace(settings, text=typed)
        return View.of(settings)

    def _choose(self, put: dict[str, Any], truth: int, step: Step) -> None:
        wanted = truth if self.walk.reader == "right" else (truth + 1) % len(put["options"])
        self._tab_to("input[type=radio]")
        self.page.keyboard.press("Space")
        for _ in range(wanted):
            self.page.keyboard.press("ArrowDown")

    def _number(self, put: dict[str, Any], truth: float, step: Step) -> None:
        low, high = put["range"]
        wanted = truth if self.walk.reader == "right" else low if truth > (low + high) / 2 else high
        self._tab_to("input[type=text]")
        self.page.keyboard.type(f"{wanted:.{put['decimals']}f}")

    def _click(self, put: dict[str, Any], truth: list[int], step: Step) -> None:
        places = list(range(len(put["labels"]))) if put["what"] == "step" else put["units"]
        right = places.index(truth[0])
        wanted = right if self.walk.reader == "right" else next(k for k in range(len(places)) if places[k] not in truth)
        self._tab_to("[role=radio]")
        self.page.keyboard.press("Home")
        for _ in range(wanted):
            self.page.keyboard.press("ArrowRight" if put["what"] == "step" else "ArrowDown")

    def _find(self, put: dict[str, Any], truth: list[int], step: Step) -> None:
        """With the arrow keys, which go through time and units from anywhere on the page."""
        assert step.view
        view = View.of(step.view.settings)
        # The keys go from row to row, whatever the units are ordered by.
        places = list(range(len(view.run))) if put["what"] == "step" else view.order
        now, right = places.index(getattr(view, put["what"])), places.index(truth[0])
        wrong = next(k for k, place in enumerate(places) if place not in truth)
        wanted = right if self.walk.reader == "right" else wrong
        keys = ("ArrowRight", "ArrowLeft") if put["what"] == "step" else ("ArrowDown", "ArrowUp")
        for _ in range(abs(wanted - now)):
            self.page.keyboard.press(keys[wanted < now])
        named = f"{put['what']} {places[wanted]}"
        expect(self.prediction.locator(".find")).to_contain_text(re.compile(rf"{named}\b"), timeout=LOADING)
        expect(self.prediction.locator(".submit")).to_have_attribute("aria-disabled", "false", timeout=LOADING)

    def _draw(self, put: dict[str, Any], truth: list[float], step: Step) -> None:
        """One height for all: a line takes a key a step, and how near it comes is for the app to say."""
        self._tab_to("svg.drawing")
        self.page.keyboard.press("Space")
        for _ in range(3):
            self.page.keyboard.press("PageUp" if self.walk.reader == "right" else "PageDown")
        for _ in put["labels"][1:]:
            self.page.keyboard.press("Space")

    def _do(self, step: Step) -> None:
        """What can be done with a key or two, and is noticed; else the reader goes on without."""
        assert step.do
        expect(self.page.locator(LIVE).filter(visible=True).first).to_be_visible(timeout=LOADING)
        at_rest(self.page)
        match step.do.kind:
            case "text":
                self._tab_to("textarea.lv-editor")
                self.page.keyboard.press("Control+End")
                self.page.keyboard.type(" and dull" if self.walk.reader == "wrong" else " and warm")
                typed = self.page.locator("textarea.lv-editor").input_value()
                assert typed.endswith(("dull", "warm"))
            case "step" if step.do.step is None and step.do.place is None:
                self.page.keyboard.press("ArrowRight")
            case _:
                return
        expect(self.page.locator(".st-key-lv_lesson_done")).to_be_visible(timeout=LOADING)
        if step.do.kind == "text":
            assert self.page.evaluate(f"({FOCUSED})().className") == "lv-editor", "the editor has lost the focus"

    def _tab_to(self, selector: str) -> None:
        """Press the tabulator until something has the focus."""

        def there() -> bool:
            return bool(self.page.evaluate(f"selector => ({FOCUSED})()?.matches(selector)", selector))

        for _ in range(MOST_TABS):
            if there():
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no tabulator leads to {selector}")


def walked(browser: Browser, url: str, walk: Walk, first: int = 1, last: int | None = None) -> int:
    """A walk in a window of its own → how many questions were answered."""
    size = {"width": walk.width, "height": WIDTHS[walk.width]}
    page = browser.new_page(viewport=size)  # type: ignore[arg-type]
    page.set_default_timeout(LOADING)
    try:
        questions = Reader(page, url, walk).go(first, last)
        if last is None:
            expect(page.get_by_role("button", name="Save to hand in")).to_be_visible(timeout=LOADING)
            expect(page.locator(".st-key-lv_lesson_end")).to_contain_text(f"of {questions} ")
        return questions
    finally:
        page.close()


def measure(browser: Browser) -> Section:
    """Walk all walks; what does not go through is listed."""
    with serve(ROOT / "app.py") as server:
        lines = list(_lines(browser, server.url))
        if logged := server.tracebacks():
            raise RuntimeError(logged)
    return Section(
        "Lessons",
        "Each shipped lesson by keyboard alone, as a reader who predicts rightly and as one who predicts wrongly.",
        ("lesson", "walks", "questions answered", "did not go through"),
        lines,
    )


def _lines(browser: Browser, url: str) -> Iterator[Line]:
    for name, lesson in shipped().items():
        own = [walk for walk in walks() if walk.lesson is lesson]
        questions, failed = 0, 0
        for walk in own:
            try:
                questions += walked(browser, url, walk)
            except AssertionError as error:
                failed += 1
                print(f"{walk}: {str(error)[:400]}", flush=True)
        yield Line((name, str(len(own)), str(questions), str(failed)), failed, 0)
