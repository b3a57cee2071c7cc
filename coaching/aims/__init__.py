"""Check-ins on the aim of a guided talk, over weeks, for whoever wants them."""
