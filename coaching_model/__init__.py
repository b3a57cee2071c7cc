"""A language model that leads guided talks. Loaded by entry point, and only where an admin configured one."""
