"""The app in Streamlit's own harness, hearing what a client sends, component by component, whatever that is.

A page is opened once; before each case its session is put back to where it was then, so that a case can be replayed.
"""

import json
import logging
import time
from copy import deepcopy
from pathlib import Path
from typing import Any

from streamlit.logger import get_logger
from streamlit.runtime.runtime_util import get_max_widget_state_size_bytes
from streamlit.testing.v1 import AppTest, app_test
from streamlit.testing.v1.local_script_runner import LocalScriptRunner
from streamlit.util import calc_hash

from lstm_viz.ui.bridge import served
from lstm_viz.ui.bridge.heard import is_json
from lstm_viz.ui.navigation import HOME

APP = Path(__file__).parents[2] / "app.py"
PATIENCE = 60.0
PLAIN = (dict, list, tuple, str, int, float, bool, type(None))


class Errors(logging.Handler):
    """What was logged with a traceback since `clear`."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[BaseException] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        if record.exc_info and record.exc_info[1] is not None:
            self.seen.append(record.exc_info[1])


ERRORS = Errors()
CLOCK = 0.0
"""Seconds of processor time that scripts took, without what goes on beside them."""


class _Timed(LocalScriptRunner):
    def _run_script_thread(self) -> None:
        global CLOCK
        try:
            super()._run_script_thread()
        finally:
            CLOCK += time.thread_time()


def begin() -> None:
    """Have errors noted, scripts timed, and pages believe that the browser fetches files."""
    get_logger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.CRITICAL)
    for name in ("streamlit.error_util", "streamlit.components.v2.bidi_component.serialization"):
        logger = get_logger(name)
        logger.handlers[:] = [ERRORS] if name.endswith("error_util") else []
        logger.setLevel(logging.ERROR)
    logging.getLogger().addHandler(ERRORS)
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.CRITICAL)
    vars(app_test)["LocalScriptRunner"] = _Timed
    served._live = True


def end() -> None:
    """Leave all as it was."""
    vars(app_test)["LocalScriptRunner"] = LocalScriptRunner
    logging.getLogger().removeHandler(ERRORS)
    served._live = False


class Opened:
    """A page as a client has it open."""

    def __init__(self, page: str, query: str = "") -> None:
        self._app = AppTest.from_file(str(APP), default_timeout=PATIENCE)
        self._page = calc_hash("" if page == HOME else page)
        self._query = {name: value for name, _, value in (each.partition("=") for each in query.split("&")) if name}
        self._run(None)
        self._begun, self._tree = _copied(self._app._session_state._state), self._app._tree

    def again(self) -> None:
        """Put the session back to where it was when the page had been opened."""
        state, begun = self._app._session_state._state, deepcopy_plain(self._begun)
        state._old_state, state._new_session_state = begun["old"], begun["new"]
        state._new_widget_state.states = begun["widgets"]
        self._app._tree = self._tree
        self._run(None)

    def components(self) -> dict[str, str]:
        """Key → Streamlit's name, of the components on the page."""
        found = [each.proto.id for each in self._app.get("bidi_component")]
        return {name.split("-", 2)[2]: name for name in found}

    def hear(self, key: str, told: str) -> None:
        """Take what a client says as the state of a component, in JSON; raises what the page does."""
        name = self.components().get(key)
        if name is not None and arrives(told):
            self._run((name, told))

    @property
    def said(self) -> str:
        """What the page says of what went wrong."""
        app = self._app
        return " ".join(each.value for each in (*app.error, *app.warning, *app.toast))

    def _run(self, heard: tuple[str, str] | None) -> None:
        ERRORS.seen.clear()
        app = self._app
        app._page_hash = self._page
        app.query_params = dict(self._query)
        widgets = app._tree.get_widget_states()
        if heard is not None:
            widget = widgets.widgets.add()
            widget.id, widget.json_value = heard
        app._run(widgets)
        if ERRORS.seen:
            raise ERRORS.seen[-1]
        if app.exception:
            raise AssertionError(app.exception[0].message)


def arrives(told: str) -> bool:
    """Whether Streamlit's server hands it on: it ends a connection on which too much comes, or what is no UTF-8."""
    try:
        size = len(told.encode())
    except UnicodeEncodeError:
        return False
    return size < get_max_widget_state_size_bytes() and is_json(told)


def _copied(state: Any) -> dict[str, Any]:
    kept = {"old": state._old_state, "new": state._new_session_state, "widgets": state._new_widget_state.states}
    return deepcopy_plain(kept)


def deepcopy_plain(value: Any) -> Any:
    """A copy of what is plain; what is not, such as a network, is the same one."""
    if type(value) is dict:
        return {key: deepcopy_plain(part) for key, part in value.items()}
    if type(value) is list:
        return [deepcopy_plain(part) for part in value]
    return deepcopy(value) if type(value) in PLAIN and type(value) is not tuple else value


def written(value: Any) -> str:
    """JSON as a hostile client writes it, NaN and halves of characters too."""
    return json.dumps(value, ensure_ascii=True)
