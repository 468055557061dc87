"""Notes, checked: is what my lecture notes say true?"""

from lstm_viz.ui.pages.notes.page import show

show()
