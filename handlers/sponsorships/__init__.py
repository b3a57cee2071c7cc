"""Sponsorships in Slack: the forms, the card of each of the two, and the window of all acts."""
