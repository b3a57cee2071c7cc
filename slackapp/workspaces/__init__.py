"""The workspaces the app is in: what it knows of each, and whom Slack says is there."""
