"""Start here: what is this, and what does it do with my sentence?"""

from lstm_viz.ui.pages.lessons.page import start_here

start_here()
