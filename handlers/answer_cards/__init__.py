"""How two people write an answer down for others, and how whoever asks the same finds it."""
