"""Long work in a browser: the page answers to keys meanwhile, and the work is stopped, gone on with and kept."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lstm_viz.ui.pages.cells_compared.lengths import LENGTHS
from tests.browser.pages import LOADING, LivePage, eventually
from tests.browser.test_four_pages import line_of
from tests.driving import ROOT, Server, serve

CELLS = ("lstm", "gru", "rnn")
PIECES = len(CELLS) * len(LENGTHS)


def share(measured: int) -> str:
    """How far the work is; each cell's answers to the sequence on show come first."""
    return f"{(len(CELLS) + measured) / (len(CELLS) + PIECES):.0%}"


class Held:
    """A server whose long work goes on only as far as the test lets it; see held_app.py."""

    def __init__(self, server: Server, folder: Path):
        self.server, self.folder = server, folder

    def let(self, pieces: int) -> None:
        """Let this many pieces through, those before included."""
        for number in range(pieces):
            (self.folder / str(number)).touch()

    def done(self) -> list[str]:
        """What was measured, in order."""
        return (self.folder / "done").read_text().splitlines()


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    monkeypatch.setenv("HELD_WORK", str(tmp_path))
    with serve(ROOT / "tests" / "browser" / "held_app.py", warm=True) as server:
        yield Held(server, tmp_path)


def test_keys_are_answered_while_work_goes_on_and_it_is_stopped_and_gone_on_with(
    held: Held, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    compare = LivePage(page, held.server.url, "").open("text=The+film+is+good.&step=1&unit=5&memory_task=counting")
    bar = page.get_by_role("progressbar")
    said = compare.view("answer").locator("xpath=..").locator(".caption")
    chart = page.locator('[data-chart="by_length"]')

    # Nothing is found yet, and nothing will be until the test lets it: what is typed is shown all the same.
    expect(page.get_by_text(f"Reading sequences of every length: {share(0)}")).to_be_visible(timeout=LOADING)
    expect(bar).to_be_visible()
    before = said.inner_text()
    compare.fill("The film is bad.")
    expect(said).not_to_have_text(before)
    compare.type_at_end(" Very bad.")
    expect(compare.view("tokens").locator(".token")).to_have_count(8)
    assert not (held.folder / "done").exists()

    # With another task, the work for the one before ends with the piece that was under way.
    page.get_by_test_id("stButtonGroup").get_by_text("Adding at a distance").click()
    expect(chart).to_contain_text("20 random sequences")
    expect(bar).to_be_visible()
    held.let(1)

    # What is found so far is shown.
    expect(chart).not_to_contain_text("up to")
    held.let(1 + 2 * len(CELLS))
    expect(page.get_by_text(f"Reading sequences of every length: {share(2 * len(CELLS))}")).to_be_visible()
    expect(chart).to_contain_text(f"holds up to {LENGTHS[1]} steps")
    eventually(lambda: line_of(page, "by_length").count("L"), lambda lines: lines == 1)
    chart.evaluate("node => { node.stays = true }")
    chart.locator("svg[role=slider]").focus()
    page.keyboard.press("ArrowLeft")
    expect(chart.locator(".tip")).to_contain_text("LSTM: –")

    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text(f"Reading sequences of every length: stopped at {share(2 * len(CELLS))}.")).to_be_visible()
    expect(bar).to_be_hidden()
    # The piece that was under way is finished, and no other begun.
    held.let(1 + PIECES)
    compare.fill("The film is good.")
    expect(page.get_by_text(f"stopped at {share(2 * len(CELLS))}.")).to_be_visible()

    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("button", name="Go on")).to_be_hidden()
    expect(chart).to_contain_text(f"{LENGTHS[-1]:,} steps")
    expect(page.get_by_text("Reading sequences")).to_be_hidden()
    eventually(lambda: line_of(page, "by_length").count("L"), lambda lines: lines == len(LENGTHS) - 1)
    assert chart.evaluate("node => node.stays === true")
    # Nothing was measured twice, and it is there at once for the next who comes.
    # The line on show is of one network; the last length is read by the others after it.
    first, *rest = eventually(held.done, lambda done: len(done) >= 1 + PIECES)
    assert first == "counting lstm C 10"
    assert rest == [f"adding {cell} C {length}" for length in LENGTHS for cell in CELLS]
    page.reload()
    expect(chart).to_contain_text(f"{LENGTHS[-1]:,} steps", timeout=LOADING)
    assert len(held.done()) == 1 + PIECES
