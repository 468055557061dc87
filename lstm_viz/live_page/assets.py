"""The browser's files, and the text of a page for a browser that cannot fetch them.

The modules load as they are wherever a folder of them is served (see `ui/bridge/served.py`), and in Node.js. Where none
is, a page's modules are joined into one text, which a Streamlit component takes, or a file of its own: each becomes a
function that returns its exports, and its imports read them from there.
"""

import posixpath
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).parents[1] / "web"
LAYERS = ("core", "analysis", "network", "doing", "live", "draw", "parts", "present", "pages", "room")
"""The folders of modules, each of which imports from itself and from those before it."""

_IMPORT = re.compile(r'^import (?P<names>\{[^}]*\}) from "(?P<file>\.[^"]*)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:(?:async )?function|const) (?P<name>\w+))", re.MULTILINE)
_DEFAULT = re.compile(r"^export default .*;\n", re.MULTILINE)  # of a page, which a component takes and nothing imports


@cache
def page_script(name: str) -> str:
    """The script of a page's component; see `joined`."""
    return joined(f"pages/{name}/page.js")


@cache
def page_style(name: str) -> str:
    """The style sheets of a page's component; see `style`."""
    return style(f"pages/{name}/page.js")


def style(*entries: str) -> str:
    """The sheets beside entry modules and all that they import, a page's own after what it is made of."""
    found = sorted(
        {path for entry in entries for path in _modules(entry)}, key=lambda path: LAYERS.index(path.split("/")[0])
    )
    sheets = (posixpath.splitext(path)[0] + ".css" for path in found)
    return "\n".join(text(sheet) for sheet in sheets if (FOLDER / sheet).is_file())


def text(path: str) -> str:
    """One file, by its path in `web`."""
    return (FOLDER / path).read_text(encoding="utf-8")


def modules() -> list[str]:
    """The paths in `web` of all modules."""
    return sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.js"))


def pages() -> list[str]:
    """The folders in `web/pages`."""
    return sorted(path.parent.name for path in FOLDER.glob("pages/*/page.js"))


def joined(entry: str, made: Mapping[str, str] = MappingProxyType({})) -> str:
    """An entry module, and all that it imports, each once and before its first use.

    Parameters
    ----------
    entry : path in `web`, or in `made`
    made : path → text of modules that are in no file
    """
    sources = _modules(entry, made)
    *before, main = sources
    return "\n".join(["const modules = {};", *(_as_function(path, sources[path]) for path in before), sources[main]])


def needed(entry: str) -> list[str]:
    """The paths of a module and of all that it imports, itself last."""
    return list(_modules(entry))


def _modules(entry: str, made: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """Path → source of a module and all that it imports, itself last, with imports read from `modules`."""
    found: dict[str, str] = {}

    def visit(path: str) -> None:
        if path in found:
            return
        source = made[path] if path in made else text(path)
        for match in _IMPORT.finditer(source):
            visit(_target(path, match["file"]))
        found[path] = _IMPORT.sub(lambda match: _read(match["names"], _target(path, match["file"])), source)

    visit(entry)
    return found


def _target(path: str, file: str) -> str:
    """What an import names: a path in `web`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), file))


def _read(names: str, path: str) -> str:
    return f'const {names.replace(" as ", ": ")} = modules["{path}"];'


def _as_function(path: str, source: str) -> str:
    exports = ", ".join(match["name"] for match in _EXPORT.finditer(source))
    body = _EXPORT.sub("", _DEFAULT.sub("", source))
    return f'modules["{path}"] = (() => {{\n{body}return {{ {exports} }};\n}})();'
