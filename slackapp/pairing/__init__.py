"""Cohort pairing from lists: read them, have them paired in a process of their own, write the pairs down."""
