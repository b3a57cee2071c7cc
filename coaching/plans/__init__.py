"""Plans for two weeks, made of a person's own words."""
