"""What stands around the app where many use it."""
