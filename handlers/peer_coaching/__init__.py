"""Two of a level who coach each other."""
