"""Vanishing gradient."""
