"""What if?: what changes if I hold a gate open, shut it, or change one token?"""

from lstm_viz.ui.pages.what_if.page import show

show()
