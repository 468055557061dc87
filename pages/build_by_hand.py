"""Build by hand: which weights make one LSTM unit remember, count, add, forget?"""

from lstm_viz.ui.pages.by_hand.page import show

show()
