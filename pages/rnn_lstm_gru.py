"""RNN, LSTM, GRU: same input, three cells: who remembers?"""

from lstm_viz.ui.pages.cells_compared.page import show

show()
