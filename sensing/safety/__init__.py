"""Whether somebody who writes needs more than a colleague."""
