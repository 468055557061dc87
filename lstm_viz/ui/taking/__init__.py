"""What can be taken away from a view: its numbers as files, and the Python that makes them again."""
