"""A running app, and a real browser that fails a test on any error on the page or in the server's log."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, expect

from tests.browser.pages import LOADING, PATIENCE
from tests.driving import ROOT, Server, chromium, serve

HERE = Path(__file__).parent
LAPTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
CHANGED = {"viewport", "color_scheme"}
"""Options that a tab can be given after it was opened."""
expect.set_options(timeout=PATIENCE)
PROBE = re.compile(r"/\w+/_stcore/(health|host-config)$")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, and run them last: what fails fast should fail first."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")
    items.sort(key=lambda item: item.path.is_relative_to(HERE))


@pytest.fixture(scope="session")
def app_server() -> Iterator[Server]:
    """Serve the app for all browser tests; one of test_one_view.py starts it as a user does."""
    with serve(ROOT / "app.py", warm=True) as server:
        yield server


@pytest.fixture(scope="session")
def app_url(app_server: Server) -> str:
    """Return the address of the running app, without a slash at its end."""
    return app_server.url


@pytest.fixture(scope="session")
def laptop(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """Open a window at a laptop's size, whose pages need not load, nor compile, again what one of them has loaded."""
    kept = tmp_path_factory.mktemp("browser")
    context = browser.browser_type.launch_persistent_context(kept, **chromium(windowless=True), **LAPTOP)
    yield context
    context.close()


@pytest.fixture(scope="session")
def tabs(laptop: BrowserContext) -> list[Page]:
    """Tabs of that window that tests before have done with, on an empty document and with nothing kept."""
    return []


@pytest.fixture
def open_page(
    browser: Browser, laptop: BrowserContext, tabs: list[Page], app_server: Server
) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page of its own session; options are those of a Playwright page.

    A tab is used again, since most of what a page costs is to read the app's scripts, which a tab remembers. With
    other options than those of `CHANGED`, or alone, the page has a window of its own. A clock is a window's, and
    a script that runs before the page's is a tab's for good: who sets one wants to be alone.
    The test fails when any page it opened logged an error or raised one, or the server logged a traceback.
    """
    errors: list[str] = []
    pages: list[Page] = []
    again: list[Page] = []
    logged_before = app_server.tracebacks()

    def note(message: ConsoleMessage) -> None:
        # On a page other than the first, Streamlit looks for its server below the page's address before the root.
        if message.type == "error" and not PROBE.search(message.location.get("url", "")):
            errors.append(f"console: {message.text} ({message.location.get('url', '')})")

    def note_error(error: Error) -> None:
        errors.append(f"page: {error}")

    def open_one(*, alone: bool = False, **options: Any) -> Page:
        if alone or options.keys() - CHANGED:
            page = browser.new_page(**(LAPTOP | options))
            pages.append(page)
        else:
            page = tabs.pop() if tabs else laptop.new_page()
            again.append(page)
            page.add_init_script = _refused  # type: ignore[method-assign, assignment]
            page.set_viewport_size(options.get("viewport", LAPTOP["viewport"]))
            page.emulate_media(color_scheme=options.get("color_scheme", "light"))
        page.set_default_timeout(LOADING)
        page.on("console", note)
        page.on("pageerror", note_error)
        return page

    yield open_one
    for page in again:
        page.remove_listener("console", note)
        page.remove_listener("pageerror", note_error)
        if _emptied(page):
            tabs.append(page)
        else:
            page.close()
    for page in pages:
        page.close()
    logged = app_server.tracebacks()
    if logged != logged_before:
        errors.append(f"server: {logged[len(logged_before) :]}")
    if errors:
        pytest.fail("errors while the test ran:\n" + "\n".join(errors), pytrace=False)


def _refused(*_script: object, **_options: object) -> None:
    raise AssertionError("other tests go on in this tab: `open_page(alone=True)` gives one that may have scripts")


def _emptied(page: Page) -> bool:
    """Take a tab off its page, and drop what it kept for it; whether it can be used again."""
    try:
        page.unroute_all(behavior="ignoreErrors")
        page.mouse.move(0, 0)
        origin = page.evaluate("location.origin")
        if origin != "null":
            # From a document that keeps nothing itself, for a page may keep something as it goes.
            page.goto(f"{origin}/_stcore/health", timeout=PATIENCE)
            page.evaluate("() => { sessionStorage.clear(); localStorage.clear(); }")
        page.goto("about:blank")
    except Error:
        return False
    return True


@pytest.fixture
def every_page(pytestconfig: pytest.Config) -> bool:
    """Whether what is put to some of the pages is put to all of them, which ``--all`` asks for."""
    return bool(pytestconfig.getoption("--all"))


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """Open one empty page at a laptop's size."""
    return open_page()
