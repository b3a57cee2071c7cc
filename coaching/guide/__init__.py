"""Guided talks: what is stored of one, and the scripted guide that leads it."""
