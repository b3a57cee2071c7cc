"""What one's own data say to oneself."""
