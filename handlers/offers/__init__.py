"""A question as a helper sees it, and their answer."""
