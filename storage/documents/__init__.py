"""A workspace's documents: read together, written by one atomic script."""
