"""A page's own text, in which the terms of the glossary say what they mean where the page first uses them."""

import re
from html import escape
from re import Match

import streamlit as st

from lstm_viz.words.glossary import GLOSSARY, TERM

_SEEN = "lv_terms"
_LINK = re.compile(r"(\[[^\]\n]*\]\([^)\s]*\))")
"""A link in Markdown, which a mark within its address or its words would break."""


def begin() -> None:
    """Start a page on which no term has been used yet."""
    st.session_state[_SEEN] = set()


def caption(sentences: str) -> None:
    """Markdown in a caption's size."""
    st.caption(_marked(sentences), unsafe_allow_html=True)


def text(sentences: str) -> None:
    """Markdown."""
    st.markdown(_marked(sentences), unsafe_allow_html=True)


def _marked(sentences: str) -> str:
    """Markdown with the terms in it that are new to the page marked up; nothing else in it is read as HTML."""
    seen = st.session_state.setdefault(_SEEN, set())

    def mark(found: Match[str]) -> str:
        term = found[0].lower()
        if term in seen:
            return found[0]
        seen.add(term)
        meaning = escape(GLOSSARY[term])
        return (
            f'<dfn class="lv-term" tabindex="0" data-meaning="{meaning}" aria-description="{meaning}">{found[0]}</dfn>'
        )

    pieces = _LINK.split(escape(sentences, quote=False))
    return "".join(piece if k % 2 else TERM.sub(mark, piece) for k, piece in enumerate(pieces))
