"""Watch it learn."""
