"""Start Streamlit as a host does that runs the script alone: ``python -m tests.browser.without_routes run app.py``."""

import sys

from streamlit.web.cli import main
from streamlit.web.server import app_discovery

if __name__ == "__main__":
    nothing = app_discovery.AppDiscoveryResult(is_asgi_app=False, app_name=None, import_string=None)
    setattr(app_discovery, "discover_asgi_app", lambda path: nothing)  # noqa: B010 -- what stands there is no attribute
    sys.exit(main(sys.argv[1:]))
