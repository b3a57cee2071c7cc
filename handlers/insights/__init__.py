"""What one's own data say, in words."""
