"""What the user did, and the settings after it."""
