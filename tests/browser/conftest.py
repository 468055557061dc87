"""A running app, and a real browser that fails a test on any error on the page or in the server's log."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.browser.pages import LOADING, PATIENCE
from tests.driving import ROOT, Server, chromium, serve

HERE = Path(__file__).parent
LAPTOP = {"viewport": {"width": 1440, "height": 900}}
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
    """Serve the app for all browser tests."""
    with serve(ROOT / "app.py") as server:
        yield server


@pytest.fixture(scope="session")
def app_url(app_server: Server) -> str:
    """Return the address of the running app, without a slash at its end."""
    return app_server.url


@pytest.fixture(scope="session")
def laptop(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """Open a window at a laptop's size, whose pages need not load, nor compile, again what one of them has loaded."""
    kept = tmp_path_factory.mktemp("browser")
    context = browser.browser_type.launch_persistent_context(kept, **chromium(), **LAPTOP)  # type: ignore[arg-type]
    yield context
    context.close()


@pytest.fixture
def open_page(browser: Browser, laptop: BrowserContext, app_server: Server) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page of its own session; options are those of a Playwright page.

    With options, or alone, the page has a window of its own. A clock is a window's: who sets one wants to be alone.
    The test fails when any page it opened logged an error or raised one, or the server logged a traceback.
    """
    errors: list[str] = []
    pages: list[Page] = []
    logged_before = app_server.tracebacks()

    def note(message: ConsoleMessage) -> None:
        # On a page other than the first, Streamlit looks for its server below the page's address before the root.
        if message.type == "error" and not PROBE.search(message.location.get("url", "")):
            errors.append(f"console: {message.text} ({message.location.get('url', '')})")

    def open_one(*, alone: bool = False, **options: object) -> Page:
        own = alone or options
        page = browser.new_page(**(LAPTOP | options)) if own else laptop.new_page()  # type: ignore[arg-type]
        page.set_default_timeout(LOADING)
        page.on("console", note)
        page.on("pageerror", lambda error: errors.append(f"page: {error}"))
        pages.append(page)
        return page

    yield open_one
    for page in pages:
        page.close()
    logged = app_server.tracebacks()
    if logged != logged_before:
        errors.append(f"server: {logged[len(logged_before) :]}")
    if errors:
        pytest.fail("errors while the test ran:\n" + "\n".join(errors), pytrace=False)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """Open one empty page at a laptop's size."""
    return open_page()
