"""The line between Slack and the app."""
