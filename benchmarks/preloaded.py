"""Start Streamlit with every trained model loaded first: ``python -m benchmarks.preloaded run app.py``."""

import sys

from streamlit.web.cli import main

from benchmarks.models import load_every_model

if __name__ == "__main__":
    load_every_model()
    sys.exit(main(sys.argv[1:]))
