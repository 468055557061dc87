"""``python -m deploy.health``: whether the app in this container is ready, as `/health` says; for a HEALTHCHECK."""

import os
import sys
import urllib.error
import urllib.request

from deploy.nginx import at


def address() -> str:
    """Where this container's app says whether it is ready."""
    port = os.environ.get("STREAMLIT_SERVER_PORT") or "8501"
    return f"http://127.0.0.1:{port}{at(os.environ.get('STREAMLIT_SERVER_BASE_URL_PATH', ''))}/health"


def main() -> None:
    """End with status 0 where it is ready, else with a line that says why it is not, and 1."""
    try:
        with urllib.request.urlopen(address(), timeout=4):
            pass
    except urllib.error.HTTPError as error:
        sys.exit(error.read().decode("utf-8", "replace").strip())
    except OSError as error:
        sys.exit(f"{address()} does not answer: {error}")


if __name__ == "__main__":
    main()
