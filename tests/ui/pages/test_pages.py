"""Every page runs in Streamlit's own test harness, and the home page shows what its link says."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lstm_viz.tasks import TASKS
from lstm_viz.ui.bridge.payload import unpack
from lstm_viz.ui.navigation import PAGES
from lstm_viz.ui.settings.link import LINK_LIMIT, from_query

ROOT = Path(__file__).parents[3]
PATIENCE = 300  # seconds, on a machine with other things to do


def start(**query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    app.query_params.update(query)
    return app.run()


def sent(app: AppTest) -> tuple[dict[str, Any], dict[str, Any]]:
    """The header, what is said and what is counted together, and the arrays of the live view's last message."""
    header, arrays = unpack(next(each.proto.bytes for each in app.get("bidi_component") if each.proto.bytes))
    return {**header, **header["numbers"]}, arrays


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
    assert set(arrays) == {quantity["name"] for quantity in header["quantities"]} | {"prediction", "shut", "open"}
    assert all(len(array) == header["steps"] for name, array in arrays.items() if name not in ("shut", "open"))


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


def test_a_text_too_long_for_a_link_leaves_every_other_setting_in_the_address():
    # Words that differ cannot be compressed into a link.
    rng = np.random.default_rng(0)
    text = " ".join("".join(rng.choice(list("abcdefghijklmnopqrstuvwxyz"), 9)) for _ in range(1500))
    header, _ = sent(start(text=text, step="4", unit="9", notation="udacity", cell="gru"))
    assert header["text"] == text
    assert not header["linkable"]
    # The whole view is in the file that Save writes, the rest of it in the address.
    assert from_query(parse_qs(header["query"]))[0].text == text
    assert len(header["short"]) <= LINK_LIMIT
    left = from_query(parse_qs(header["short"]))[0]
    assert (left.text, left.step, left.unit, left.notation, left.cell) == (None, 4, 9, "udacity", "gru")
    header, _ = sent(start(text="a film", step="4"))
    assert header["linkable"]
    assert header["short"] == header["query"]


def test_terms_are_explained_where_a_page_first_uses_them_and_nothing_else_is_markup():
    app = AppTest.from_function(_two_paragraphs, default_timeout=PATIENCE).run()
    first, second = (each.value for each in app.caption)
    assert first.startswith('A <dfn class="lv-term" tabindex="0" data-meaning="One of the numbers')
    assert first.endswith(">unit</dfn>s &lt;b&gt; and **units**")
    assert second.count("dfn") == 2
    assert ">gate</dfn>" in second


def _two_paragraphs() -> None:
    from lstm_viz.ui.widgets import prose

    prose.begin()
    prose.caption("A units <b> and **units**")
    prose.caption("A unit has a gate")
