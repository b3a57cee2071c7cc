"""Pairs many mentees with many mentors at once, as well as can be, with reasons; pure."""
