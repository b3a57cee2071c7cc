"""What people do about themselves, and lists of them."""
