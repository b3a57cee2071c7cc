"""The offer of another angle in Slack: one card, to the asker alone."""
