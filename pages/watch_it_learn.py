"""Watch it learn: how does a gate become a gate?"""

from lstm_viz.ui.pages.watch.page import show

show()
