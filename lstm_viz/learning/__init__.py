"""Networks that learn while one looks on: plans, courses, and the data that they learn from."""
