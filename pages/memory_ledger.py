"""Memory ledger: where did this memory come from, and how much is left?"""

from lstm_viz.ui.pages.ledger.page import show

show()
