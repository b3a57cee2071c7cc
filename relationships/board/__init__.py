"""One person's board: who stands for them in which role, how alike these people are, and which seats are empty."""
