"""A session of two, and what is asked after it."""
