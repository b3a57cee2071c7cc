"""Plans for two weeks: proposed, kept, worked through."""
