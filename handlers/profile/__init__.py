"""What people say about their own help."""
