"""The tests of the browser's modules, in Node.js and in the browser, where the modules load as the files they are."""

import mimetypes
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, sync_playwright

from lstm_viz.ui.bridge.assets import FOLDER
from tests.driving import ROOT, find_browser, launch

HERE = Path(__file__).parent
TESTS = sorted(HERE.glob("*.test.js"))
IN_A_DOCUMENT = sorted(HERE.glob("dom/*.test.js"))
MODULES = sorted(FOLDER.rglob("*.js"))
SITE = "http://files.test"
RUN = """async (paths) => {
  const { results, underWay } = await import("/tests/web/testing.js");
  for (const path of paths) await import(path);
  await Promise.all(underWay);
  return results;
}"""


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed; the browser runs the same tests")
@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.name)
def test_in_node(path: Path) -> None:
    done = subprocess.run(["node", "--test", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\n# pass 0\n" not in done.stdout


@pytest.fixture(scope="module")
def files() -> Iterator[Page]:
    """Open a browser on a site that is nothing but the repository's files."""
    if find_browser() is None:
        pytest.skip("no browser; Node.js runs the same tests")

    def serve(route: Route) -> None:
        path = ROOT / urlsplit(route.request.url).path.lstrip("/")
        if path.is_file():
            kind = mimetypes.guess_type(path.name)[0] or "text/plain"
            route.fulfill(body=path.read_bytes(), content_type=kind)
        else:
            route.fulfill(status=200 if path == ROOT else 404, body="", content_type="text/html")

    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        page.route(f"{SITE}/**", serve)
        page.goto(SITE)
        yield page
        browser.close()


@pytest.mark.browser
def test_in_the_browser(files: Page) -> None:
    results = files.evaluate(RUN, [f"/{path.relative_to(ROOT).as_posix()}" for path in [*TESTS, *IN_A_DOCUMENT]])
    assert len(results) > 30
    assert [(name, wrong) for name, wrong in results if wrong] == []


@pytest.mark.browser
def test_every_module_loads_as_the_file_it_is(files: Page) -> None:
    paths = [f"/{path.relative_to(ROOT).as_posix()}" for path in MODULES]
    exports = files.evaluate(
        "async (paths) => Promise.all(paths.map(async (p) => Object.keys(await import(p))))", paths
    )
    assert all(exports)
