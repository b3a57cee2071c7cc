"""One person's board: who stands for them in which role, how alike these are, which seats are empty."""
