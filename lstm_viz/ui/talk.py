"""What a component in the browser has sent: its last message, with its number and how many edits it had seen."""

from typing import Any

import streamlit as st


def last_message(key: str) -> dict[str, Any]:
    """The last message of the component with this key, or one in which nothing has happened."""
    state = st.session_state.get(key) or {}
    return state.get("message") or {"number": 0, "edits": 0, "changes": {}}
