"""Topics and likeness from words alone."""
