"""Inside the cell: how exactly is this number computed at this step?"""

from lstm_viz.ui.pages.inside.page import show

show()
