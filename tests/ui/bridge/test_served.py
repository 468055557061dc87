"""What the browser fetches: only what is listed, each of the right type, and at another address once it changes."""

import gc
import gzip
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import Response

from lstm_viz.cells import CELLS
from lstm_viz.cells.compiler import compiled
from lstm_viz.live_page import assets
from lstm_viz.live_page.document import theme_sheet
from lstm_viz.tasks.model import FOLDER as MODELS
from lstm_viz.ui.bridge import served


def fetch(address: str, accepts: str = "gzip, deflate, br") -> Response:
    """Ask for an address, from the app's own on."""
    headers = [(b"accept-encoding", accepts.encode())]
    below = address.removeprefix(f"{served.PLACE}/")
    return served.answer(Request({"type": "http", "headers": headers, "path_params": {"address": below}}))


@pytest.mark.parametrize("path", sorted(served.web()))
def test_every_module_and_sheet_is_there_as_it_is(path: str) -> None:
    answer = fetch(served.web()[path].address)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == f"text/{'css' if path.endswith('.css') else 'javascript'}; charset=utf-8"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding"
    expected = assets.text(path) if not path.endswith("/sheets.css") else None
    if path == "room/sheets.css":
        expected = theme_sheet() + assets.style("room/phone.js")
    elif expected is None:
        expected = assets.page_style(path.split("/")[1])
    assert gzip.decompress(bytes(answer.body)).decode() == expected


def test_modules_find_each_other_below_one_checksum() -> None:
    assert {file.address.removesuffix(path) for path, file in served.web().items()} == {
        served.web()["pages/component.js"].address.removesuffix("pages/component.js")
    }
    assert set(assets.modules()) < set(served.web())


def test_who_cannot_unpack_gets_it_as_it_is() -> None:
    answer = fetch(served.web()["core/dom.js"].address, accepts="identity")
    assert "content-encoding" not in answer.headers
    assert bytes(answer.body).decode() == assets.text("core/dom.js")


def test_what_ships_can_be_fetched_before_any_page_named_it() -> None:
    """Of several servers, one may be asked for what another one's page has named."""
    weights = sorted(MODELS.glob("*.safetensors"))
    assert len(weights) > 30
    for path in (weights[0], MODELS / "sentiment.vocab.json"):
        answer = fetch(served.shipped(path).address)
        assert gzip.decompress(bytes(answer.body)) == path.read_bytes()
        assert answer.headers["content-type"] == served.TYPES[path.suffix]
    for cell in CELLS.values():
        answer = fetch(served.compiled_cell(cell).address)
        assert gzip.decompress(bytes(answer.body)).decode() == compiled(cell)
        assert answer.headers["content-type"].startswith("text/javascript")


def test_what_was_made_is_there_as_long_as_someone_keeps_it() -> None:
    first, second = served.made("weights.safetensors", b"made"), served.made("weights.safetensors", b"made")
    address = first.address
    assert second is first
    del first
    gc.collect()
    assert fetch(address, accepts="").body == b"made"
    del second
    gc.collect()
    assert fetch(address).status_code == 404


def test_whatever_changes_has_another_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {"core/a.js": "// a", "pages/p/page.js": "// p", "pages/p/page.css": "p {}", "room/phone.js": "// r"}
    for path, text in texts.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    monkeypatch.setattr(assets, "FOLDER", tmp_path)

    def places() -> set[str]:
        assets.page_style.cache_clear()
        return {file.address.removesuffix(path) for path, file in served.web.__wrapped__().items()}

    seen = [places()]
    for path in ("core/a.js", "pages/p/page.css"):
        (tmp_path / path).write_text((tmp_path / path).read_text() + " ")
        seen.append(places())
    (tmp_path / "core/a.js").rename(tmp_path / "core/b.js")
    seen.append(places())
    assets.page_style.cache_clear()
    assert all(len(each) == 1 for each in seen)
    assert len(set.union(*seen)) == len(seen)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "0000000000000000/core/dom.js",
        "{place}/core/missing.js",
        "{place}/core/../core/dom.js",
        "{place}/core/dom.js/",
        "{place}/package.json",
        "{place}/../../bridge/served.py",
        "../../../../etc/passwd",
        "%2e%2e/%2e%2e/app.py",
        "/etc/passwd",
        "sentiment-lstm.json",
    ],
)
def test_nothing_else_can_be_had(address: str) -> None:
    place = served.web()["core/dom.js"].address.removesuffix("/core/dom.js").removeprefix(f"{served.PLACE}/")
    answer = fetch(f"{served.PLACE}/{address.format(place=place)}")
    assert (answer.status_code, answer.body) == (404, b"")
    assert answer.headers["cache-control"] == "no-store"
