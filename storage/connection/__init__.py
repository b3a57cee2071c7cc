"""The line to Redis: every round trip, its failures, its keys and its scripts."""
