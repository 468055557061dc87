"""Links followed before the server has answered: what was done goes along, and each leads to what it says."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.pages import LOADING, LivePage, at_rest
from tests.driving import Server

TEXT = "The film is good."
START = f"text={quote(TEXT)}&step=1&unit=5&order=index"


@pytest.fixture
def live(page: Page, app_url: str) -> LivePage:
    return LivePage(page, app_url, query=START)


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


def test_a_page_that_is_left_before_it_is_there_leaves_the_address_alone(browser: Browser, app_url: str) -> None:
    """What it shows may come when the page before is back already, as where a browser has yet to fetch its script."""
    with browser.new_page() as page:
        page.goto(f"{app_url}/lessons")
        expect(page.locator(".lv-lesson-list")).to_be_visible(timeout=LOADING)
    page = browser.new_page()
    live = LivePage(page, app_url, "memory_ledger", START).open()
    live.at_end()
    live.page.keyboard.type(" Truly")
    expect(page).to_have_url(re.compile("Truly"))
    shown = page.url
    page.evaluate(
        """() => {
             const follow = (name) => [...document.querySelectorAll("a")].find((a) => a.innerText === name).click();
             const look = () => (location.pathname === "/lessons" ? follow("Memory ledger") : setTimeout(look));
             follow("Lessons");
             look();
           }"""
    )
    expect(live.editor).to_have_value(TEXT + " Truly")
    page.wait_for_timeout(1000)
    at_rest(page)
    expect(page).to_have_url(shown)
    page.close()


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


def test_back_to_what_a_page_showed_before_shows_that(live: LivePage) -> None:
    page, claims = live.open().page, live.page.locator(".lv-claims")
    page.get_by_role("link", name="Notes, checked").first.click()
    expect(claims).to_be_visible()
    page.get_by_role("link", name="Gates over time").first.click()
    expect(live.editor).to_have_value(TEXT)
    live.editor.fill("A bore.")
    expect(page).to_have_url(re.compile("bore"))
    page.go_back()
    expect(claims).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("is.good"))
    expect(live.editor).to_have_value(TEXT)
    at_rest(page)
    expect(live.editor).to_have_value(TEXT)


def test_what_is_done_on_a_page_is_not_done_on_a_lessons_at_the_same_settings(
    live: LivePage, app_server: Server
) -> None:
    live.open()
    live.at_end()
    with app_server.held_up():
        live.page.keyboard.type(" Truly")
        live.page.evaluate("() => { location.href = `/start_here${location.search}`; }")
    question = live.page.locator(".lv-prediction")
    question.locator("input[type=radio]").first.check(timeout=LOADING)
    question.locator(".submit").click()
    expect(live.editor).to_have_value(TEXT)
    at_rest(live.page)
    expect(live.editor).to_have_value(TEXT)
