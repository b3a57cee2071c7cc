"""Where one way of helping leads to the next: three questions before a talk, practice in a mentorship."""
