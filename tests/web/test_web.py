"""The tests of the browser's modules, in Node.js and in the browser, where the modules load as the files they are."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from lstm_viz.live_page.assets import FOLDER
from tests.driving import ROOT
from tests.web.in_page import InPage

HERE = Path(__file__).parent
TESTS = sorted(HERE.glob("*.test.js"))
IN_A_DOCUMENT = sorted(HERE.glob("dom/*.test.js"))
MODULES = sorted(FOLDER.rglob("*.js"))
RUN = """async (paths) => {
  const { results, underWay } = await import("/tests/web/testing.js");
  for (const path of paths) await import(path);
  await Promise.all(underWay);
  return results;
}"""


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed; the browser runs the same tests")
def test_in_node() -> None:
    # One process for all: starting one takes longer than the tests of a file.
    imports = "".join(f"import {json.dumps(path.as_uri())};" for path in TESTS)
    command = ["node", "--test-reporter=tap", "--input-type=module", "--eval", imports]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    passed = re.search(r"^# pass (\d+)$", done.stdout, re.MULTILINE)
    assert passed
    written = sum(len(re.findall(r"^test\(", path.read_text(encoding="utf-8"), re.MULTILINE)) for path in TESTS)
    assert int(passed[1]) >= written > len(TESTS)


def test_in_the_browser(in_page: InPage) -> None:
    results = in_page.evaluate(RUN, [f"/{path.relative_to(ROOT).as_posix()}" for path in [*TESTS, *IN_A_DOCUMENT]])
    assert len(results) > 30
    assert "\n".join(f"{name}: {wrong}" for name, wrong in results if wrong) == ""


def test_every_module_loads_as_the_file_it_is(in_page: InPage) -> None:
    paths = [f"/{path.relative_to(ROOT).as_posix()}" for path in MODULES]
    exports = in_page.evaluate(
        "async (paths) => Promise.all(paths.map(async (p) => Object.keys(await import(p))))", paths
    )
    assert all(exports)
