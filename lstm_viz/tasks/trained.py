"""A network that a reader trained on the page Watch it learn → a task of its own, which speaks of that training."""

NAME = "trained"
"""What settings call it."""
