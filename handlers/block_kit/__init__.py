"""Slack's blocks, text and payloads: what every view is made of, and how it is read again."""
