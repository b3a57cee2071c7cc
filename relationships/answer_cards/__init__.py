"""Answers that two people wrote down after their talk, for whoever asks the same again."""
