"""Check-ins on an aim: how they are chosen, asked and stopped."""
