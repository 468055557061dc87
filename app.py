"""LSTM Viz: page configuration and navigation."""

from lstm_viz.ui import app

app.run()
