"""Training of the shipped models: ``python -m lstm_viz.training TASK``. Nothing else imports this package."""
