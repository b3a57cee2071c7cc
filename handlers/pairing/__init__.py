"""How a cohort's pairs are spoken of."""
