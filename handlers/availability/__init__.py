"""Being asked less, more or not at all, in one's own words: the answer to a remark, and its buttons."""
