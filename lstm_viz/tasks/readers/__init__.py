"""How text becomes what a network reads: words, characters, numbers or rows of them."""

from lstm_viz.tasks.readers.characters import Characters
from lstm_viz.tasks.readers.numbers import Numbers, Unit
from lstm_viz.tasks.readers.plain_words import PlainWords
from lstm_viz.tasks.readers.reader import Reader, Reading, Symbols, Token
from lstm_viz.tasks.readers.spelling import Spelling
from lstm_viz.tasks.readers.table import Held, Table
from lstm_viz.tasks.readers.words import Words

__all__ = [
    "Characters",
    "Held",
    "Numbers",
    "PlainWords",
    "Reader",
    "Reading",
    "Spelling",
    "Symbols",
    "Table",
    "Token",
    "Unit",
    "Words",
]
