"""Vanishing gradient: how far back does learning reach, up to 1,000 steps?"""

from lstm_viz.ui.pages.vanishing.page import show

show()
