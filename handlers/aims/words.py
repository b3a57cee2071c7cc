"""What is said in check-ins on an aim."""

# As each asks
AIM = "Your aim:"
TALK = "Talk about it"
NOT_NOW = "Not this time"
STOP = "Stop asking"
ASKED_BELOW = "I've asked again below."
HOW_OFTEN = {1: "every week", 2: "every two weeks"}


def any_progress(day: str) -> str:
    """The question, with the day since when."""
    return f"*Any progress since {day}?* A few minutes are enough."


def rhythm(weeks: int, until: str) -> str:
    """How often it is asked, and until which day."""
    return f"I'll ask {HOW_OFTEN[weeks]} about your progress, until {until} at the latest."


def ask_every(weeks: int) -> str:
    """The button that asks more or less often."""
    return f"Ask {HOW_OFTEN[weeks]}"


# Once they are over
ENDED = {
    "stopped": "I won't check in on this any more.",
    "ignored": (
        "I've stopped checking in, as the last few check-ins seem to have come at the wrong time. "
        "You can restart them from your talk's card."
    ),
    "over": "These check-ins are over. You can restart them from your talk's card.",
}
