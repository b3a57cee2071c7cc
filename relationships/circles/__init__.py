"""Circles: one mentor with three to seven mentees, who talk every two weeks for a few months."""
