"""Variant lab."""
