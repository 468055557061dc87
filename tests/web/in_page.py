"""One page of a real browser in which the modules of `lstm_viz/web` run against Python: fixture ``in_page``.

The page stands on a site that is the repository's files, and whatever a test puts there.
"""

import base64
import dataclasses
import hashlib
import json
import math
import mimetypes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Browser, Page, Route
from safetensors.torch import save

from lstm_viz.cells.compiler import compiled
from lstm_viz.sources import Source
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views import envelope
from lstm_viz.ui.views.envelope import Parts
from lstm_viz.ui.views.network import Network, about
from lstm_viz.ui.views.view import View
from tests.driving import ROOT
from tests.ui.messages import received

SITE = "http://files.test"
WITHIN = 1e-5
"""How far a number of the browser may be from Python's: of 1, or of the number where it is larger."""


@dataclasses.dataclass(frozen=True, eq=False)
class InPage:
    """A page, and what is served to it besides the repository's files: path → (bytes, type)."""

    page: Page
    put: dict[str, tuple[bytes, str]] = dataclasses.field(default_factory=dict)
    told: dict[int, tuple[Source, Network]] = dataclasses.field(default_factory=dict)

    def evaluate(self, script: str, argument: Any = None) -> Any:
        """What a function of JavaScript returns; it may `await import("/lstm_viz/web/…")`.

        The argument goes as one text, as a message of the app does, where JSON has all of its numbers: Playwright looks
        at every value within a list of its own, which took longer than most of what is asked for.
        """
        try:
            text = json.dumps(argument, allow_nan=False)
        except ValueError:
            return self.page.evaluate(script, argument)
        return self.page.evaluate(f"(text) => ({script})(JSON.parse(text))", text)

    def serve(self, content: bytes | str, ending: str) -> str:
        """Put a file on the site, at an address with its checksum in it; returns the address."""
        body = content.encode() if isinstance(content, str) else content
        path = f"/made/{hashlib.sha256(body).hexdigest()[:16]}{ending}"
        self.put[path] = body, mimetypes.guess_type(path)[0] or "application/octet-stream"
        return SITE + path

    def about(self, source: Source) -> Network:
        """What the browser needs to run a network, its files on this site; made once for each."""
        if id(source) not in self.told:
            self.told[id(source)] = source, self._about(source)
        return self.told[id(source)][1]

    def _about(self, source: Source) -> Network:
        return about(
            source,
            cell=self.serve(compiled(source.cell), ".js"),
            weights=self.serve(save(source.model.network.state_dict()), ".safetensors"),
            vocabulary=self.serve(json.dumps(source.model.vocabulary), ".json") if source.model.vocabulary else None,
        )

    def numbers(
        self,
        source: Source,
        page: str,
        settings: Settings,
        *,
        others: Mapping[str, Source] | None = None,
        part: str = "numbers",
        **words: Any,
    ) -> Parts:
        """What ``web/pages/PAGE/numbers.js`` makes of a view: header, and arrays by name.

        Parameters
        ----------
        others : further networks that the page runs, by key
        part : "numbers", or "chosen"
        words : settings that a page's own words resolve, in place of those in `settings`
        """
        shown, view = " ".join(source.name), View(source, settings)
        asked = {
            "about": {key: self.about(each) for key, each in {**(others or {}), shown: source}.items()},
            "shown": shown,
            "settings": {**envelope.settings(view), "text": view.text, **words},
            "page": page,
            "part": part,
        }
        found = self.evaluate('async (asked) => (await import("/tests/web/in_page.js")).made(asked)', asked)
        return found["header"], {name: unpacked(array) for name, array in found["arrays"].items()}


def unpacked(array: Mapping[str, Any]) -> NDArray[np.float32]:
    """An array that `packed` of in_page.js made."""
    return np.frombuffer(base64.b64decode(array["values"]), "<f4").reshape(array["shape"])


@contextmanager
def opened(browser: Browser) -> Iterator[InPage]:
    """Open a page on the site, and close it in the end."""
    page = browser.new_page()
    found = InPage(page)

    def serve(route: Route) -> None:
        path = urlsplit(route.request.url).path
        file = ROOT / path.lstrip("/")
        if path in found.put:
            body, kind = found.put[path]
            route.fulfill(body=body, content_type=kind)
        elif file.is_file():
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "text/plain")
        else:
            route.fulfill(status=200 if path == "/" else 404, body="", content_type="text/html")

    page.route(f"{SITE}/**", serve)
    page.goto(SITE)
    yield found
    page.close()


def assert_same_numbers(python: Parts, browser: Parts) -> None:
    """Fail, naming each place, where the two differ: other keys, other whole numbers or texts, other values.

    `python` is taken as it arrives in the browser, through JSON and as float32.
    """
    header, arrays = received(python)
    wrong = list(_differences(header, browser[0], "header"))
    if arrays.keys() != browser[1].keys():
        wrong.append(f"arrays: {sorted(arrays)} in Python, {sorted(browser[1])} in the browser")
    for name in arrays.keys() & browser[1].keys():
        mine, theirs = arrays[name], browser[1][name]
        if mine.shape != theirs.shape:
            wrong.append(f"{name}: shape {mine.shape} in Python, {theirs.shape} in the browser")
        elif mine.size and not np.allclose(mine, theirs, rtol=WITHIN, atol=WITHIN, equal_nan=True):
            place = np.unravel_index(np.nanargmax(np.abs(mine.astype(float) - theirs)), mine.shape)
            wrong.append(f"{name}{[int(k) for k in place]}: {mine[place]} in Python, {theirs[place]} in the browser")
    assert not wrong, "\n".join(wrong)


def _differences(mine: Any, theirs: Any, place: str) -> Iterator[str]:
    both = f"{place}: {mine!r:.200} in Python, {theirs!r:.200} in the browser"
    if isinstance(mine, dict) and isinstance(theirs, dict):
        for name in sorted(mine.keys() | theirs.keys(), key=str):
            if name in mine and name in theirs:
                yield from _differences(mine[name], theirs[name], f"{place}.{name}")
            else:
                yield f"{place}.{name}: only in {'Python' if name in mine else 'the browser'}"
    elif isinstance(mine, list) and isinstance(theirs, list) and len(mine) == len(theirs):
        for k, (one, other) in enumerate(zip(mine, theirs, strict=True)):
            yield from _differences(one, other, f"{place}[{k}]")
    elif _is_number(mine) and _is_number(theirs):
        # A whole number of Python's is a count or a place; what is measured comes as a float.
        close = mine == theirs if isinstance(mine, int) else math.isclose(mine, theirs, rel_tol=WITHIN, abs_tol=WITHIN)
        if not close:
            yield both
    elif mine != theirs or isinstance(mine, bool) != isinstance(theirs, bool):
        yield both


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
