"""Skill sprints: form, card, check-ins, reminders."""
