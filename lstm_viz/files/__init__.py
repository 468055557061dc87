"""Model files: bytes in, what is in them out. Read `found.py` first; nothing in a file is ever run."""

from lstm_viz.files.found import ModelFile, Recurrent, Table
from lstm_viz.files.limits import LIMIT
from lstm_viz.files.read import read_file

__all__ = ["LIMIT", "ModelFile", "Recurrent", "Table", "read_file"]
