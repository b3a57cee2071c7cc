"""A stand-in for Slack: its protocols and its limits, with a page in the browser."""
