"""What the form of a report says. Names come as they are to be shown."""

SOMETHING_IS_WRONG = "Something is wrong"
OF_ONE = (
    "Write what happened. *Only admins of this workspace read it*, and they see who you both are. The "
    "other person isn't told. In an emergency, call the local emergency services."
)
OF_SEVERAL = (
    "Write what happened. *Only admins of this workspace read it*, and they see who you are and who it's "
    "about. Nobody else is told. In an emergency, call the local emergency services."
)
ABOUT_WHOM = "Who is it about?"
WHAT_HAPPENED = "What happened?"
AND_ALSO = "And also"
NEVER_MATCH = "Never match the two of us again"
TELL_ADMINS = "Tell the admins"
REPORT_SENT = "Thank you"
SOMEONE = "Someone"
