"""From traces to numbers, a folder or a file a question."""
