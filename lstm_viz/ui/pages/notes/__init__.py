"""Notes, checked."""
