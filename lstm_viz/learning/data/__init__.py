"""What networks learn from, made as they ask for it: a file a task."""
