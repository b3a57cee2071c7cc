"""What is due, what is to be shown, what was given up."""
