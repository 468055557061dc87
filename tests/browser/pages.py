"""A page with a live component, in the words of the browser tests."""

import re
import time
from collections.abc import Callable
from typing import Self, TypeVar

from playwright.sync_api import JSHandle, Locator, Page, expect

PATIENCE = 20_000
"""Milliseconds that one answer may take on a machine with other things to do."""

LOADING = 90_000
"""Milliseconds that a page may take from its address to its first picture, or a long piece of work to its result."""

MOMENT = 50
"""Milliseconds that pass at once on a page whose clock a test moves."""

Seen = TypeVar("Seen")

COUNT_TYPED = "area => { window.typed = 0; area.addEventListener('input', () => (window.typed += 1)) }"

# Fonts change where things are, and what was drawn before the first layout is drawn again after it.
LAID_OUT = """async () => {
  await document.fonts.ready;
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
}"""

AT_REST = """() => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"
  && !document.querySelector("[data-testid=stSkeleton]")"""

BURST = "(area, text) => { for (const key of text) document.execCommand('insertText', false, key); }"

COUNT_SENT = """() => {
  window.sent = 0;
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...message) {
    window.sent += 1;
    return send.apply(this, message);
  };
}"""

RECORD = """(root, read) => {
  const look = new Function("root", `return (${read})(root)`);
  const seen = [];
  const note = () => {
    const now = look(root);
    if (JSON.stringify(now) !== JSON.stringify(seen.at(-1))) seen.push(now);
  };
  note();
  const options = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(note).observe(root, options);
  return seen;
}"""


def eventually(read: Callable[[], Seen], accept: Callable[[Seen], bool]) -> Seen:
    """Read again and again until what is read is accepted, and return it; fail with what was read last."""
    give_up = time.monotonic() + PATIENCE / 1000
    while not accept(seen := read()):
        assert time.monotonic() < give_up, f"still not as expected: {seen!r}"
        time.sleep(0.05)
    return seen


def at_rest(page: Page) -> None:
    """Wait until the server has run the page's script to its end, and the code of all that it shows has come."""
    # Looked at in every frame: a page that asks for news of long work rests only between one question and the next.
    page.wait_for_function(AT_REST, timeout=LOADING)


def nothing_scrolls_sideways(page: Page) -> None:
    """Wait until the page, once its fonts are there, is no wider than the window."""
    page.evaluate(LAID_OUT)
    main = page.get_by_test_id("stMain")
    widths = "main => [main.scrollWidth, main.clientWidth, document.documentElement.scrollWidth, window.innerWidth]"
    eventually(lambda: main.evaluate(widths), lambda seen: seen[0] <= seen[1] + 1 and seen[2] <= seen[3])


def unfold(page: Page, section: str) -> Locator:
    """Unfold a section of the names of pages → its links."""
    page.get_by_test_id("stTopNavSection").filter(has_text=section).click()
    return page.get_by_test_id("stTopNavDropdownLink")


class LivePage:
    """One page of the app that has an editor and draws on a token axis.

    Parameters
    ----------
    page : the browser's page
    url : the app's address
    path : the page's own, "" for the home page
    query : the settings to open it with where a test names none
    """

    runs = True
    """Whether the page is to run the network itself before a test goes on."""

    def __init__(self, page: Page, url: str, path: str = "", query: str = ""):
        self.page, self.url, self.path, self.query = page, url, path, query
        self.root = page.locator(".lv-page")
        self.editor = page.locator("textarea.lv-editor")

    def open(self, query: str | None = None) -> Self:
        """Open the page with settings, and wait until all of it is there."""
        self.page.goto(f"{self.url}/{self.path}?{self.query if query is None else query}")
        self._wait_for_the_first_picture()
        return self

    def reload(self) -> None:
        """Load the address again, and wait until all of it is there."""
        self.page.reload()
        self._wait_for_the_first_picture()

    def _wait_for_the_first_picture(self) -> None:
        expect(self.root).to_have_attribute("data-painted", "0", timeout=LOADING)
        if self.runs:
            expect(self.root).to_have_attribute("data-runs", re.compile("."), timeout=LOADING)
        at_rest(self.page)
        self.page.evaluate(LAID_OUT)
        self.editor.evaluate(COUNT_TYPED)

    def painted(self) -> int:
        """How many edits the view has taken in."""
        return int(self.root.get_attribute("data-painted") or 0)

    def edit(self, act: Callable[[], object]) -> None:
        """Do what changes the text, and wait until the view shows it and the server has said what it means.

        The view must already show all that came before.
        """
        self.draw(act)
        # As if the reader went elsewhere, so that the server is asked for words before typing rests.
        self.editor.dispatch_event("blur")
        expect(self.root).to_have_attribute("data-said", str(self.painted()))

    def draw(self, act: Callable[[], object]) -> None:
        """The same without the server: wait for the picture alone."""
        painted, typed = self.painted(), self.page.evaluate("window.typed")
        act()
        # A browser may report one change as two: the old text out, the new one in.
        done = self.page.evaluate("window.typed") - typed
        expect(self.root).to_have_attribute("data-painted", str(painted + done))

    def fill(self, text: str) -> None:
        """Put a text in place of the one there, and wait until the view shows it."""
        self.edit(lambda: self.editor.fill(text))

    def at_end(self) -> None:
        """Put the caret at the end of the text."""
        self.editor.focus()
        self.page.keyboard.press("Control+End")

    def type(self, text: str) -> None:
        """Type key by key, without waiting between keys, and wait until the view shows it all."""
        self.edit(lambda: self.page.keyboard.type(text))

    def type_at_end(self, text: str) -> None:
        """Type at the end of the text."""
        self.at_end()
        self.type(text)

    def burst(self, text: str) -> None:
        """Type key by key with no time between the keys, however busy the machine."""
        self.editor.evaluate(BURST, text)

    def view(self, name: str) -> Locator:
        """One plot."""
        return self.page.locator(f'.plot[data-view="{name}"]')

    def caption(self, name: str) -> Locator:
        """The sentence below a plot."""
        return self.view(name).locator("xpath=..").locator(".caption")

    def pixels(self, name: str) -> str:
        """What is drawn in a heatmap."""
        return str(self.view(name).locator("canvas").evaluate("canvas => canvas.toDataURL()"))

    def wait_for_other_pixels(self, name: str, before: str) -> None:
        """Wait until a heatmap shows something else."""
        eventually(lambda: self.pixels(name), lambda now: now != before)

    def columns(self, name: str) -> int:
        """How many columns a heatmap has."""
        return int(self.view(name).locator("canvas").get_attribute("width") or 0)

    def rows(self, name: str) -> int:
        """How many rows a heatmap has."""
        return int(self.view(name).locator("canvas").get_attribute("height") or 0)

    def stepper(self, which: int) -> Locator:
        """Where the page stands: 0 in time, 1 in what its up and down keys go through."""
        return self.page.locator(".stepper").nth(which)

    def choose(self, label: str, value: str) -> None:
        """Choose from a menu."""
        self.root.locator("label.choice", has_text=re.compile(f"^{label}")).locator("select").select_option(value)

    def leave_the_editor(self) -> None:
        """Click where nothing is, so that the keys are the page's."""
        self.page.locator("h1").click()

    def spot(
        self, name: str, column: int, row: int, columns: int | None = None, rows: int | None = None
    ) -> tuple[float, float]:
        """The middle of a cell, in pixels from the plot's corner; a heatmap knows its numbers of columns and rows."""
        box = self.view(name).bounding_box()
        assert box is not None
        across, down = columns or self.columns(name), rows or (columns if columns else self.rows(name))
        return (column + 0.5) * box["width"] / across, (row + 0.5) * box["height"] / down

    def click_cell(
        self, name: str, *, column: int, row: int, columns: int | None = None, rows: int | None = None
    ) -> None:
        """Click in the middle of a cell."""
        x, y = self.spot(name, column, row, columns, rows)
        self.view(name).click(position={"x": x, "y": y})

    def hover_cell(self, name: str, *, column: int, row: int, columns: int | None = None) -> None:
        """Point at the middle of a cell."""
        x, y = self.spot(name, column, row, columns)
        self.view(name).hover(position={"x": x, "y": y})

    def drag(
        self,
        name: str,
        start: tuple[int, int],
        end: tuple[int, int],
        *,
        columns: int | None = None,
        rows: int | None = None,
    ) -> None:
        """Drag from one (column, row) to another."""
        plot = self.view(name)
        plot.scroll_into_view_if_needed()
        box = plot.bounding_box()
        assert box is not None
        points = [self.spot(name, *place, columns, rows) for place in (start, end)]
        (x0, y0), (x1, y1) = ((box["x"] + x, box["y"] + y) for x, y in points)
        self.page.mouse.move(x0, y0)
        self.page.mouse.down()
        self.page.mouse.move((x0 + x1) / 2, (y0 + y1) / 2)
        self.page.mouse.move(x1, y1)
        self.page.mouse.up()

    def count_messages(self) -> None:
        """From now on, count in the page, as `window.sent`, all that it sends to the server."""
        self.page.evaluate(COUNT_SENT)

    def sent(self) -> int:
        """How many messages the view has sent; one that went out again, as a busy server was slow, counts once."""
        return int(self.root.get_attribute("data-sent") or 0)

    def record(self, read: str) -> JSHandle:
        """A growing list of what a JavaScript function of the view's root gives, after each change on the page.

        What comes and goes while nobody looks is in it too.
        """
        return self.root.evaluate_handle(RECORD, read)

    def stop_the_clock(self) -> None:
        """From now on, time passes on the page only where a test lets it."""
        self.page.clock.install()
        # A minute from now, for it cannot be stopped in the past.
        self.page.clock.pause_at(self.page.evaluate("Date.now()") / 1000 + 60)

    def let_pass(self, until: Callable[[], bool], longest: int = 60_000) -> None:
        """Let time pass on the page, a moment at a time, until something is so."""
        for _ in range(0, longest, MOMENT):
            if until():
                return
            self.page.clock.run_for(MOMENT)
        raise AssertionError(f"it did not come within {longest} ms")

    def let_pass_in_silence(self, milliseconds: int) -> None:
        """Let time pass in which the server owes the page nothing, for it takes no part in the page's time."""
        self.page.clock.run_for(1_000)
        numbers = "root => [root.dataset.sent ?? root.dataset.received, root.dataset.received]"
        eventually(lambda: self.root.evaluate(numbers), lambda seen: seen[0] == seen[1])
        self.page.clock.run_for(milliseconds)
