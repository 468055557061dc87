"""Which pages there are, in which section."""

NAME = "LSTM Viz"
"""The product's name on screen."""
PAGES = {
    "Learn": [
        ("start_here", "Start here"),
        ("lessons", "Lessons"),
        ("notes_checked", "Notes, checked"),
    ],
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
        ("build_by_hand", "Build by hand"),
        ("watch_it_learn", "Watch it learn"),
    ],
    "Your own": [("your_model", "Your model")],
}
"""Section → pages, as (file name in pages/, title)."""
HOME = "gates_over_time"
"""The page that opens where an address names none."""
YOUR_MODEL = "your_model"
"""The page on which a reader opens a file."""
WATCH = "watch_it_learn"
"""The page on which a network is trained."""
IN_THE_ROW = ("Learn", "Explore", "Your own")
"""Sections whose pages stand by name in the row of names; those of the others unfold."""
LESSON_PAGES = ("start_here", "lessons")
"""The pages on which a lesson runs; each keeps its own view, apart from that of all the others."""
SHOWS_ANY = ("", "inside_the_cell", "memory_ledger", "what_if")
"""Addresses of the pages that show whichever network is chosen, the reader's own too; the home page has none."""


def linked(page: str, query: str = "") -> str:
    """A page of the app as a link on any of its pages, for the home page has no name in an address."""
    at = "./" if page == HOME else f"./{page}"
    return f"{at}?{query}" if query else at


def titled(what: str) -> str:
    """What a browser's tab says of a page or a lesson."""
    return f"{what} · {NAME}"
