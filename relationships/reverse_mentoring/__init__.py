"""What protects those who mentor somebody more senior: their voices together, and a group of their own."""
