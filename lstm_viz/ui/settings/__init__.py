"""All that a view depends on: its fields, their kinds, and how they become an address or a file."""
