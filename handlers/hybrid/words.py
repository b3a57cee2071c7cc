"""Everything that is said where one way of helping leads to the next, but what the guided talks ask."""

# The form
THREE_QUESTIONS = "Three questions first"
SHOW_IT = "Show it?"
SAVE_AND_PREVIEW = "Save and preview"
YOUR_MENTOR = "your mentor"
NOTHING_WRITTEN = "Answer at least one of the three, or close the window."
TICKED_EMPTY = "There's nothing to show here. Write something, or untick the box."


def may_read(called: str) -> str:
    """The box beside an answer."""
    return f"{called} may read this"


def nothing_sent_yet(name: str) -> str:
    """That a preview comes first."""
    return f"Nothing is sent yet: you'll see first what {name} would read."


# The preview, and what was kept or sent
BEFORE_SENDING = "Before you send it"
SEND_IT = "Send it"
NO_WAY_BACK = "Closing this window sends nothing. Once it's sent, it can't be taken back."
KEPT_TITLE = "Saved for you"
KEPT = "*Only you see this.* Nothing is sent. You can come back to it until the talk is over."
ONLY_YOU = "*Only you see this:*"


def would_read(name: str) -> str:
    """The head of the preview."""
    return f"*This is what {name} would read:*"


def reads(name: str) -> str:
    """The head of what was sent."""
    return f"*{name} reads this:*"


# What the other reads
WHO_ASKED = "the person who asked"


def writes(who: str) -> str:
    """The head of the message."""
    return f"*Before you talk, {who} writes:*"
