"""Which kind of help fits what somebody wrote, before it goes to anyone."""
