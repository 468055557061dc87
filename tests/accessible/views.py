"""Every view that is looked at: all pages as they open, and the states that a page does not open in."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from lstm_viz.learning import Plan
from lstm_viz.ui.navigation import HOME, PAGES
from tests.browser.pages import LAID_OUT, LOADING, at_rest

LESSON = "4-reading-a-trained-network"
SMALL = Plan(task="parity", units=3, length=4, updates=6).written
# No placeholder of Streamlit's, no long work still going on, and every page of ours has drawn something.
COMPLETE = """() => !document.querySelector('[data-testid=stSkeleton], [data-testid=stProgress]')
    && [...document.querySelectorAll('.lv-page')].every((page) => 'painted' in page.dataset)"""


@dataclass(frozen=True)
class View:
    """One.

    Attributes
    ----------
    name : as the table has it
    address : path and query, below the app's own
    ready : a selector for what is there once the view is drawn
    act : what is done then, such as to open a menu
    streamlit : whether it is a page of Streamlit's, not a telephone's
    """

    name: str
    address: str
    ready: str = "h1"
    act: Callable[[Page], None] | None = None
    streamlit: bool = True

    def open(self, page: Page, url: str) -> None:
        """Open it, and wait until all of it is there."""
        address = self.address
        if address.startswith("room/"):
            address = f"room/{_room(page, url)}"
        page.goto(f"{url}/{address}")
        self.wait(page)
        if self.act is not None:
            self.act(page)
            self.wait(page)

    def wait(self, page: Page) -> None:
        """Wait until all of it is there."""
        expect(page.locator(self.ready).first).to_be_visible(timeout=LOADING)
        if self.streamlit:
            at_rest(page)
            page.wait_for_function(COMPLETE, timeout=LOADING)
        page.evaluate(LAID_OUT)


def _room(page: Page, url: str) -> str:
    """Have a lecturer ask a room, and return its code."""
    page.goto(f"{url}/lessons?lesson={LESSON}&at=1")
    page.get_by_role("button", name="Ask the room").click()
    expect(page.locator(".room .squares")).to_be_visible()
    return page.locator(".room .code").inner_text()


def press(*names: str) -> Callable[[Page], None]:
    """Press buttons, or unfold what is folded, one after the other."""

    def act(page: Page) -> None:
        for name in names:
            page.locator("button:visible, summary:visible").get_by_text(re.compile(f"^{name}")).first.click()
            at_rest(page)

    return act


def _ask(page: Page) -> None:
    page.get_by_role("button", name="Ask the room").click()
    expect(page.locator(".room .squares")).to_be_visible()


def _reveal(page: Page) -> None:
    _ask(page)
    page.get_by_role("button", name="Reveal").click()
    expect(page.locator(".room .results .summary")).to_be_visible()
    expect(page.locator(".lv-page[data-painted]")).to_be_visible(timeout=LOADING)


def _predict(page: Page) -> None:
    page.locator(".lv-prediction input[type=radio]").first.check()
    page.locator(".lv-prediction .submit").click()
    expect(page.locator(".lv-page[data-painted]")).to_be_visible(timeout=LOADING)


def _train(page: Page) -> None:
    page.locator(".lv-watch").get_by_role("button", name="Train", exact=True).click()
    expect(page.locator(".open-on .offer").first).to_be_visible(timeout=LOADING)


def _open_trained(page: Page) -> None:
    _train(page)
    page.get_by_role("button", name="Gates over time").first.click()
    expect(page.locator(".lv-gates[data-painted]")).to_be_visible(timeout=LOADING)


def _upload(page: Page) -> None:
    page.get_by_role("button", name="Try it with a sample model").click()
    expect(page.locator(".lv-page[data-painted]")).to_be_visible(timeout=LOADING)


def _keys(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.locator(".lv-screen.sheet")).to_be_visible()


def _term(page: Page) -> None:
    page.locator(".lv-term").first.focus()


LIVE = ".lv-page[data-painted]"
DRAWN = {
    "start_here": ".lv-prediction .submit",
    "lessons": ".lv-lesson-list .open",
    "notes_checked": ".lv-claims .claim, .lv-claims h3",
    "gates_over_time": LIVE,
    "inside_the_cell": LIVE,
    "memory_ledger": LIVE,
    "what_if": LIVE,
    "rnn_lstm_gru": LIVE,
    "vanishing_gradient": '[data-chart="clipping"] path',
    "variant_lab": ".records",
    "build_by_hand": ".lv-by-hand[data-painted]",
    "watch_it_learn": ".lv-watch[data-lives]",
    "your_model": "[data-testid=stFileUploader]",
}
"""Page → what is there once it is drawn."""
PAGE_VIEWS = tuple(
    View(title, "" if name == HOME else name, DRAWN[name]) for section in PAGES.values() for name, title in section
)
STATES = (
    View("Lesson, a step", f"lessons?lesson={LESSON}&at=3", ".lv-lesson"),
    View("Lesson, predicted", "start_here", ".lv-prediction", _predict),
    View("Lesson, a room asked", f"lessons?lesson={LESSON}&at=1", ".lv-prediction", _ask),
    View("Lesson, the room revealed", f"lessons?lesson={LESSON}&at=1", ".room", _reveal),
    View("Telephone, a code", "room", "#lv-room input", streamlit=False),
    View("Telephone, a question", "room/", "#lv-room .submit", streamlit=False),
    View("Presenter mode", "?present=true", LIVE),
    View("Presenter mode, keys", "inside_the_cell?present=true", LIVE, _keys),
    View("Presenter mode, a lesson", f"lessons?lesson={LESSON}&at=3&present=true", ".st-key-lv_lesson_text p"),
    View("Embedded", "what_if?embed=true", LIVE),
    View("Gates, what is taken away", "", LIVE, press("Take away")),
    View("Gates, all unfolded", "", LIVE, press("Model card", "More", "Through training", "The numbers as a table")),
    View("Gates, copy embed", "", LIVE, press("More", "Copy embed")),
    View("Gates, what is shown", "", LIVE, press("More", "What is shown")),
    View("Gates, numbers typed", "?task=temperature", LIVE),
    View("Gates, code", "?task=python", LIVE),
    View("Gates, compared", "?task=question&baseline=What+is+the+capital+of+Spain+%3F", LIVE),
    View("Gates, a link not understood", "?step=many&colour=red", LIVE),
    View("Inside, all terms", "inside_the_cell", LIVE, press("Largest of")),
    View("Inside, a GRU", "inside_the_cell?cell=gru", LIVE),
    View("Ledger, all units", "memory_ledger?units=all", LIVE, press("The numbers as a table")),
    View("What if?, held", "what_if", LIVE, press("Keep “not” out", "Rank the units", "The numbers as a table")),
    View("Variants, the successors", "variant_lab", ".records", press("The successors")),
    View("By hand, hints", "build_by_hand", ".lv-by-hand[data-painted]", press("Hint", "Give up", "Show it")),
    View("By hand, break", "build_by_hand", ".lv-by-hand[data-painted]", press("Break the counter")),
    View("Watch, trained", f"watch_it_learn?watch={SMALL}", ".lv-watch[data-lives]", _train),
    View("Trained here, asked for", f"?task=trained&training={SMALL}"),
    View(
        "Trained here", f"watch_it_learn?watch={SMALL}", ".lv-watch[data-lives], .lv-gates[data-painted]", _open_trained
    ),
    View("Your model, a sample", "your_model", "h1", _upload),
    View("A term's meaning", "", LIVE, _term),
)
"""What a page does not open in."""
VIEWS = PAGE_VIEWS + STATES
