"""Build by hand."""
