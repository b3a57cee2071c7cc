"""A mentorship in Slack: the one card of each of the two, its forms, and what its buttons do."""
