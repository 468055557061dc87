"""Gates over time, the home page."""
