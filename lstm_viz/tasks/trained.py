"""What networks have in common that a reader trained on the page Watch it learn."""

NAME = "trained"
"""What settings call their task."""
