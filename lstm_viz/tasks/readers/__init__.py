"""How text becomes what a network reads: words, characters or numbers."""

from lstm_viz.tasks.readers.characters import Characters
from lstm_viz.tasks.readers.numbers import Numbers, Unit
from lstm_viz.tasks.readers.reader import Reader, Reading, Token
from lstm_viz.tasks.readers.spelling import Spelling
from lstm_viz.tasks.readers.words import Words

__all__ = ["Characters", "Numbers", "Reader", "Reading", "Spelling", "Token", "Unit", "Words"]
