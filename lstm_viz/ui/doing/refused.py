"""Saying no."""


class Refused(ValueError):
    """What was asked for cannot be done; the message is for the user."""
