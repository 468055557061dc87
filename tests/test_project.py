"""Rules that the project keeps as a whole: who imports what, what is public, what is pinned, what is packaged."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from setuptools import build_meta

import lstm_viz

ROOT = Path(__file__).parents[1]
LONGEST_FILE = 400

# What each part may import from the others. Parts of lstm_viz by name; the scripts and tests that use it after them.
CORE = {"arguments", "cells", "trace"}
CAPTURE = CORE | {"clamp", "engine", "module", "given", "agreement", "capture"}
FILES_READ = CAPTURE | {"files"}
TASKS = FILES_READ | {"tasks"}
LEARNING = TASKS | {"learning"}
ANALYSIS = TASKS | {"analysis"}
WORDS = ANALYSIS | {"words"}
FIGURES = WORDS | {"figures"}
CLAIMS = FIGURES | {"learning", "sources", "claims"}
EVERYTHING = CLAIMS | {"live_page", "challenges", "views", "ui", "lstm_viz", "lessons", "rooms", "server"}
MAY_IMPORT: dict[str, set[str]] = {
    "arguments": set(),
    "cells": set(),
    "trace": {"arguments", "cells"},
    "clamp": {"arguments", "cells"},
    "engine": {"cells"},
    "module": {"cells", "engine"},
    "given": {"arguments", "cells", "engine", "trace"},
    "agreement": {"arguments", "engine", "module"},
    "capture": CAPTURE,
    "files": {"arguments", "cells", "engine", "module"},
    "tasks": FILES_READ,
    "analysis": ANALYSIS,
    "words": WORDS,
    "figures": FIGURES,
    "live_page": FIGURES,
    "sources": ANALYSIS | {"learning"},
    "claims": CLAIMS,
    "summaries": FIGURES,
    "rooms": set(),
    "server": {"rooms"},
    "challenges": TASKS,
    "learning": TASKS,
    "training": LEARNING,
    "ui": EVERYTHING,
    "views": CLAIMS | {"challenges", "server"},
    "lessons": CLAIMS | {"views"},
    "lstm_viz": FIGURES | {"live_page", "summaries"},
    "app": {"ui", "server"},
    # Whichever page a server is first asked for, the package is loaded in one order; see lstm_viz/ui/__init__.py.
    "pages": {"ui"},
    "deploy": EVERYTHING,
    "docs": EVERYTHING,
    "benchmarks": EVERYTHING | {"app", "deploy", "tests"},
    "tests": EVERYTHING | {"learning", "training", "benchmarks", "docs", "deploy", "app"},
}
# Of the folder ui, what a view is: settings, links, sources run on texts, and what two pages work out. It is a part of
# its own, for lessons are made of it and pages of lessons; it lies where it is shown.
VIEWS = re.compile(
    r"lstm_viz\.ui\.(settings(\..*)?|navigation|jobs|share|way|views\.(view|chosen)|"
    r"pages\.(\w+\.fields|cells_compared\.lengths|vanishing\.view))"
)
# What is told to whoever runs the server, from wherever it happens; the addresses at which it is read off are of ui.
SERVER = re.compile(r"lstm_viz\.ui\.server(\.(options|log|metrics|meters))?")
# Where the heavy packages may be imported.
MAY_USE = {
    "streamlit": {"ui", "pages", "app", "tests", "benchmarks"},
    "plotly": {"figures", "ui", "tests", "benchmarks"},
    "redis": {"rooms", "tests", "benchmarks"},
    "segno": {"rooms"},
    "prometheus_client": {"server", "tests"},
    "torch": {"engine", "module", "given", "agreement", "capture"}
    | {
        "analysis",
        "files",
        "learning",
        "summaries",
        "tasks",
        "training",
        "claims",
        "challenges",
        "views",
        "ui",
        "tests",
        "benchmarks",
    },
}


def repository_files() -> list[Path]:
    """Return the files that are, or are about to be, in the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / line for line in listed.splitlines() if (ROOT / line).is_file()]


FILES = repository_files()
TEXTS = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in FILES
    if b"\0" not in path.read_bytes()[:8000]
}
PYTHON = sorted(name for name in TEXTS if name.endswith(".py"))


def part_of(module: str) -> str:
    """Return the part of the project that a dotted module name belongs to: lstm_viz.cells.lstm is in cells."""
    if VIEWS.fullmatch(module.removesuffix(".__init__")):
        return "views"
    if SERVER.fullmatch(module):
        return "server"
    names = module.removesuffix(".__init__").split(".")
    return names[1] if names[0] == "lstm_viz" and len(names) > 1 else names[0]


def statements(tree: ast.AST) -> Iterator[ast.AST]:
    """Give every statement of a file, however deep, and none of the expressions, which are most of it."""
    todo = [tree]
    while todo:
        node = todo.pop()
        yield node
        for block in ("body", "orelse", "finalbody", "handlers", "cases"):
            todo.extend(getattr(node, block, ()))


@cache
def imported_modules(name: str) -> set[str]:
    """Return every module that a file imports, at its head or anywhere in it; the linter forbids relative imports."""
    found: set[str] = set()
    for node in statements(ast.parse(TEXTS[name])):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "lstm_viz":
            found |= {f"lstm_viz.{alias.name}" if alias.name in MAY_IMPORT else "lstm_viz" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_imports_point_one_way() -> None:
    wrong = []
    for name in PYTHON:
        part = part_of(name.removesuffix(".py").replace("/", "."))
        assert part in MAY_IMPORT, f"{name} belongs to no part that MAY_IMPORT names"
        for module in imported_modules(name):
            other, package = part_of(module), module.split(".")[0]
            if other in MAY_IMPORT and other != part and other not in MAY_IMPORT[part]:
                wrong.append(f"{name} imports {module}")
            if package in MAY_USE and part not in MAY_USE[package]:
                wrong.append(f"{name} imports {module}")
    assert wrong == []


def test_public_names_are_listed_sorted_and_nothing_else_leaks() -> None:
    assert lstm_viz.__all__ == sorted(lstm_viz.__all__)
    for name in lstm_viz.__all__:
        assert getattr(lstm_viz, name) is not None
    own_modules = {module.rpartition(".")[2] for module in sys.modules if module.startswith("lstm_viz.")}
    leaked = {name for name in vars(lstm_viz) if not name.startswith("_")} - set(lstm_viz.__all__) - own_modules
    assert not leaked
    assert callable(lstm_viz.trace), "the function, not the module of that name"


def test_importing_the_library_loads_neither_streamlit_nor_plotly() -> None:
    """Nor do lessons and rooms."""
    unwanted = {"streamlit", "plotly", "pandas", "redis", "segno"}
    program = "import sys"
    for library in ("lstm_viz", "lstm_viz.lessons", "lstm_viz.rooms.here", "lstm_viz.rooms.picture"):
        program += f"\nimport {library}\nprint('{library}:', *sorted({unwanted} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert [line for line in done.stdout.splitlines() if not line.endswith(":")] == []
    assert done.stdout.count(":") == 4


def test_files_are_short() -> None:
    lengths = {name: text.count("\n") for name, text in TEXTS.items() if name.endswith((".py", ".js", ".css"))}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_nothing_names_a_machine_or_a_package_registry() -> None:
    """A path of the machine that the tests run on, of anybody's home, or the host of a package registry."""
    own = {str(path) for path in (ROOT, ROOT.parent, Path.home(), Path(sys.prefix)) if len(path.parts) > 1}
    hosts = {"pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "deb." + "debian.org"}
    homes = re.compile("/(?:home|Users)" + r"/\w+")
    # A folder counts only where it is not the middle of a longer path: "/b" is in "/a/b".
    machine = re.compile(r"(?<![\w.~-])(?:" + "|".join(map(re.escape, sorted(own))) + r")(?![\w-])")
    for name, text in TEXTS.items():
        found = {host for host in hosts if host in text} | set(homes.findall(text)) | set(machine.findall(text))
        assert not found, f"{name} names {found}"


def test_documents_name_only_targets_that_the_makefile_has() -> None:
    targets = set(re.findall(r"^([a-z]+):", TEXTS["Makefile"], flags=re.MULTILINE))
    named = {
        (name, target)
        for name, text in TEXTS.items()
        if name.endswith(".md") or name == ".ci/run"
        for target in re.findall(r"(?:^|`|\n)make ([a-z]+)", text)
    }
    assert {target for name, target in named if name == "README.md"} >= {"run", "test"}
    assert {(name, target) for name, target in named if target not in targets} == set()


def pinned(name: str) -> dict[str, str]:
    """Return package → version of a requirements file; every line but options and comments must be an exact pin."""
    lines = [line.partition("#")[0].strip() for line in TEXTS[name].splitlines()]
    pins = [line.partition("==") for line in lines if line and not line.startswith("-")]
    for package, _, version in pins:
        assert re.fullmatch(r"\d+(\.\d+)+", version), f"{name}: {package} is not pinned to one version"
    return {package: version for package, _, version in pins}


def test_pins_satisfy_the_package_and_cover_it() -> None:
    project = tomllib.loads(TEXTS["pyproject.toml"])["project"]
    extras = project["optional-dependencies"]
    app, development = pinned("requirements.txt"), pinned("requirements-dev.txt")
    assert pinned("requirements-docs.txt"), "what the site is made with is pinned too"
    assert pinned("requirements-supply.txt"), "and what looks after all of that"
    for wanted, pins in (
        (project["dependencies"] + extras["app"], app),
        (extras["test"] + extras["train"], development),
    ):
        requirements = [Requirement(line) for line in wanted]
        # What the app runs on is there for development too, and pinned once.
        assert {requirement.name for requirement in requirements} - (set(app) - set(pins)) == set(pins)
        for requirement in requirements:
            assert (app | pins)[requirement.name] in requirement.specifier, str(requirement)


def test_package_holds_every_file_of_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights, model cards and front-end files must reach a notebook that installs the package."""
    library = {path.relative_to(ROOT) for path in FILES if path.is_relative_to(ROOT / "lstm_viz")}
    for path in library | {Path("pyproject.toml"), Path("README.md"), Path("LICENSE")}:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes((ROOT / path).read_bytes())
    monkeypatch.chdir(tmp_path)
    wheel = build_meta.build_wheel(str(tmp_path))
    packaged = set(zipfile.ZipFile(tmp_path / wheel).namelist())
    assert {path.as_posix() for path in library} <= packaged
    assert "lstm_viz/py.typed" in packaged, "without it a type checker does not look at the library's types"
    assert f"lstm_viz-{lstm_viz.__version__}-" in wheel, "the version is written down once"
    assert not {name for name in packaged if name.startswith(("tests", "benchmarks", "pages", "docs", "notebooks"))}
