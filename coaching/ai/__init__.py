"""A language model in place of the guide, where a person agreed to it."""
