"""One command, one press, one form: how each reaches a listener and is answered."""
