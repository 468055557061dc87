"""The browser's files: they join into one module, import one way, and their colours are the project's."""

import posixpath
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from lstm_viz.figures.style import THEMES
from lstm_viz.live_page.assets import FOLDER, LAYERS, joined, page_script, page_style, style

ROOT = Path(__file__).parents[2]
MODULES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.js"))
SHEETS = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.css"))
PAGES = sorted(path.parent.name for path in FOLDER.glob("pages/*/page.js"))
# What makes a picture from data has nothing to do with what goes to the server, and none of it knows a page.
NOT_IN_DRAW = {"live/mount.js", "live/outbox.js", "core/address.js", "core/payload.js"}
# Of Streamlit, outside of the components.
FRAMES = {"core/embedded.css", "core/frame.css", "core/lesson.css", "present/frame.css"}


def imports(path: str) -> list[str]:
    """Return the paths of the modules that a module imports."""
    source = (FOLDER / path).read_text(encoding="utf-8")
    found = re.findall(r'^import [^"]*"([^"]*)";$', source, re.MULTILINE)
    assert source.count("\nimport ") == len(found)
    return [posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) for file in found]


@pytest.mark.parametrize("name", PAGES)
def test_each_module_is_there_once_and_before_its_first_use(name):
    text = page_script(name)
    assert "import " not in re.sub(r"//.*", "", text)
    assert text.count("export default") == 1
    names = re.findall(r'^modules\["([\w/]+\.js)"\] = ', text, re.MULTILINE)
    assert len(names) == len(set(names)) >= 3
    for match in re.finditer(r'= modules\["([\w/]+\.js)"\];', text):
        assert text.index(f'modules["{match[1]}"] = ') < match.start()


def test_relative_imports_are_resolved_from_where_they_stand(tmp_path, monkeypatch):
    monkeypatch.setattr("lstm_viz.live_page.assets.FOLDER", tmp_path)
    sources = {
        "pages/p/page.js": 'import { a as b } from "../../core/a.js";\nimport { c } from "./c.js";\nexport default b;',
        "pages/p/c.js": 'import {\n  a,\n} from "../../core/a.js";\nexport const c = a;\n',
        "core/a.js": "export function a() {}\n",
    }
    for path, source in sources.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(source)
    text = joined("pages/p/page.js")
    assert re.findall(r'^modules\["(.*)"\] = ', text, re.MULTILINE) == ["core/a.js", "pages/p/c.js"]
    assert 'const { a: b } = modules["core/a.js"];' in text
    assert text.endswith("export default b;")


def test_modules_import_one_way():
    wrong = []
    for path in MODULES:
        layer = path.split("/")[0]
        for other in imports(path):
            assert other in MODULES, f"{path} imports {other}, which is not there"
            if LAYERS.index(other.split("/")[0]) > LAYERS.index(layer) or (layer == "draw" and other in NOT_IN_DRAW):
                wrong.append((path, other))
            if layer == other.split("/")[0] == "pages" and other.split("/")[1] != path.split("/")[1]:
                wrong.append((path, other))
    assert wrong == []


def test_every_module_says_its_business_first():
    assert [path for path in MODULES if not (FOLDER / path).read_text(encoding="utf-8").startswith("// ")] == []


PARSE = """
const { readFileSync } = require("node:fs"), { SourceTextModule } = require("node:vm");
for (const path of process.argv.slice(1)) new SourceTextModule(readFileSync(path, "utf8"), { identifier: path });
"""


def test_every_module_parses():
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed; the browser tests load the same modules")
    command = [node, "--experimental-vm-modules", "--no-warnings", "-e", PARSE, "--"]
    done = subprocess.run([*command, *(str(FOLDER / path) for path in MODULES)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_sheet_stands_beside_its_module_and_reaches_a_page():
    assert {path.removesuffix(".css") + ".js" for path in SHEETS if path not in FRAMES} <= set(MODULES)
    reached = "".join([*(page_style(name) for name in PAGES), style("live/saved.js"), style("room/phone.js")])
    for path in SHEETS:
        assert path in FRAMES or (FOLDER / path).read_text(encoding="utf-8") in reached, path


def test_a_page_may_change_a_part_and_a_part_the_common_look():
    for name in PAGES:
        text = page_style(name)
        sheets = [path for path in SHEETS if (FOLDER / path).read_text(encoding="utf-8") in text]
        layers = sorted(
            (text.index((FOLDER / path).read_text(encoding="utf-8")), path.split("/")[0]) for path in sheets
        )
        order = [LAYERS.index(layer) for _, layer in layers]
        assert order == sorted(order)
        assert layers[0][1] == "core"


def test_streamlit_has_the_colours_of_the_figures():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for name, theme in THEMES.items():
        configured = config["theme"][name]
        assert configured["backgroundColor"] == theme.background
        assert configured["secondaryBackgroundColor"] == theme.panel
        assert configured["textColor"] == theme.text
        assert configured["primaryColor"] == theme.control
