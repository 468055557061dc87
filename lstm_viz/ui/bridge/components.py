"""The pages of the front end as Streamlit components: from files where the browser can fetch them, else joined.

The server knows whether it serves files. A browser that cannot have them all the same (something between the two may
let only the app itself through) says so, and is sent the joined text for the rest of its session.
"""

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import streamlit as st

from lstm_viz.live_page.assets import page_script, page_style
from lstm_viz.ui.bridge import served

_NO_FILES = "lv_no_files"
LARGEST = 2**53
"""Above every number that a browser counts to."""
_FROM_FILES = """\
const page = import(new URL("{module}", document.baseURI)).then(({{ component }}) => component("{name}"));
export default await page.catch(() => ({{ setStateValue }}) => setStateValue("no_files", true));
"""
_BEFOREHAND = """\
const load = () => import(new URL("{module}", document.baseURI)).then(({{ component }}) => component("{name}"));
export default () => {{
  load().catch(() => {{}});
}};
"""


def component(name: str) -> Callable[..., Any]:
    """A component, to be called as Streamlit's own are.

    Parameters
    ----------
    name : of its folder in `web/pages`
    """

    def mount(**arguments: Any) -> Any:
        if from_files():
            return _from_files(name)(**arguments, on_no_files_change=_join)
        return _joined(name)(**arguments)

    return mount


def fetch_beforehand(name: str) -> None:
    """Have the browser fetch a component that is about to be shown, so that it need not then; nothing is seen of it."""
    if from_files():
        _beforehand(name)(key=f"lv_beforehand_{name}", height=0)


def told(key: str, name: str, like: Mapping[str, Any] = MappingProxyType({})) -> dict[str, Any]:
    """What a component's browser has last told of something; nothing for what no page of ours says.

    Parameters
    ----------
    key : the component's
    name : of what it tells
    like : a message in which nothing has happened; where what is told lacks something of it, or has it of another type,
        that stands in its place
    """
    message = (st.session_state.get(key) or {}).get(name)
    message = dict(message) if isinstance(message, Mapping) else {}
    return message | {part: default for part, default in like.items() if not _is_like(message.get(part), default)}


def _is_like(value: Any, default: Any) -> bool:
    """Whether a value has the type of another, and as a whole number an ordinary size."""
    return type(value) is type(default) and not (isinstance(value, int) and abs(value) >= LARGEST)


def from_files() -> bool:
    """Whether this session's browser fetches files."""
    return served.live() and not st.session_state.get(_NO_FILES)


def _join() -> None:
    st.session_state[_NO_FILES] = True


@cache
def _from_files(name: str) -> Callable[..., Any]:
    module = served.web()["pages/component.js"].address
    return st.components.v2.component(f"lstm_viz_{name}", js=_FROM_FILES.format(module=module, name=name))


@cache
def _beforehand(name: str) -> Callable[..., Any]:
    module = served.web()["pages/component.js"].address
    script = _BEFOREHAND.format(module=module, name=name)
    return st.components.v2.component(f"lstm_viz_{name}_beforehand", js=script)


@cache
def _joined(name: str) -> Callable[..., Any]:
    return st.components.v2.component(f"lstm_viz_{name}_joined", js=page_script(name), css=page_style(name))
