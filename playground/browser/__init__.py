"""What the page in the browser sees and does."""
