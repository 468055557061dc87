"""What stands around the pages for whoever runs the server: options, health, metrics, logs and headers."""
