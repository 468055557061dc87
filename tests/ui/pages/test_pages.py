"""Every page runs in Streamlit's own test harness, and the home page shows what its link says."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lstm_viz.tasks import TASKS
from lstm_viz.ui.bridge.payload import unpack
from lstm_viz.ui.navigation import PAGES

ROOT = Path(__file__).parents[3]
PATIENCE = 300  # seconds, on a machine with other things to do


def start(**query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    app.query_params.update(query)
    return app.run()


def sent(app: AppTest) -> tuple[dict[str, Any], dict[str, Any]]:
    """The header and arrays of the live view's last message."""
    return unpack(app.get("bidi_component")[0].proto.bytes)


def test_every_page_file_is_in_the_navigation():
    listed = {name for pages in PAGES.values() for name, _ in pages}
    assert {path.stem for path in (ROOT / "pages").glob("*.py")} == listed


@pytest.mark.parametrize("name", [name for pages in PAGES.values() for name, _ in pages])
def test_every_page_runs(name):
    app = start()
    app.switch_page(f"pages/{name}.py").run()
    assert not app.exception
    assert app.title


def test_the_home_page_opens_with_the_first_example():
    app = start()
    assert not app.exception
    header, arrays = sent(app)
    assert header["text"] == next(iter(TASKS.values())).examples[0].text
    assert set(arrays) == {quantity["name"] for quantity in header["quantities"]} | {"prediction"}
    assert all(len(array) == header["steps"] for array in arrays.values())


def test_a_link_opens_the_view_it_names():
    header, _ = sent(start(text="a dull film", step="2", unit="9", notation="udacity"))
    assert (header["text"], header["chosen"]["step"], header["chosen"]["unit"]) == ("a dull film", 2, 9)
    assert "LTM" in str(header["quantities"])
    assert header["query"] == "text=a+dull+film&step=2&unit=9&notation=udacity"


def test_a_link_that_cannot_be_read_is_named_and_shown_as_text():
    app = start(step="<b>abc</b>", nonsense="1")
    assert not app.exception
    said = " ".join(warning.value for warning in app.warning)
    assert "nonsense" in said
    assert r"\<b\>abc" in said
    assert not start(text="a").warning


def test_a_view_without_words_keeps_its_text_and_its_choice():
    header, arrays = sent(start(text=" ", step="3", unit="4"))
    assert header["text"] == " "
    assert "no words" in header["problem"]
    assert header["chosen"] == {"step": 3, "unit": 4}
    assert arrays == {}
