"""The files that the browser fetches: once for good, each with its looks; and pages that work where none can be had."""

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from lstm_viz.ui.bridge import served
from tests.browser.conftest import LAPTOP
from tests.browser.pages import LOADING, LivePage
from tests.driving import ROOT, Server, free_port, serve

PAGES = ("", "inside_the_cell", "memory_ledger", "what_if", "rnn_lstm_gru")
COUNTING = ROOT / "tests" / "browser" / "counting_app.py"
OURS = f"/{served.PLACE}/"
SHEET = "root => getComputedStyle(root).containerType"


class WithoutFiles(LivePage):
    """A page whose browser has no network to run."""

    runs = False


def fetched(page: Page) -> list[dict[str, Any]]:
    """A growing list of what the page fetches from below `OURS`, and whether it came over the network."""
    found: list[dict[str, Any]] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    at: dict[str, dict[str, Any]] = {}

    def note(event: dict[str, Any]) -> None:
        answer = event["response"]
        if OURS in answer["url"]:
            at[event["requestId"]] = {"url": answer["url"], "cached": answer["fromDiskCache"]}
            found.append(at[event["requestId"]])

    session.on("Network.responseReceived", note)
    session.on("Network.requestServedFromCache", lambda event: at.get(event["requestId"], {}).update(cached=True))
    return found


def test_a_second_visit_fetches_nothing_again(browser: Browser, app_url: str) -> None:
    with browser.new_context(**LAPTOP) as context:
        first, second = context.new_page(), context.new_page()
        new, known = fetched(first), fetched(second)
        LivePage(first, app_url).open()
        LivePage(second, app_url).open()
    assert len(new) > 30
    assert not any(each["cached"] for each in new)
    assert {each["url"] for each in known} <= {each["url"] for each in new}
    assert all(each["cached"] for each in known)


def test_what_is_seen_first_has_its_looks(open_page: Callable[..., Page], app_url: str) -> None:
    """The sheet is there before anything is shown: no frame is without it."""
    page = open_page(alone=True)
    page.add_init_script(
        """
        window.bare = [];
        const look = () => {
          for (const host of document.querySelectorAll("[data-testid=stBidiComponentIsolated]")) {
            const root = host.shadowRoot?.querySelector(".lv");
            if (root && getComputedStyle(root).containerType !== "inline-size") window.bare.push(performance.now());
          }
          requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
        """
    )
    live = LivePage(page, app_url).open()
    assert live.root.evaluate(SHEET) == "inline-size"
    assert page.evaluate("window.bare") == []


@pytest.fixture(scope="module")
def counting_server() -> Iterator[Server]:
    """A page whose data can be made to change while its files are on their way; see counting_app.py."""
    with serve(COUNTING, warm=True) as server:
        yield server


@pytest.fixture
def late(page: Page, counting_server: Server) -> tuple[Page, Callable[[], None]]:
    """That page, waiting for one of its files, and what lets that file come."""
    held: list[Any] = []
    page.route(f"**{OURS}**/core/dom.js", lambda route: held.append(route))
    with page.expect_request(f"**{OURS}**/core/dom.js"):
        page.goto(counting_server.url)
    for count in (2, 3):
        page.get_by_role("button", name="Again").click()
        expect(page.get_by_text(f"Made {count} times.")).to_be_visible()
    return page, lambda: held[0].continue_()


def test_data_that_came_before_the_files_is_shown_once_they_came(late: tuple[Page, Callable[[], None]]) -> None:
    page, let_come = late
    let_come()
    table = page.locator(".lv-records")
    expect(table).to_contain_text("made3", timeout=LOADING)
    page.get_by_role("button", name="Again").click()
    expect(table).to_contain_text("made4")
    expect(table).to_have_count(1)


def test_a_component_that_went_before_its_files_came_leaves_nothing_behind(
    late: tuple[Page, Callable[[], None]],
) -> None:
    page, let_come = late
    page.get_by_text("With a table").click()
    expect(page.get_by_test_id("stBidiComponentIsolated")).to_have_count(0)
    let_come()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".lv")).to_have_count(0)
    page.get_by_text("With a table").click()
    expect(page.locator(".lv-records")).to_contain_text("made5", timeout=LOADING)


def test_a_server_started_anew_with_other_files_has_them_fetched_and_shown_once(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, table = free_port(), ".lv-records"
    with browser.new_context(**LAPTOP) as context:
        page = context.new_page()
        files = fetched(page)
        with serve(COUNTING, port=port, warm=True) as server:
            page.goto(server.url)
            expect(page.locator(table)).to_contain_text("made1", timeout=LOADING)
        before = {each["url"] for each in files}
        old = page.locator(table).element_handle()
        monkeypatch.setenv("ANOTHER_VERSION", "2")
        with serve(COUNTING, port=port, warm=True):
            page.get_by_role("button", name="Again").click(timeout=LOADING)  # once the page has found the server again
            page.wait_for_function("root => !root.isConnected", arg=old, timeout=LOADING)
            expect(page.locator(table)).to_have_count(1)
            assert page.locator(table).evaluate(SHEET) == "inline-size"
            assert not before & {each["url"] for each in files[len(before) :]}
            page.goto("about:blank")


@pytest.fixture(scope="module")
def plain_server() -> Iterator[Server]:
    """The app on a host that takes no routes."""
    with serve(ROOT / "app.py", command=("-m", "tests.browser.without_routes", "run")) as server:
        yield server


@pytest.mark.parametrize("path", PAGES)
def test_a_host_without_routes_shows_every_page_and_hears_keys(
    open_page: Callable[..., Page], plain_server: Server, path: str
) -> None:
    page = open_page()
    files = fetched(page)
    live = WithoutFiles(page, plain_server.url, path).open("text=A warm film")
    live.type_at_end(".")
    assert live.root.evaluate(SHEET) == "inline-size"
    assert files == []


@pytest.mark.parametrize("kept_from", ["**", "**/core/dom.js", "**/sheets.css"])
def test_a_browser_that_cannot_have_the_files_gets_the_page_all_the_same(
    browser: Browser, app_url: str, kept_from: str
) -> None:
    """Whatever stands between the two lets the app through, and some of its files, or none."""
    with browser.new_context(**LAPTOP) as context:
        page = context.new_page()
        page.route(f"**{OURS}{kept_from}", lambda route: route.abort())
        live = WithoutFiles(page, app_url).open("text=A warm film")
        live.type_at_end(".")
        assert live.root.evaluate(SHEET) == "inline-size"
        expect(live.root).to_have_count(1)
        # The session knows now, and the next page comes whole at once.
        page.get_by_role("link", name="Memory ledger").click()
        expect(page.locator(".lv-ledger")).to_have_attribute("data-painted", "0", timeout=LOADING)


def test_below_another_address_the_files_are_found_too(open_page: Callable[..., Page]) -> None:
    with serve(ROOT / "app.py", base="/class/one", warm=True) as server:
        page = open_page()
        files = fetched(page)
        LivePage(page, server.url, "memory_ledger").open().type_at_end(".")
        assert len(files) > 30
        assert all(f"/class/one{OURS}" in each["url"] for each in files)
        page.goto("about:blank")


@pytest.mark.parametrize("path", ["", "../app.py", "..%2f..%2fapp.py", "0/core/dom.js", "//etc/passwd"])
def test_an_address_that_is_not_listed_gives_nothing(app_url: str, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{app_url}{OURS}{path}", timeout=20)
    with refused.value as answer:
        assert answer.code in (400, 404)
