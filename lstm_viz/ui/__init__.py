"""The server's side of the app, and all of Streamlit: settings, what the user did, and what each page sends."""

# A server that has just started may be asked for several pages at once, each in a thread of its own that begins with
# another module: whoever comes second waits here until the package below is whole.
import lstm_viz  # noqa: F401
