"""The field's terms for a browser: what each means, and how one is found in a sentence."""

from typing import Any

from lstm_viz.live_page.lasting import Lasting
from lstm_viz.words.glossary import GLOSSARY, TERM

TERMS: Any = Lasting(meanings=GLOSSARY, pattern=TERM.pattern)
"""The part of a page's header that says so."""
