"""The parts of the pages, by name: what a link can fold away and a lesson can point at. There is no other list.

In `web/` an element says with ``data-part`` which part it is; what Streamlit draws stands in a `bridge.frame.part`.
"""

from lstm_viz.cells import CELLS

OF_PAGES = {
    "title": "Title",
    "introduction": "Introduction",
    "menu": "Choice of the network",
    "card": "Model card",
    "editor": "The text",
    "examples": "Examples",
    "look_for": "What to look for",
    "undo": "Undo and redo",
    "share": "Copy link, save and open",
    "take_away": "Take away",
    "toolbar": "Choices above the figures",
    "unit_choice": "Units worth a look",
    "inspector": "Numbers at the chosen place",
    "page_link": "Links to other pages",
    "tokens": "The text above the figures",
    "answers": "The answers",
    "change": "What the last edit changed",
    "captions": "Sentences below the figures",
    "saturation": "Saturated gates",
    "table": "Numbers as a table",
}
"""Name → title, of what is no quantity."""
QUANTITIES = {each.name: each.label for cell in CELLS.values() for each in cell.recorded}
"""Name → title, of the quantities that are drawn."""
PARTS = OF_PAGES | QUANTITIES
"""Name → title."""
