"""A session and what comes after it: feedback, follow-ups, reports."""
