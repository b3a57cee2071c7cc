"""From settings to a running app, and back."""
