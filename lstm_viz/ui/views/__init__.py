"""What several pages show of a source and a text, as data for the browser."""
