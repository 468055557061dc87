"""Settings that every test shares: one thread, and the same random examples on every machine."""

import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

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


@pytest.fixture(autouse=True)
def _nobody_asked_for_files() -> Iterator[None]:
    """Let a test that serves the app's files in this process leave no sign of it to those that come after."""
    yield
    if served := sys.modules.get("lstm_viz.ui.bridge.served"):
        vars(served)["_live"] = False


SAMPLED = (
    *("test_numbers.py", "test_inside.py", "web/test_network.py", "test_messages.py", "test_every_variant.py"),
    *("test_without_a_server.py", "test_files.py", "test_nothing_is_lost.py", "test_one_view.py", "test_variants.py"),
    *(
        "browser/test_tasks.py",
        "test_words_follow.py",
        "inside/test_view.py",
        "words/test_what_if.py",
        "words/test_ledger.py",
    ),
    *("words/test_attention.py", "sessions/test_sessions.py", "learning/test_presets.py", "browser/test_by_keys.py"),
)
"""Files that put many networks, or every page, to one test: of those a few are run, or all of them with ``--all``."""
MOST = 9
"""How many those few are at most, however many cells and tasks there are; of fewer than four times that, a quarter."""
TOO_MANY = 100
"""Cases of a cell and a task that no one test may have, for each new cell brings one for every task."""
MAIN = ("lstm", "gru", "rnn")
"""Cells of which each is among the few."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let all of the `SAMPLED` be asked for."""
    parser.addoption("--all", action="store_true", help="run all of what is put to one test, where a quarter would do")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests that need a browser, and leave out most of the `SAMPLED` that are not asked for by name."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    if config.getoption("--all") or any("::" in each for each in config.args):
        return
    alike: dict[str, list[pytest.Function]] = {}
    sampled = tuple(f"/{name}" for name in SAMPLED)
    for item in items:
        if item.path.as_posix().endswith(sampled) and isinstance(item, pytest.Function) and hasattr(item, "callspec"):
            alike.setdefault(item.nodeid.partition("[")[0], []).append(item)
    left = {item for name, those in alike.items() for item in set(those) - set(_some(name, those))}
    items[:] = [item for item in items if item not in left]
    config.hook.pytest_deselected(items=list(left))
    _refuse_multiplied(items)


def _refuse_multiplied(items: list[pytest.Item]) -> None:
    """Stop where a test is put to so many networks that a further cell or task would be felt."""
    from lstm_viz.cells import CELLS
    from lstm_viz.tasks import TASKS

    counts: Counter[str] = Counter()
    for item in items:
        given = item.callspec.params.values() if isinstance(item, pytest.Function) and hasattr(item, "callspec") else ()
        names = {each for each in given if isinstance(each, str)}
        if names & CELLS.keys() and names & TASKS.keys():
            counts[item.nodeid.partition("[")[0]] += 1
    for name, count in counts.items():
        if count > TOO_MANY:
            raise pytest.UsageError(
                f"{name} has {count} cases of a cell and a task: name its file in SAMPLED of tests/conftest.py, "
                f"or put at most {TOO_MANY} to it"
            )


def _some(name: str, those: list[pytest.Function]) -> list[pytest.Function]:
    """A few of the cases of one test, the same ones each time: one of each main cell, and others by lot."""
    drawn = random.Random(name).sample(those, len(those))

    def is_of(item: pytest.Function, cell: str) -> bool:
        return any(isinstance(each, str) and each == cell for each in item.callspec.params.values())

    main = [item for cell in MAIN for item in [each for each in drawn if is_of(each, cell)][:1]]
    return list(dict.fromkeys([*main, *drawn]))[: min(MOST, len(those) // 4 or 1)]


@pytest.fixture(scope="session")
def playwright() -> "Iterator[Playwright]":
    """Start what drives browsers, once for all of them."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> "Iterator[Browser]":
    """Start one browser for all tests that need one."""
    from tests.driving import BROWSERS, find_browser, launch

    if find_browser(windowless=True) is None:
        without(f"No browser found (looked for {', '.join(BROWSERS)}). On Debian or Ubuntu: apt-get install chromium")
    opened = launch(request.getfixturevalue("playwright"), windowless=True)
    yield opened
    opened.close()


def without(message: str) -> None:
    """Leave a test out that lacks something of the machine, but fail where everything is to be there."""
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def in_page(browser: "Browser") -> "Iterator[InPage]":
    """Open one page on the repository's files, where the browser's modules run against Python."""
    from tests.web.in_page import opened

    with opened(browser) as page:
        yield page
