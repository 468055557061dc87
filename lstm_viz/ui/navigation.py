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
    "Your own": [("your_model", "Your model")],
}
"""Section → pages, as (file name in pages/, title)."""
HOME = "gates_over_time"
"""The page that opens where an address names none."""
YOUR_MODEL = "your_model"
"""The page on which a reader opens a file."""
SHOWS_ANY = ("", "inside_the_cell", "memory_ledger", "what_if")
"""Addresses of the pages that show whichever network is chosen, the reader's own too; the home page has none."""
