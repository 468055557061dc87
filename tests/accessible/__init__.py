"""What the accessibility tests and ``python -m benchmarks accessible`` share: the views, and what is asked of each."""
