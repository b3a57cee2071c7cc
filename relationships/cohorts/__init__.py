"""Cohorts: pairs that an admin has found, put to the people themselves."""
