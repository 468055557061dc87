"""The front end's JavaScript modules, joined into the one text that a Streamlit component takes.

Streamlit serves a folder of modules only for an installed package, which Community Cloud's copy is not. So each module
becomes a function that returns its exports, and its imports read them from there.
"""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "web"

_IMPORT = re.compile(r'^import (?P<names>\{[^}]*\}) from "\./(?P<file>[\w-]+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:(?:async )?function|const) (?P<name>\w+))", re.MULTILINE)


@cache
def joined(entry: str) -> str:
    """An entry module, with its default export, and all that it imports, each once and before its first use."""
    before: dict[str, str] = {}

    def visit(name: str) -> str:
        source = (FOLDER / name).read_text(encoding="utf-8")
        for match in _IMPORT.finditer(source):
            if match["file"] not in before:
                before[match["file"]] = _as_function(match["file"], visit(match["file"]))
        return _IMPORT.sub(lambda match: f'const {match["names"]} = modules["{match["file"]}"];', source)

    main = visit(entry)
    return "\n".join(["const modules = {};", *before.values(), main])


def _as_function(name: str, source: str) -> str:
    exports = ", ".join(match["name"] for match in _EXPORT.finditer(source))
    return f'modules["{name}"] = (() => {{\n{_EXPORT.sub("", source)}return {{ {exports} }};\n}})();'


@cache
def style(name: str) -> str:
    """A style sheet of the front end."""
    return (FOLDER / name).read_text(encoding="utf-8")
