"""A view as Python: what makes the same numbers and figures in a notebook, one file a page, settings → text."""
