"""Skill sprints: the record, its calendar, what goes with each change."""
