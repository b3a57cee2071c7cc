"""The way of a request to a helper: who could be asked, who is asked next, and who takes it."""
