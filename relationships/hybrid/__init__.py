"""Where one way of helping leads to the next: questions before a talk, of which the other reads some."""
