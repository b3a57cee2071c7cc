"""A second opinion in Slack: the form, the asker's card, and the card of whoever is asked for a view."""
