"""The same question to three people from different corners, each blind to the others."""
