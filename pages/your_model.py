"""Your model: what do the gates in my model do?"""

from lstm_viz.ui.pages.yours.page import show

show()
