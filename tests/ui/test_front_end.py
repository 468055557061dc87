"""The front end's files: they join into one module, and their colours are the project's."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from lstm_viz.figures.style import THEMES
from lstm_viz.ui.bridge.assets import FOLDER, joined

ROOT = Path(__file__).parents[2]


def test_each_module_is_there_once_and_before_its_first_use():
    text = joined("live.js")
    assert "import " not in re.sub(r"//.*", "", text)
    assert text.count("export default") == 1
    defined = [match.start() for match in re.finditer(r'^modules\["', text, re.MULTILINE)]
    names = re.findall(r'^modules\["([\w-]+\.js)"\]', text, re.MULTILINE)
    assert len(names) == len(set(names)) == len(defined)
    for match in re.finditer(r'= modules\["([\w-]+\.js)"\];', text):
        assert text.index(f'modules["{match[1]}"] = ') < match.start()


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.js")), ids=lambda path: path.name)
def test_every_module_parses(path, tmp_path):
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed; the browser tests load the same modules")
    module = tmp_path / path.with_suffix(".mjs").name
    module.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    subprocess.run([node, "--check", str(module)], check=True, capture_output=True)


def test_streamlit_has_the_colours_of_the_figures():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for name, theme in THEMES.items():
        configured = config["theme"][name]
        assert configured["backgroundColor"] == theme.background
        assert configured["secondaryBackgroundColor"] == theme.panel
        assert configured["textColor"] == theme.text
        assert configured["primaryColor"] == theme.colour("forget_gate")
