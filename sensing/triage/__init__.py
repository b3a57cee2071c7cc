"""Which kind of help fits what somebody wrote."""
