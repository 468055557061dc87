"""A page's own text: terms say what they mean at their first use, and links stay links."""

import pytest
import streamlit as st

from lstm_viz.ui.widgets import prose


def test_a_term_is_marked_once_and_never_within_a_link(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(st, "markdown", lambda text, **_: shown.append(text))
    prose.begin()
    prose.text("See [a gate](what_if?step=3&unit=44), a unit, another unit.")
    assert shown[0].startswith("See [a gate](what_if?step=3&amp;unit=44), a <dfn")
    assert shown[0].count("<dfn") == 1
    assert shown[0].endswith(">unit</dfn>, another unit.")
