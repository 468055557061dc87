"""Makes the reference site, ``make docs``: pages from the definitions, the docstrings, the README and the notebooks."""
