"""The search for a mentor in Slack: the wish, whom to ask, the invitation, and passing on to the next."""
