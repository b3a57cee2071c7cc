"""The commands about cohorts: pair many people at once, and propose the pairs to them."""
