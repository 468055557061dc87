"""The home page as a user meets it: typing, clicking, hovering, reloading, and everything one should not paste."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from lstm_viz.cells import LSTM
from tests.browser.pages import LivePage, eventually, nothing_scrolls_sideways
from tests.driving import Server

HEATMAPS = [quantity.name for quantity in LSTM.recorded]
TEXT = "The film is good."
# In order of their numbers, so that a row is the unit of its number.
START = f"text={quote(TEXT)}&step=1&unit=5&order=index"


@pytest.fixture
def live(page: Page, app_url: str) -> LivePage:
    return LivePage(page, app_url, query=START)


def test_every_heatmap_changes_with_the_text_and_keeps_its_element(live: LivePage) -> None:
    live.open()
    canvases = {name: live.view(name).locator("canvas").element_handle() for name in HEATMAPS}
    before = {name: live.pixels(name) for name in HEATMAPS}
    live.type_at_end(" Not a dull minute")
    live.edit(lambda: live.page.keyboard.press("Backspace"))
    live.edit(lambda: live.page.keyboard.press("Backspace"))
    assert live.painted() == 20
    assert {name for name in HEATMAPS if live.pixels(name) != before[name]} == set(HEATMAPS)
    assert all(canvas.evaluate("canvas => canvas.isConnected") for canvas in canvases.values())


def test_a_click_on_a_cell_moves_the_lines_the_numbers_and_the_address(live: LivePage) -> None:
    live.open()
    lines = live.view("signed").locator("polyline").first
    points, numbers = lines.get_attribute("points"), live.page.locator(".values dd").all_inner_texts()
    live.click_cell("cell_state", column=3, row=40)
    expect(live.stepper(0)).to_contain_text("good")
    expect(live.stepper(1)).to_contain_text("Unit 40")
    expect(live.page).to_have_url(re.compile(r"step=3&unit=40(&|$)"))
    assert lines.get_attribute("points") != points
    assert live.page.locator(".values dd").all_inner_texts() != numbers
    expect(live.page.locator(".chain:not(.waiting) .equation").first).to_contain_text("=")


def test_hovering_marks_the_step_in_every_view_without_the_server(live: LivePage) -> None:
    live.open()
    sent = live.sent()
    live.hover_cell("forget_gate", column=2, row=20)
    marks = live.page.locator(".plot:visible .mark.hovered")
    views = live.page.locator(".plot:visible").count()
    assert views >= len(HEATMAPS) + 4
    place = (
        "mark => (mark.getBoundingClientRect().left - mark.parentElement.getBoundingClientRect().left)"
        " / mark.parentElement.getBoundingClientRect().width"
    )
    wanted = pytest.approx(2 / live.columns("forget_gate"), abs=0.01)
    for k in range(views):
        expect(marks.nth(k)).to_be_visible()
        eventually(partial(marks.nth(k).evaluate, place), lambda seen: seen == wanted)
    expect(live.page.locator(".tip")).to_contain_text("is")
    assert live.sent() == sent
    # A click does go to the server, which the address tells when it has answered.
    live.click_cell("forget_gate", column=2, row=20)
    expect(live.page).to_have_url(re.compile(r"step=2&unit=20(&|$)"))
    assert live.sent() == sent + 1


def test_what_a_resting_pointer_is_told_is_of_the_text_on_show(live: LivePage) -> None:
    live.open()
    live.hover_cell("forget_gate", column=1, row=5)
    tip = live.page.locator(".tip")
    expect(tip).to_contain_text("“film”")
    live.fill("A plot to forget.")
    expect(tip).to_contain_text("“plot”")
    live.fill("A")
    expect(tip).to_be_hidden()


def test_a_reload_shows_the_same_view(live: LivePage) -> None:
    live.open()
    live.type_at_end(" really")
    live.click_cell("candidate", column=2, row=10)
    live.choose("Symbols", "udacity")
    live.choose("Units ordered by", "forget_gate")
    live.page.locator("summary", has_text="table").click()
    expect(live.page).to_have_url(re.compile("table=.*"))
    expect(live.page.locator(".values")).to_contain_text("LTM")
    expect(live.page.locator(".equation").first).to_contain_text("LTM")
    seen = {name: live.pixels(name) for name in [*HEATMAPS, "change"]}
    inspector = live.page.locator(".inspector")
    numbers = inspector.inner_text()
    live.reload()
    expect(live.page.locator(".equation").first).to_be_visible()
    expect(live.editor).to_have_value(TEXT + " really")
    eventually(inspector.inner_text, lambda now: now == numbers)
    assert {name: live.pixels(name) for name in seen} == seen
    expect(live.page.locator(".scroll table")).to_be_visible()


def test_arrow_keys_step_through_time_and_units(live: LivePage) -> None:
    live.open()
    live.leave_the_editor()
    live.page.keyboard.press("ArrowRight")
    expect(live.stepper(0)).to_contain_text("step 2 (0–4)")
    for _ in range(3):
        live.page.keyboard.press("ArrowLeft")
    expect(live.stepper(0)).to_contain_text("step 0 (0–4)")
    live.click_cell("forget_gate", column=0, row=20)
    expect(live.stepper(1)).to_contain_text("Unit 20")
    live.page.keyboard.press("ArrowDown")
    expect(live.stepper(1)).to_contain_text("Unit 21")
    live.page.keyboard.press("Escape")
    live.page.keyboard.press("Control+End")
    live.type("!")
    expect(live.editor).to_have_value(TEXT + "!")


def test_an_answer_to_an_older_choice_does_not_undo_a_newer_one(live: LivePage, app_server: Server) -> None:
    live.open()
    live.leave_the_editor()
    steps = live.record("root => root.querySelector('.stepper').textContent.match(/step ([0-9]+)/)[1]")
    with app_server.held_up():
        for _ in range(2):
            live.page.keyboard.press("ArrowRight")
        expect(live.stepper(0)).to_contain_text("step 3 (0–4)")
    # The equations are the server's: it has answered all that was chosen.
    expect(live.page.locator(".chain:not(.waiting)")).to_be_visible()
    expect(live.page).to_have_url(re.compile(r"step=3(&|$)"))
    assert steps.json_value() == ["1", "2", "3"]


def test_a_text_and_a_chosen_cell_are_counted_while_the_server_is_stopped(live: LivePage, app_server: Server) -> None:
    live.open()
    before = {name: live.pixels(name) for name in HEATMAPS}
    lines, numbers = live.page.locator(".chain:not(.waiting) .equation"), live.page.locator(".inspector")
    unit, prediction = live.caption("signed"), live.caption("prediction")
    dimmed, clear = re.compile(r"^0\.\d"), "1"
    with app_server.held_up():
        live.at_end()
        live.draw(lambda: live.page.keyboard.type(" fun"))
        assert {name for name in HEATMAPS if live.pixels(name) != before[name]} == set(HEATMAPS)
        # What is said is of the text before: it is dimmed, and says nothing wrong.
        expect(prediction).to_have_css("opacity", dimmed)
        live.click_cell("cell_state", column=5, row=40)
        expect(live.stepper(0)).to_contain_text("“fun”")
        expect(lines).to_have_count(3)
        value = numbers.locator("dd[data-quantity=cell_state]").inner_text()
        assert lines.first.locator(".result").inner_text().lstrip("=≈ ") == value
        shown = numbers.locator(".values, .chain").all_inner_texts()
    expect(prediction).to_have_css("opacity", clear)
    expect(unit).to_have_css("opacity", clear)
    expect(unit).to_contain_text("Unit 40")
    assert numbers.locator(".values, .chain").all_inner_texts() == shown


def test_nothing_is_lost_where_the_server_takes_longer_than_the_page_waits(
    open_page: Callable[..., Page], app_server: Server
) -> None:
    live = LivePage(open_page(alone=True), app_server.url, query=START).open()
    live.page.clock.install()
    live.at_end()
    with app_server.held_up():
        live.page.keyboard.type("!")
        live.page.clock.fast_forward(10_000)
        live.choose("Symbols", "udacity")
        live.page.clock.fast_forward(10_000)
        live.choose("Units ordered by", "forget_gate")
    expect(live.page).to_have_url(re.compile("order=forget_gate.*notation=udacity|notation=udacity.*order=forget_gate"))
    expect(live.page).to_have_url(re.compile(r"text=The\+film\+is\+good\.(!|%21)(&|$)"))
    expect(live.editor).to_have_value(TEXT + "!")


def test_an_example_loads_with_what_to_look_for(live: LivePage) -> None:
    live.open()
    chip = live.page.locator(".chip").nth(2)
    live.edit(chip.click)
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(live.page.locator(".hint")).to_contain_text("What to look for")


def test_the_last_edit_is_described_and_drawn(live: LivePage) -> None:
    live.open(f"text={quote('The film is good and fun.')}&before={quote('The film is bad and fun.')}&step=0&unit=0")
    expect(live.page.locator(".hint")).to_contain_text("“good”")
    expect(live.view("change")).to_be_visible()
    live.type_at_end(" so")
    expect(live.page.locator(".hint")).to_contain_text("“so”")


@pytest.mark.parametrize("width", [390, 1024])
def test_nothing_scrolls_sideways(open_page: Callable[..., Page], app_url: str, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 800}, color_scheme="dark")
    LivePage(page, app_url).open(START)
    nothing_scrolls_sideways(page)


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
    live.reload()
    expect(live.editor).to_have_value(kept)


def test_a_link_with_nothing_to_read_opens(live: LivePage) -> None:
    live.open("text=%20%0A&step=4&unit=9")
    expect(live.page.locator(".editor .problem")).to_be_visible()
    live.fill("fine")
    expect(live.view("forget_gate")).to_be_visible()


def test_an_emptied_editor_says_what_to_do_and_recovers(live: LivePage) -> None:
    live.open()
    live.fill("")
    expect(live.page.locator(".editor .problem")).to_contain_text("no words here yet")
    expect(live.view("forget_gate")).to_be_hidden()
    live.type_at_end("fun")
    expect(live.view("forget_gate")).to_be_visible()
    expect(live.page.locator(".editor .problem")).to_be_hidden()


def test_a_hundred_thousand_characters_are_kept_and_the_limit_is_named(live: LivePage) -> None:
    live.open()
    text = "a warm and funny film " * 4546
    assert len(text) > 100_000
    live.editor.fill(text)
    expect(live.page.locator(".editor .problem")).to_contain_text("the limit is 1,000")
    assert live.editor.input_value() == text
    # A thousand steps reach the browser as no more columns than it can show.
    assert 0 < live.columns(HEATMAPS[0]) <= 240
    expect(live.page.locator(".axis-track .label")).to_contain_text("mean of")


def test_a_view_saved_as_a_file_opens_again_and_a_damaged_file_changes_nothing(live: LivePage, tmp_path: Path) -> None:
    live.open()
    live.fill("my own words, kept")
    expect(live.page).to_have_url(re.compile("kept"))
    with live.page.expect_download() as saved:
        live.page.get_by_role("button", name="More").click()
        live.page.get_by_role("button", name="Save", exact=True).click()
    file = tmp_path / "view.json"
    saved.value.save_as(file)
    live.fill("something else")
    upload, said = live.page.locator("input[type=file]"), live.page.get_by_test_id("stToast")
    upload.set_input_files(file)
    expect(live.editor).to_have_value("my own words, kept")
    for content in (b"junk", b"", b"[1, 2]", b"{"):
        file.write_bytes(content)
        upload.set_input_files(file)
        expect(said).to_contain_text("not a view saved by LSTM Viz")
        expect(live.editor).to_have_value("my own words, kept")
        said.get_by_role("button", name="Close").click()
        expect(said).to_have_count(0)


def test_an_example_can_be_undone(live: LivePage) -> None:
    live.open()
    live.fill("my own words")
    live.edit(live.page.locator(".chip").nth(1).click)
    expect(live.editor).not_to_have_value("my own words")
    live.editor.focus()
    live.page.keyboard.press("Control+z")
    expect(live.editor).to_have_value("my own words")


def test_a_very_long_word_stays_on_its_axis(live: LivePage) -> None:
    live.open()
    live.fill("a " + "x" * 20_000)
    expect(live.page.locator(".token")).to_have_count(2)
    assert len(live.page.locator(".token").nth(1).inner_text()) < 20
    nothing_scrolls_sideways(live.page)


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
    first, second = (LivePage(open_page(), app_url).open(START) for _ in range(2))
    first.type_at_end(" mine")
    assert second.editor.input_value() == TEXT
    second.type_at_end(" yours")
    assert (first.editor.input_value(), second.editor.input_value()) == (TEXT + " mine", TEXT + " yours")


def test_a_long_line_of_characters_is_read_around_the_chosen_one(open_page: Callable[..., Page], app_url: str) -> None:
    text = "def area(width, height):\n    return width * height\n\n\nprint(area(3, 4))\n# six by seven\n"
    live = LivePage(open_page(viewport={"width": 390, "height": 800}), app_url)
    live.open(f"task=python&text={quote(text)}&step=30&unit=3")
    line = live.page.locator(".reading-line")
    chosen = line.locator(".now")
    expect(chosen).to_have_text(text[30])
    expect(chosen).to_have_attribute("title", f"“{text[30]}”, step 30")
    live.hover_cell("cell_state", column=20, row=5)
    expect(line.locator(".pointed")).to_have_attribute("title", re.compile(", step 20$"))
    live.page.mouse.move(0, 0)
    expect(line.locator(".pointed")).to_have_count(0)
    nothing_scrolls_sideways(live.page)


def test_units_are_chosen_by_button_and_number_and_drawn_on_their_own_scale(live: LivePage) -> None:
    live.open()
    first = live.page.get_by_role("group", name="Units that move the answer most").get_by_role("button").first
    unit = first.inner_text()
    first.click()
    expect(live.stepper(1)).to_contain_text(f"Unit {unit}")
    expect(first).to_have_attribute("aria-pressed", "true")
    field = live.page.get_by_label("Go to unit", exact=False)
    field.fill("12")
    field.press("Enter")
    expect(live.stepper(1)).to_contain_text("Unit 12")
    field.fill("nine")
    field.press("Enter")
    expect(live.page.locator(".unit-said")).to_have_text("“nine” is not the number of a unit: type one from 0 to 63.")
    before = live.pixels("cell_state"), live.pixels("forget_gate")
    live.page.get_by_label("Each unit on its own scale").check()
    expect(live.page).to_have_url(re.compile("own_scale=1"))
    assert live.pixels("cell_state") != before[0]
    assert live.pixels("forget_gate") == before[1]
    expect(live.page.locator(".heatmap-track", has_text="Cell state")).to_contain_text("each row on its own scale")
