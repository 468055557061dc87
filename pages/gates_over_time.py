"""Gates over time, the home page: what do the gates do, as I edit this sequence?"""

from lstm_viz.ui.pages.gates.page import show

show()
