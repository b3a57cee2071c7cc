"""What admins are told, and what whoever reports something sees of it."""
