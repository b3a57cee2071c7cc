"""Reverse mentoring in Slack beside the mentorship itself: what juniors say together, and their group."""
