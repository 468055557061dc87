"""Settings that every test shares: one thread, and the same random examples on every machine."""

import os
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.web.in_page import InPage

# Before torch is imported: more threads than cores make small products slower, and sums come out in another order.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# No examples are too slow: how long they take says how busy the machine is.
hypothesis.settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def _seeded() -> None:
    """Start every test from the same random state."""
    import numpy as np
    import torch

    torch.manual_seed(0)
    np.random.seed(0)  # noqa: NPY002 -- the global generator is what a careless library would draw from


SAMPLED = (
    *("test_numbers.py", "test_inside.py", "test_network.py", "test_messages.py", "test_every_variant.py"),
    *("test_without_a_server.py", "test_files.py", "test_nothing_is_lost.py", "test_one_view.py", "test_variants.py"),
    "browser/test_tasks.py",
)
"""Files that put many networks, or every page, to one test: of those a third is run, or all of them with ``--all``."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let all of the `SAMPLED` be asked for."""
    parser.addoption("--all", action="store_true", help="run all of what is put to one test, where a third would do")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests that need a browser, and leave out two thirds of the `SAMPLED` that are not asked for by name."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    if config.getoption("--all") or any("::" in each for each in config.args):
        return
    alike: dict[str, list[pytest.Item]] = {}
    sampled = tuple(f"/{name}" for name in SAMPLED)
    for item in items:
        if item.path.as_posix().endswith(sampled) and hasattr(item, "callspec"):
            alike.setdefault(item.nodeid.partition("[")[0], []).append(item)
    left = {
        item
        for name, those in alike.items()
        for k, item in enumerate(those)
        if k % 3 != zlib.crc32(name.encode()) % min(3, len(those))
    }
    items[:] = [item for item in items if item not in left]
    config.hook.pytest_deselected(items=list(left))


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Start one browser for all tests that need one."""
    from playwright.sync_api import sync_playwright

    from tests.driving import BROWSERS, find_browser, launch

    if find_browser() is None:
        message = f"No browser found (looked for {', '.join(BROWSERS)}). On Debian or Ubuntu: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        opened = launch(playwright)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def in_page(browser: "Browser") -> "Iterator[InPage]":
    """Open one page on the repository's files, where the browser's modules run against Python."""
    from tests.web.in_page import opened

    with opened(browser) as page:
        yield page
