"""What the browser fetches by itself, each thing at an address with a checksum of its content in it.

So what has come once is never asked for again, and what changes has another address. Only what is listed here can be
had: an address is looked up, never taken for a path. Nothing here is needed for a page to work; see `components`.
"""

import gzip
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path, PurePath
from secrets import token_urlsafe
from threading import Lock
from weakref import WeakValueDictionary

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from lstm_viz.cells import CELLS, Cell
from lstm_viz.cells.compiler import compiled
from lstm_viz.live_page.assets import modules, page_style, pages, style, text
from lstm_viz.live_page.document import theme_sheet
from lstm_viz.tasks.model import FOLDER as MODELS

PLACE = "assets"
"""Where all of this is, from the app's own address on."""
FOREVER = "public, max-age=31536000, immutable"
PRIVATE = "private, no-store"
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".safetensors": "application/octet-stream",
    ".bin": "application/octet-stream",
}


@dataclass(frozen=True, eq=False)
class File:
    """Something to be fetched.

    Attributes
    ----------
    address : from the app's own address on
    read : gives its content, always the same
    keep : who may keep it, and for how long, as a Cache-Control header says it
    """

    address: str
    read: Callable[[], bytes]
    keep: str = FOREVER

    @cached_property
    def gzipped(self) -> bytes:
        """Its content, compressed once for all who ask; hardly, where one asks once."""
        return gzip.compress(self.read(), 9 if self.keep == FOREVER else 1, mtime=0)

    @property
    def type(self) -> str:
        """Its media type."""
        return TYPES[PurePath(self.address).suffix]


NOTHING = File("", bytes)
"""No file."""
_there: WeakValueDictionary[str, File] = WeakValueDictionary()
_adding = Lock()


def made(name: str, content: bytes) -> File:
    """Something made while the server runs; it can be fetched for as long as what this returns is kept.

    Parameters
    ----------
    name : how its address ends
    """
    return _add(_fixed(f"{PLACE}/{_checksum(content)}/{name}", content))


def private(name: str, content: bytes) -> File:
    """The same for one reader alone: at an address that nobody can guess, kept by no cache on the way.

    Parameters
    ----------
    name : how its address ends
    """
    return _add(File(f"{PLACE}/{token_urlsafe(32)}/{name}", lambda: content, PRIVATE))


@cache
def shipped(path: Path) -> File:
    """A file that ships with the package; not kept in memory."""
    return _add(File(f"{PLACE}/{_checksum(path.read_bytes())}/{path.name}", path.read_bytes))


def compiled_cell(cell: Cell) -> File:
    """A cell's definition as a module of JavaScript."""
    return made(f"{cell.name}.js", compiled(cell).encode())


@cache
def web() -> Mapping[str, File]:
    """Path in `web` → every module, and each page's sheets; all under one checksum, for they name each other."""
    texts = {path: text(path) for path in modules()}
    texts |= {f"pages/{name}/sheets.css": page_style(name) for name in pages()}
    texts["room/sheets.css"] = theme_sheet() + style("room/phone.js")
    contents = {path: each.encode() for path, each in texts.items()}
    place = f"{PLACE}/{_checksum(*(part for path, content in contents.items() for part in (path.encode(), content)))}"
    return {path: _add(_fixed(f"{place}/{path}", content)) for path, content in contents.items()}


def _fixed(address: str, content: bytes) -> File:
    return File(address, lambda: content)


def _add(file: File) -> File:
    with _adding:
        return _there.setdefault(file.address, file)


def _checksum(*contents: bytes) -> str:
    found = hashlib.sha256()
    for content in contents:
        found.update(len(content).to_bytes(8, "big") + content)
    return found.hexdigest()[:16]


@cache
def _shipped() -> list[File]:
    """What any server of this version has: a page may have been given an address by another one."""
    files = map(shipped, (*MODELS.glob("*.safetensors"), *MODELS.glob("*.vocab.json")))
    return [*web().values(), *files, *map(compiled_cell, CELLS.values())]


def answer(request: Request) -> Response:
    """What is at an address, or that nothing is."""
    address = f"{PLACE}/{request.path_params['address']}"
    if address not in _there:
        _shipped()
    file = _there.get(address)
    if file is None:
        return Response(status_code=404, headers={"Cache-Control": "no-store"})
    headers = {"Cache-Control": file.keep, "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"}
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        return Response(file.gzipped, media_type=file.type, headers=headers | {"Content-Encoding": "gzip"})
    return Response(file.read(), media_type=file.type, headers=headers)


_live = False


def live() -> bool:
    """Whether what the browser asks for comes here: it has asked, for nobody sees a page without asking for it."""
    return _live


class Noticed:
    """Notes that requests come through an app with these routes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        global _live
        _live = True
        await self._app(scope, receive, send)


def routes(base: str) -> list[BaseRoute]:
    """What an app needs to serve all this.

    Parameters
    ----------
    base : the path of the app's own address, as Streamlit is told of it; "" for none
    """
    place = f"{base.strip('/')}/{PLACE}".lstrip("/")
    return [Route(f"/{place}/{{address:path}}", answer)]


MIDDLEWARE = (Middleware(Noticed),)
