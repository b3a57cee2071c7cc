"""Sponsorships: somebody acts for another where that one isn't; the acts, and what came of them."""
