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
    "through_training": "Through training",
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
    "count": "How long the text is",
    "chain": "The chain of steps",
    "controls": "Step, unit, play and pause",
    "drawing": "The drawing of the cell",
    "stages": "The stages of a step",
    "story": "What happens in the step, in words",
    "equations": "The equations",
    "weighed": "From the input to one number",
    "reference": "How to read it; other notations",
    "memory_map": "What the memory is made of",
    "makeup": "The memory at the chosen step",
    "attention": "The memory as a row of attention",
    "fading": "What is left of the chosen step",
    "stack": "The memory, layer upon layer",
    "split": "From the memory to the answer",
    "experiments": "Experiments",
    "tried": "What was tried",
    "moved": "How far the change travels",
    "before": "Before the change",
    "after": "After the change",
    "difference": "What the change made",
    "ranking": "The units, ranked",
    "scores": "Scores from the model cards",
    "lengths": "How long each can remember",
    "powers": "A number times itself",
    "choices": "Choices",
    "gradients": "Gradients measured in networks",
    "paths": "The two paths of the gradient",
    "clipping": "Clipping",
    "chosen_cell": "The chosen cell",
    "all_cells": "All cells",
    "forget_biases": "Where the forget gate starts",
    "successors": "What the successors gave up",
    "parallel": "What can be trained on in parallel",
    "training": "Train, pause and stop",
    "time_line": "The time-line of a training",
    "curves": "The curves of a training",
    "claims": "The claims",
    "conclusions": "What one may conclude",
    "saturation": "Saturated gates",
    "table": "Numbers as a table",
}
"""Name → title, of what is no quantity."""
QUANTITIES = {each.name: each.label for cell in CELLS.values() for each in cell.recorded}
"""Name → title, of the quantities that are drawn."""
CELLS_SHOWN = {name: cell.title for name, cell in CELLS.items() if name not in QUANTITIES}
"""Name → title, of the cells that stand side by side; the variant that is named after its layer has none."""
PARTS = OF_PAGES | QUANTITIES | CELLS_SHOWN
"""Name → title."""
EMBEDDED = (
    *("title", "introduction", "menu", "examples", "look_for", "undo", "share", "toolbar", "unit_choice", "count"),
    *("page_link", "saturation", "table", "controls", "weighed", "reference", "scores", "experiments", "tried"),
    *("take_away", "conclusions"),
)
"""What is folded away in a frame of another page whose link does not say what is: so that the figures are in sight."""
