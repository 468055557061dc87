"""Lessons: what shall I look at, in which order, and did I expect it?"""

from lstm_viz.ui.pages.lessons.page import show

show()
