"""Variant lab: which parts of the cell matter?"""

from lstm_viz.ui.pages.variants.page import show

show()
