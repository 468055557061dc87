"""The home page as a user meets it: typing, clicking, hovering, reloading, and everything one should not paste."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from lstm_viz.cells import LSTM

HEATMAPS = [quantity.name for quantity in LSTM.recorded]
START = "The film is good."


class LivePage:
    """The live view on a page, in the words of the tests."""

    def __init__(self, page: Page, url: str):
        self.page, self.url = page, url
        self.root = page.locator(".lv-live")
        self.editor = page.locator("textarea.lv-editor")

    def open(self, query: str = f"text={quote(START)}&step=1&unit=5") -> "LivePage":
        self.page.goto(f"{self.url}/?{query}")
        expect(self.root).to_have_attribute("data-painted", "0", timeout=30_000)
        self.editor.evaluate("area => { window.typed = 0; area.addEventListener('input', () => (window.typed += 1)) }")
        return self

    def fill(self, text: str) -> None:
        """Put a text in place of the one there, and wait until it has been painted."""
        self.editor.fill(text)
        # A browser may report one such change as two: the old text out, the new one in.
        expect(self.root).to_have_attribute("data-painted", str(self.page.evaluate("window.typed")))

    def view(self, name: str) -> Locator:
        return self.page.locator(f'.plot[data-view="{name}"]')

    def pixels(self, name: str) -> str:
        return str(self.view(name).locator("canvas").evaluate("canvas => canvas.toDataURL()"))

    def columns(self) -> int:
        return int(self.view(HEATMAPS[0]).locator("canvas").get_attribute("width") or 0)

    def painted(self) -> int:
        return int(self.root.get_attribute("data-painted") or 0)

    def type(self, text: str) -> None:
        """Type a key at a time, and wait until each has been painted."""
        for key in text:
            before = self.painted()
            self.page.keyboard.type(key)
            expect(self.root).to_have_attribute("data-painted", str(before + 1))

    def at_end(self) -> None:
        self.editor.click()
        self.page.keyboard.press("Control+End")

    def click_cell(self, name: str, column: int, row: int) -> None:
        box = self.view(name).bounding_box()
        assert box is not None
        x, y = (column + 0.5) * box["width"] / self.columns(), (row + 0.5) * box["height"] / 64
        self.view(name).click(position={"x": x, "y": y})


@pytest.fixture
def live(page: Page, app_url: str) -> LivePage:
    return LivePage(page, app_url)


def test_every_heatmap_changes_with_the_text_and_keeps_its_element(live: LivePage) -> None:
    live.open()
    canvases = {name: live.view(name).locator("canvas").element_handle() for name in HEATMAPS}
    before = {name: live.pixels(name) for name in HEATMAPS}
    live.at_end()
    live.type(" Not a dull minute")
    live.page.keyboard.press("Backspace")
    live.page.keyboard.press("Backspace")
    expect(live.root).to_have_attribute("data-painted", "20")
    assert {name for name in HEATMAPS if live.pixels(name) != before[name]} == set(HEATMAPS)
    assert all(canvas.evaluate("canvas => canvas.isConnected") for canvas in canvases.values())


def test_a_click_on_a_cell_moves_the_lines_the_numbers_and_the_address(live: LivePage) -> None:
    live.open()
    lines = live.view("signed").locator("polyline").first
    points, numbers = lines.get_attribute("points"), live.page.locator(".values dd").all_inner_texts()
    live.click_cell("cell_state", column=3, row=40)
    expect(live.page.locator(".stepper").first).to_contain_text("good")
    expect(live.page).to_have_url(re.compile(r"step=3(&|$)"))
    assert not re.search(r"unit=5(&|$)", live.page.url)
    assert lines.get_attribute("points") != points
    assert live.page.locator(".values dd").all_inner_texts() != numbers
    expect(live.page.locator(".equation").first).to_contain_text("=")


def test_hovering_marks_the_step_in_every_view_without_the_server(live: LivePage) -> None:
    live.open()
    sent: list[str] = []
    live.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
    box = live.view("forget_gate").bounding_box()
    assert box is not None
    live.view("forget_gate").hover(position={"x": 2.5 * box["width"] / live.columns(), "y": 20})
    marks = live.page.locator(".plot:visible .mark.hovered")
    views = live.page.locator(".plot:visible").count()
    assert views >= len(HEATMAPS) + 4
    for k in range(views):
        expect(marks.nth(k)).to_be_visible()
        place = marks.nth(k).evaluate(
            "mark => (mark.getBoundingClientRect().left - mark.parentElement.getBoundingClientRect().left)"
            " / mark.parentElement.getBoundingClientRect().width"
        )
        assert place == pytest.approx(2 / live.columns(), abs=0.01)
    expect(live.page.locator(".tip")).to_contain_text("is")
    assert not sent


def test_a_reload_shows_the_same_view(live: LivePage) -> None:
    live.open()
    live.at_end()
    live.type(" really")
    live.click_cell("candidate", column=2, row=10)
    live.page.get_by_label("Symbols").select_option("udacity")
    live.page.get_by_label("Units ordered by").select_option("forget_gate")
    live.page.locator("summary", has_text="table").click()
    expect(live.page).to_have_url(re.compile("table=.*"))
    expect(live.page.locator(".values")).to_contain_text("LTM")
    expect(live.page.locator(".equation").first).to_contain_text("LTM")
    seen = {name: live.pixels(name) for name in [*HEATMAPS, "change"]}
    text, numbers = live.editor.input_value(), live.page.locator(".inspector").inner_text()
    live.page.reload()
    expect(live.root).to_have_attribute("data-painted", "0", timeout=30_000)
    expect(live.page.locator(".equation").first).to_be_visible()
    assert live.editor.input_value() == text == START + " really"
    assert live.page.locator(".inspector").inner_text() == numbers
    assert {name: live.pixels(name) for name in seen} == seen
    expect(live.page.locator(".scroll table")).to_be_visible()


def test_arrow_keys_step_through_time_and_units(live: LivePage) -> None:
    live.open()
    live.page.locator("h1").click()
    live.page.keyboard.press("ArrowRight")
    expect(live.page.locator(".stepper").first).to_contain_text("step 2 (0–4)")
    live.page.keyboard.press("ArrowLeft")
    live.page.keyboard.press("ArrowLeft")
    live.page.keyboard.press("ArrowLeft")
    expect(live.page.locator(".stepper").first).to_contain_text("step 0 (0–4)")
    unit = live.page.locator(".stepper").nth(1).inner_text()
    live.view("forget_gate").click(position={"x": 5, "y": 30})
    live.page.keyboard.press("ArrowDown")
    assert live.page.locator(".stepper").nth(1).inner_text() != unit
    live.page.keyboard.press("Escape")
    live.page.keyboard.press("Control+End")
    live.type("!")
    assert live.editor.input_value() == START + "!"


def test_an_example_loads_with_what_to_look_for(live: LivePage) -> None:
    live.open()
    chip = live.page.locator(".chip").nth(2)
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(live.page.locator(".hint")).to_contain_text("What to look for")
    expect(live.root).to_have_attribute("data-painted", "1")


def test_the_last_edit_is_described_and_drawn(live: LivePage) -> None:
    live.open(f"text={quote('The film is good and fun.')}&before={quote('The film is bad and fun.')}&step=0&unit=0")
    expect(live.page.locator(".hint")).to_contain_text("“good”")
    expect(live.view("change")).to_be_visible()
    live.at_end()
    live.type(" so")
    expect(live.page.locator(".hint")).to_contain_text("“so”")


@pytest.mark.parametrize("width", [390, 1024])
def test_nothing_scrolls_sideways(open_page: Callable[..., Page], app_url: str, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 800}, color_scheme="dark")
    LivePage(page, app_url).open()
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth + 1")


HOSTILE = {
    "whitespace": " \t\n  ",
    "one character": "a",
    "emoji": "👍🏽 great 🎬 film",
    "right to left": "فيلم رائع جدا שלום",
    "control characters": "good\u0000\u0007\u202e film\x1b[31m",
    "markup": "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'><b>film</b>",
    "markdown": "**bold** [link](javascript:alert(1)) $x^2$ :red[x]",
}


def test_hostile_text_is_text_and_survives_a_reload(live: LivePage) -> None:
    live.open()
    for name, text in HOSTILE.items():
        live.fill(text)
        expect(live.page.locator(".status")).to_be_visible()
        assert live.page.evaluate("window.hacked") is None, name
        assert live.page.locator("[data-testid=stException]").count() == 0, name
    kept = live.editor.input_value()
    # The address follows after a moment's pause.
    expect(live.page).to_have_url(re.compile("bold"))
    live.page.reload()
    expect(live.root).to_have_attribute("data-painted", "0", timeout=30_000)
    assert live.editor.input_value() == kept


def test_a_link_with_nothing_to_read_opens(live: LivePage) -> None:
    live.open("text=%20%0A&step=4&unit=9")
    expect(live.page.locator(".problem")).to_be_visible()
    live.fill("fine")
    expect(live.view("forget_gate")).to_be_visible()


def test_an_emptied_editor_says_what_to_do_and_recovers(live: LivePage) -> None:
    live.open()
    live.fill("")
    expect(live.page.locator(".problem")).to_contain_text("no words here yet")
    expect(live.view("forget_gate")).to_be_hidden()
    live.editor.click()
    live.type("fun")
    expect(live.view("forget_gate")).to_be_visible()
    expect(live.page.locator(".problem")).to_be_hidden()


def test_a_hundred_thousand_characters_are_kept_and_the_limit_is_named(live: LivePage) -> None:
    live.open()
    text = "a warm and funny film " * 4546
    assert len(text) > 100_000
    live.editor.fill(text)
    expect(live.page.locator(".problem")).to_contain_text("the limit is 1,000", timeout=15_000)
    assert live.editor.input_value() == text
    # A thousand steps reach the browser as no more columns than it can show.
    assert 0 < live.columns() <= 240
    expect(live.page.locator(".axis-track .label")).to_contain_text("mean of")


def test_a_view_saved_as_a_file_opens_again_and_a_damaged_file_changes_nothing(live: LivePage, tmp_path: Path) -> None:
    live.open()
    live.fill("my own words, kept")
    expect(live.page).to_have_url(re.compile("kept"))
    with live.page.expect_download() as saved:
        live.page.get_by_role("button", name="Save", exact=True).click()
    file = tmp_path / "view.json"
    saved.value.save_as(file)
    live.fill("something else")
    upload = live.page.locator("input[type=file]")
    upload.set_input_files(file)
    expect(live.editor).to_have_value("my own words, kept")
    for content in (b"junk", b"", b"[1, 2]", b"{"):
        file.write_bytes(content)
        upload.set_input_files(file)
        expect(live.page.get_by_text("not a view saved by LSTM Viz")).to_be_visible()
        assert live.editor.input_value() == "my own words, kept"


def test_an_example_can_be_undone(live: LivePage) -> None:
    live.open()
    live.fill("my own words")
    live.page.locator(".chip").nth(1).click()
    expect(live.editor).not_to_have_value("my own words")
    live.editor.focus()
    live.page.keyboard.press("Control+z")
    expect(live.editor).to_have_value("my own words")


def test_a_very_long_word_stays_on_its_axis(live: LivePage) -> None:
    live.open()
    live.fill("a " + "x" * 20_000)
    assert len(live.page.locator(".token").nth(1).inner_text()) < 20
    main = live.page.locator("[data-testid=stMain]")
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth + 1")


def test_unknown_words_are_marked(live: LivePage) -> None:
    live.open(f"text={quote('A zxqwy film')}")
    expect(live.page.locator(".token.unknown")).to_have_text("zxqwy")


@pytest.mark.parametrize(
    "query",
    [
        "step=abc&unit=-4&order=colour&notation=klingon&cell=transformer",
        "text_packed=%%%&step=99999999999999999999&nonsense=1",
        "text=a&text=b&step=1e9",
        f"text={quote('<script>window.hacked=1</script>')}&task=none&layer=7",
    ],
)
def test_a_tampered_link_opens_the_nearest_view_and_says_what_it_ignored(live: LivePage, query: str) -> None:
    live.open(query)
    expect(live.view("forget_gate")).to_be_visible()
    expect(live.page.locator("[data-testid=stAlert]").first).to_contain_text("could be used")
    assert live.page.evaluate("window.hacked") is None


def test_two_sessions_do_not_see_each_other(open_page: Callable[..., Page], app_url: str) -> None:
    first, second = (LivePage(open_page(), app_url).open() for _ in range(2))
    first.at_end()
    first.type(" mine")
    assert second.editor.input_value() == START
    second.at_end()
    second.type(" yours")
    assert first.editor.input_value() == START + " mine"
