"""Phrases found in text, however it was typed."""
