"""What a reader typed or chose comes back: by undo, after a reload, a broken connection, and another server."""

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route, WebSocketRoute, expect

from lstm_viz.tasks import TASKS
from lstm_viz.ui.settings.link import FORMAT
from tests.browser.pages import LOADING, LivePage, unfold
from tests.driving import ROOT, Server, free_port, serve

TEXT = "The film is good."
START = f"text={quote(TEXT)}&step=1&unit=5&order=index"
PAGES = ("", "inside_the_cell", "memory_ledger", "what_if", "rnn_lstm_gru")
LETTERS = random.Random(0)
LONG = " ".join("".join(LETTERS.choices("abcdefghijklmnopqrstuvwxyz", k=120)) for _ in range(120))
"""A text that no compression makes short enough for an address, of few words, since each is a step to run."""


@pytest.fixture
def live(page: Page, app_url: str) -> LivePage:
    return LivePage(page, app_url, query=START)


def choose_task(live: LivePage, name: str) -> None:
    live.root.get_by_label("Task").select_option(name)


def first_text(task: str) -> str:
    return TASKS[task].examples[0].text


def test_what_is_typed_before_the_task_is_changed_stays_with_its_task(live: LivePage, app_server: Server) -> None:
    live.open()
    live.at_end()
    with app_server.held_up():
        # The first key is on its way; the others and the task wait for its answer.
        live.page.keyboard.type(" Truly")
        choose_task(live, "counting")
    expect(live.editor).to_have_value(first_text("counting"))
    expect(live.page).to_have_url(re.compile("task=counting"))
    live.root.get_by_role("button", name="Undo").click()
    expect(live.editor).to_have_value(TEXT + " Truly")
    expect(live.root.get_by_label("Task")).to_have_value("sentiment")


def test_keys_struck_while_another_task_opens_do_not_end_up_in_it(live: LivePage, app_server: Server) -> None:
    live.open()
    with app_server.held_up():
        choose_task(live, "counting")
        live.at_end()
        live.page.keyboard.type("xyz")
    expect(live.editor).to_have_value(first_text("counting"))
    live.at_end()
    live.page.keyboard.type("b")
    expect(live.page.locator(".problem")).to_be_hidden()
    expect(live.editor).to_have_value(first_text("counting") + "b")


def test_inside_the_cell_begins_with_nothing_and_is_typed_into(page: Page, app_url: str) -> None:
    live = LivePage(page, app_url, "inside_the_cell").open("text=&step=0&unit=0")
    live.type_at_end("so")
    expect(live.root.locator(".equations .line").first).to_contain_text("=")
    live.choose("Symbols", "udacity")
    expect(live.root.locator(".equations").first).to_contain_text("LTM")


@pytest.mark.parametrize("path", PAGES)
def test_a_line_of_nothing_but_blanks_is_a_text_like_any_other(page: Page, app_url: str, path: str) -> None:
    live = LivePage(page, app_url, path).open("task=python&step=0&unit=0")
    live.fill("x" + " " * 100_000)
    expect(live.root.locator(".status")).to_contain_text("2,000 of")
    assert live.root.locator(".blanks i").count() == 1
    live.fill("if x:\n\treturn  1")
    expect(live.root.locator(".blanks i")).to_have_count(4)


def test_undo_goes_back_through_typing_examples_and_tasks(live: LivePage) -> None:
    live.open()
    undo, redo = (live.root.get_by_role("button", name=name) for name in ("Undo", "Redo"))
    expect(undo).to_be_disabled()
    live.type_at_end("!")
    live.page.get_by_role("button", name="A late turn").click()
    late = next(each.text for each in TASKS["sentiment"].examples if each.title == "A late turn")
    expect(live.editor).to_have_value(late)
    choose_task(live, "counting")
    expect(live.editor).to_have_value(first_text("counting"))
    choose_task(live, "sentiment")
    expect(live.editor).to_have_value(late)
    live.editor.focus()
    for wanted in (first_text("counting"), late, TEXT + "!", TEXT):
        live.page.keyboard.press("Control+z")
        expect(live.editor).to_have_value(wanted)
    expect(undo).to_be_disabled()
    live.page.keyboard.press("Control+y")
    expect(live.editor).to_have_value(TEXT + "!")
    live.page.keyboard.press("Control+Shift+z")
    expect(live.editor).to_have_value(late)
    redo.click()
    expect(live.editor).to_have_value(first_text("counting"))


def test_a_text_that_a_saved_view_replaced_comes_back(live: LivePage, tmp_path: Path) -> None:
    live.open()
    live.fill("my own words")
    file = tmp_path / "view.json"
    file.write_text(json.dumps({"format": FORMAT, "query": f"text={quote('The other view.')}&step=0&unit=0"}))
    live.page.locator("input[type=file]").set_input_files(file)
    expect(live.editor).to_have_value("The other view.")
    live.editor.focus()
    live.page.keyboard.press("Control+z")
    expect(live.editor).to_have_value("my own words")


def test_a_reload_right_after_a_key_keeps_the_key(live: LivePage, app_server: Server) -> None:
    live.open()
    live.at_end()
    with app_server.held_up():
        live.page.keyboard.type(" Truly")
        kept = live.editor.input_value()
        # The page goes before the server has answered any of it.
        live.page.evaluate("location.reload()")
    expect(live.editor).to_have_value(kept, timeout=LOADING)
    expect(live.page).to_have_url(re.compile(r"Truly"))


def test_a_text_too_long_for_the_address_is_kept_by_the_tab(live: LivePage, open_page: Callable[..., Page]) -> None:
    live.open()
    live.fill(LONG)
    expect(live.page.locator(".problem")).to_contain_text("this browser tab keeps the text")
    live.choose("Symbols", "udacity")
    expect(live.page).to_have_url(re.compile(r"^(?!.*text).*notation=udacity"))
    live.page.reload()
    expect(live.editor).to_have_value(LONG, timeout=LOADING)
    expect(live.page.locator(".values")).to_contain_text("LTM")
    # Another tab has the address alone.
    other = LivePage(open_page(), live.url).open(live.page.url.split("?")[1])
    expect(other.editor).to_have_value(first_text("sentiment"))
    expect(other.page.locator(".values")).to_contain_text("LTM")


def test_every_page_keeps_an_address_that_is_its_own(live: LivePage) -> None:
    live.open()
    live.fill(LONG)
    live.choose("Symbols", "udacity")
    expect(live.page).to_have_url(re.compile("notation=udacity"))
    unfold(live.page, "Experiment").filter(has_text="Vanishing gradient").click()
    expect(live.page.locator(".lv-charts").first).to_be_visible(timeout=LOADING)
    expect(live.page).to_have_url(re.compile(r"/vanishing_gradient\?(?!.*text).*notation=udacity"))


def test_a_server_that_was_killed_before_its_first_answer_is_told_all(browser: Browser) -> None:
    port, page = free_port(), browser.new_page(viewport={"width": 1440, "height": 900})
    with serve(ROOT / "app.py", port=port, warm=True) as server:
        live = LivePage(page, server.url).open(START)
    live.at_end()
    page.keyboard.type("!")
    live.choose("Symbols", "udacity")
    live.choose("Units ordered by", "forget_gate")
    with serve(ROOT / "app.py", port=port, warm=True):
        expect(page).to_have_url(re.compile(r"good\.(!|%21).*notation=udacity.*order=forget_gate"), timeout=LOADING)
        expect(live.editor).to_have_value(TEXT + "!")
        page.get_by_role("button", name="Undo").click()
        expect(live.editor).to_have_value(TEXT)
        page.close()


def test_clamps_and_undo_outlive_the_server(browser: Browser) -> None:
    port, page = free_port(), browser.new_page(viewport={"width": 1440, "height": 900})
    panel = page.get_by_label("Clamps and edits")
    with serve(ROOT / "app.py", port=port, warm=True) as server:
        live = LivePage(page, server.url, "what_if").open(START)
        panel.get_by_role("button", name="Open (1)").click()
        expect(panel.get_by_label("What is held")).to_contain_text("Forget gate = 1")
        expect(page).to_have_url(re.compile("clamps="))
    live.at_end()
    page.keyboard.type("!")
    with serve(ROOT / "app.py", port=port, warm=True):
        expect(page).to_have_url(re.compile(r"good\.(!|%21)"), timeout=LOADING)
        expect(panel.get_by_label("What is held")).to_contain_text("Forget gate = 1")
        undo = page.get_by_role("button", name="Undo")
        undo.click()
        expect(live.editor).to_have_value(TEXT)
        expect(panel.get_by_label("What is held")).to_contain_text("Forget gate = 1")
        undo.click()
        expect(panel.get_by_label("What is held")).not_to_contain_text("Forget gate = 1")
        page.close()


def test_what_is_typed_while_the_connection_is_cut_arrives(browser: Browser, app_url: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    lines: list[tuple[WebSocketRoute, WebSocketRoute]] = []
    down = False

    def connect(line: WebSocketRoute) -> None:
        if down:
            line.close()
        else:
            lines.append((line, line.connect_to_server()))

    def health(route: Route) -> None:
        if down:
            route.abort()
        else:
            route.continue_()

    page.route_web_socket(re.compile("_stcore/stream"), connect)
    page.route(re.compile("_stcore/(health|host-config)"), health)
    live = LivePage(page, app_url).open(START)
    down = True
    for line, server in lines:
        server.close()
        line.close()
    live.at_end()
    page.keyboard.type(" Truly")
    live.choose("Symbols", "udacity")
    live.at_end()
    page.wait_for_timeout(4000)  # the fault is about a cut of this length, after which Streamlit would open a dialog
    page.keyboard.type(" so")
    down = False
    expect(page).to_have_url(re.compile(r"Truly\+so.*notation=udacity"), timeout=LOADING)
    expect(live.editor).to_have_value(TEXT + " Truly so")
    expect(live.editor).to_be_focused()
    expect(live.page.locator(".values")).to_contain_text("LTM")
    page.close()


def test_a_text_past_the_limit_is_cut_and_it_is_said(live: LivePage) -> None:
    live.open()
    live.editor.fill("so " * 83_334)
    expect(live.page.locator(".problem")).to_contain_text("200,000")
    assert len(live.editor.input_value()) == 200_000


def test_a_field_that_says_nothing_holds_and_replaces_nothing(page: Page, app_url: str) -> None:
    live = LivePage(page, app_url, "what_if").open(START)
    panel = live.root.get_by_label("Clamps and edits")
    for field, given in (("units", "3.5"), ("units", ""), ("steps", "first"), ("steps", "")):
        asked = panel.get_by_label(field, exact=True)
        kept = asked.input_value()
        asked.fill(given)
        panel.get_by_role("button", name="Open (1)").click()
        expect(panel.get_by_role("alert")).to_contain_text(f"does not name {field}" if given else f"Say which {field}")
        expect(panel.get_by_label("What is held").locator("li")).to_have_count(0)
        asked.fill(kept)
        live.at_end()
        live.draw(lambda: page.keyboard.type("!"))
        expect(panel.get_by_role("alert")).to_be_hidden()
    live.fill(TEXT)
    panel.get_by_role("button", name="Replace").click()
    expect(panel.get_by_role("alert")).to_contain_text("drop it")
    expect(live.editor).to_have_value(TEXT)
