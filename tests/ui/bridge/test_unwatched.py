"""Where no files are watched, Streamlit asks no module for its files."""

import sys
from importlib.util import find_spec, module_from_spec
from types import ModuleType

import pytest
import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.watcher import LocalSourcesWatcher as InUse

from lstm_viz.ui.bridge import unwatched
from tests.driving import ROOT


class Asked(ModuleType):
    """A module that notes whether it was asked for its files."""

    asked = False

    def __getattribute__(self, name: str) -> object:
        if name in ("__file__", "__spec__", "__path__"):
            Asked.asked = True
        return super().__getattribute__(name)


@pytest.mark.parametrize(("watched", "asked"), [("none", False), ("poll", True)])
def test_modules_are_asked_for_their_files_only_where_these_are_watched(
    monkeypatch: pytest.MonkeyPatch, watched: str, asked: bool
) -> None:
    # The one in use may be changed already, by an app that ran in this process.
    untouched = anew(InUse)
    monkeypatch.setattr(unwatched, "LocalSourcesWatcher", untouched)
    monkeypatch.setattr(st, "get_option", {"server.fileWatcherType": watched}.get)
    monkeypatch.setitem(sys.modules, "asked", Asked("asked"))
    monkeypatch.setattr(Asked, "asked", False)
    unwatched.begin()
    watcher = untouched(PagesManager(str(ROOT / "app.py")))
    monkeypatch.setattr(watcher, "_register_necessary_watchers", lambda found: None)
    watcher.update_watched_modules()
    assert Asked.asked is asked


def anew(kind: type[InUse]) -> type[InUse]:
    """Return a class as its module makes it, whatever was done to it since."""
    spec = find_spec(kind.__module__)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    made: type[InUse] = getattr(module, kind.__name__)
    return made
