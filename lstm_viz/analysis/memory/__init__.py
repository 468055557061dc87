"""Where a memory came from, and what it does to the answer."""
