"""The server itself: a private one, and whether one keeps what it is given."""
