"""What a reader typed or chose comes back: by undo, after a reload, a broken connection, and another server."""

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route, WebSocketRoute, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from lstm_viz.tasks import TASKS
from lstm_viz.ui.settings.link import FORMAT
from tests.browser.pages import LOADING, LivePage, at_rest, unfold
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


def left_by_link(live: LivePage, server: Server, title: str, pressed: float) -> None:
    """Type and choose, and follow a link at once, for longer than a server is waited for; milliseconds of the press."""
    live.open()
    live.at_end()
    with server.held_up():
        live.page.keyboard.type(" Truly")
        live.root.get_by_label("Symbols").select_option("udacity")
        live.page.get_by_role("link", name=title).first.click(delay=pressed)
        live.page.wait_for_timeout(2500)


def test_what_is_done_before_a_link_is_tapped_is_done_where_it_leads(
    live: LivePage, app_url: str, app_server: Server
) -> None:
    left_by_link(live, app_server, "Memory ledger", pressed=0)
    ledger = LivePage(live.page, app_url, "memory_ledger")
    expect(ledger.editor).to_have_value(TEXT + " Truly")
    expect(live.page).to_have_url(re.compile("memory_ledger.*Truly.*notation=udacity"))
    ledger.root.get_by_role("button", name="Undo").click()
    expect(ledger.editor).to_have_value(TEXT + " ")


def test_what_is_done_before_a_link_to_a_page_without_a_text_is_done_on_the_next(
    live: LivePage, app_server: Server
) -> None:
    left_by_link(live, app_server, "Notes, checked", pressed=120)
    expect(live.page.locator(".lv-claims")).to_be_visible()
    live.page.get_by_role("link", name="Gates over time").first.click()
    expect(live.editor).to_have_value(TEXT + " Truly")
    expect(live.page).to_have_url(re.compile("Truly.*notation=udacity"))


def test_what_is_typed_before_a_link_of_the_page_itself_is_followed_goes_along(live: LivePage, app_url: str) -> None:
    live.open()
    live.at_end()
    live.page.keyboard.type(" Truly")
    live.page.get_by_role("link", name="This step, this unit, inside the cell").first.click()
    inside = LivePage(live.page, app_url, "inside_the_cell")
    expect(inside.page.get_by_role("heading", name="Inside the cell")).to_be_visible()
    expect(inside.editor).to_have_value(TEXT + " Truly")


def test_what_is_typed_after_a_link_to_a_place_on_the_page_is_told(live: LivePage) -> None:
    live.open()
    live.page.evaluate("() => { location.hash = 'stMain'; }")
    live.at_end()
    live.page.keyboard.type(" Truly")
    expect(live.page).to_have_url(re.compile("Truly"))


def test_a_page_that_says_something_after_another_was_asked_for_does_not_disturb_that(
    page: Page, app_url: str, app_server: Server
) -> None:
    page.goto(f"{app_url}/watch_it_learn")
    train = page.get_by_role("button", name="Train", exact=True)
    expect(train).to_be_visible(timeout=LOADING)
    at_rest(page)
    with app_server.held_up():
        page.get_by_role("link", name="Memory ledger").first.click()
        train.click()
        page.wait_for_timeout(100)
    expect(page.locator(".lv-ledger")).to_be_visible()
    at_rest(page)


def test_a_link_that_says_what_it_shows_shows_that(live: LivePage, app_url: str, app_server: Server) -> None:
    live.open()
    live.at_end()
    with app_server.held_up():
        live.page.keyboard.type(" Truly")
        live.page.evaluate("history.pushState({}, '', '/memory_ledger?text=A+bore.')")
        live.page.evaluate("dispatchEvent(new PopStateEvent('popstate'))")
    ledger = LivePage(live.page, app_url, "memory_ledger")
    expect(ledger.root).to_be_visible()
    expect(ledger.editor).to_have_value("A bore.")
    at_rest(live.page)
    expect(ledger.editor).to_have_value("A bore.")


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
        live.type_at_end("!")
        expect(panel.get_by_role("alert")).to_be_hidden()
    live.fill(TEXT)
    panel.get_by_role("button", name="Replace").click()
    expect(panel.get_by_role("alert")).to_contain_text("drop it")
    expect(live.editor).to_have_value(TEXT)


def test_a_second_link_while_the_first_is_answered_leads_to_its_page(browser: Browser, app_url: str) -> None:
    """Of what a page holds as it asks, Streamlit would send the name alone; what it lets go meanwhile would end it."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    held: list[bytes | str] = []
    holds = False
    lines: list[WebSocketRoute] = []

    def connect(line: WebSocketRoute) -> None:
        lines.append(line)
        line.connect_to_server().on_message(lambda message: held.append(message) if holds else line.send(message))

    def finished(said: bytes | str) -> bool:
        message = ForwardMsg.FromString(said if isinstance(said, bytes) else said.encode())
        return message.WhichOneof("type") == "script_finished"

    def follow(name: str) -> None:
        page.get_by_role("link", name=name).first.click()

    page.route_web_socket(re.compile("_stcore/stream"), connect)
    LivePage(page, app_url).open(START)
    for name in ("Inside the cell", "Gates over time", "Inside the cell"):
        follow(name)
        expect(page.locator("h1")).to_contain_text(name)
        at_rest(page)
    holds = True
    for many, name in enumerate(("Memory ledger", "Gates over time"), 1):
        follow(name)
        for _ in range(LOADING // 50):
            if sum(map(finished, held)) < many:
                page.wait_for_timeout(50)
    holds = False
    for each in held:
        lines[-1].send(each)
    expect(page.locator("h1")).to_contain_text("Gates over time")
    at_rest(page)
    expect(LivePage(page, app_url).editor).to_have_value(TEXT)
    page.close()
