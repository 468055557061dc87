"""Which pages there are, in which section."""

NAME = "LSTM Viz"
"""The product's name on screen."""
PAGES = {
    "Explore": [
        ("gates_over_time", "Gates over time"),
        ("inside_the_cell", "Inside the cell"),
        ("memory_ledger", "Memory ledger"),
    ],
    "Experiment": [
        ("what_if", "What if?"),
        ("rnn_lstm_gru", "RNN, LSTM, GRU"),
        ("vanishing_gradient", "Vanishing gradient"),
        ("variant_lab", "Variant lab"),
    ],
    "Learn": [("notes_checked", "Notes, checked")],
}
"""Section → pages, as (file name in pages/, title)."""
HOME = "gates_over_time"
"""The page that opens where an address names none."""
