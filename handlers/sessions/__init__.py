"""A talk of two, and what is asked after it."""
