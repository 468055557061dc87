"""All of Streamlit: settings and links, cached loaders, and the live components with their front end."""

# A server that has just started may be asked for several pages at once, each in a thread of its own that begins with
# another module: whoever comes second waits here until the package below is whole.
import lstm_viz  # noqa: F401
