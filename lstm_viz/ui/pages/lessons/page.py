"""Lessons, and Start here."""

import streamlit as st


def show() -> None:
    """The page Lessons."""
    st.title("Lessons", anchor=False)


def start_here() -> None:
    """The page Start here."""
    st.title("Start here", anchor=False)
