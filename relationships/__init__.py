"""Two people for months: what they agree on, how it goes on, and how it ends."""
