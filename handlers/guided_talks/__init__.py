"""Guided talks: their card, what came of them, and a model's yes."""
