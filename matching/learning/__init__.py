"""What past asks teach a ranking."""
