"""Long-term mentorships: the wish for a mentor, the agreement, talk after talk, and a kind end."""
