"""What is said to helpers who are asked, on their cards, in channels and where they pass a question on.

Names, topics and times come as they are to be shown: escaped, and in the reader's zone.
"""

from datetime import datetime

from matching.values import Lane

# The card of an offer.
SOMEBODY = "someone"
MOVED_DOWN = "This question moved down to a newer message."
WOULD = "*Would"


def from_would(whom: str) -> str:
    return f"*{whom} asks: would"


def would_you_help(would: str, who: str, topics: str, minutes: int) -> str:
    return f"{would} you help {who} with {topics}?* About {minutes} minutes."


def can_you_help(who: str, topics: str, minutes: int) -> str:
    return f"*Can you help {who} with {topics}?* About {minutes} minutes."


def coach_each_other(who: str, minutes: int, topics: str) -> str:
    return (
        f"*Would you and {who} coach each other?* {minutes} minutes each: first you ask and they "
        f"think aloud, then you swap. I bring the questions. You have {topics} in common; this is on "
        "their mind:"
    )


FROM = {
    Lane.REVERSE: "Someone senior to you",
    Lane.PEER: "Someone at your level",
    Lane.SENIOR: "Someone with less experience",
}


def thought_of_you(who: str) -> str:
    return f"{who} thought of you for this."


TRIED = "Tried so far"
EXCEPTION = (
    "Your profile says you'd rather be asked by others, but nobody else is left to ask. *Not now* is fine."
)


def why_you(why: str) -> str:
    return f"Why you: {why}."


ASKED_FOR_YOU = "they asked for you"
PROFILE_FITS = "your profile fits this question"


def until_when(needed: str, when: str) -> str:
    return f"{needed}. You have until {when} to answer."


WITHOUT_NAME = "They asked without their name. You talk through me; names are shown once you both agree."
NOT_ENGLISH = "It isn't written in English."


def written_in(language: str) -> str:
    return f"It's written in {language}."


I_CAN_HELP = "I can help"
YES_LETS = "Yes, let's"
SOMEONE_FITS_BETTER = "Someone else fits better"
PAUSES = {"1d": "Pause me for a day", "3d": "Pause me for 3 days", "1w": "Pause me for a week"}

# The card once it is answered.


def said_yes(who: str) -> str:
    return f"*You said yes to {who}.* Your talk has its own message."


ENDED = {
    "declined": "*Not this time: that's fine.* I'll look for someone else, and won't say that it was you.",
    "expired": "*Your time to answer this one is up.* That's fine: I won't say that I'd asked you.",
    "taken": "*Someone else said yes first.* Thank you all the same!",
    "withdrawn": "*You don't need to answer this one any more.* Thank you!",
}


def paused(when: str) -> str:
    return f"*You're paused until {when}.* I'm looking for someone else for this."


UNDO_PAUSE = "Undo the pause"
CAN_BE_ASKED_AGAIN = (
    "*You can be asked again.* While you were paused, I looked for someone else for this one."
)
AFTER_ALL = "I can help after all"
I_LOOK_FOR_BETTER = "*Thank you!* I'll look for someone who fits better."
PASSED_ON = "*Passed on. Thank you!* If whoever you picked can't be asked or can't help, I'll keep looking."

# The form in which somebody who fits better is named.
WHO_FITS_BETTER = "Who fits better?"
GOES_AS_IT_IS = "The question goes to them as it is. If you don't have a name, I'll look for someone else."
PERSON = "Person"
A_WORD = "A note for them"
A_WORD_EXAMPLE = "You built the new importer, so …"
WHO_SEES_IT = "They see that it comes from you; nobody else does."
PASS_IT_ON = "Pass it on"

# The post in a channel.
SOMEONE = "Someone"


def is_stuck_with(who: str, topics: str) -> str:
    return f"*{who} is stuck on {topics}.* Can anyone here help?"


def about_minutes(minutes: int) -> str:
    return f"About {minutes} minutes; the first to say yes gets it. They agreed to this post."


TAKEN_BACK = "*This question was withdrawn.* Thank you all!"
NOBODY_IN_TIME = "*Nobody could take this question in time.*"
SOMEBODY_SAID_YES = "*Somebody has said yes to this question.* Thank you all!"

# The clock of the other.


def it_was(at: datetime, who: str) -> str:
    return f"It was {at:%a %H:%M} for {who} when I sent you this."


# The Home tab, and what is refused.


def asks_about(who: str, about: str, when: str) -> str:
    return f"{who} asks about {about}, until {when}:"


WHY_NOT = {
    "self": "That's you. Choose somebody else.",
    "asker": "{who} asked this question. Choose somebody else.",
    "guest": "{who} is a guest here, so I can't ask them. Choose a member of this workspace.",
    "outside": "{who} belongs to another workspace, so I can't ask them. Choose a member of this one.",
    "left": "{who} doesn't work here any more. Choose somebody else.",
    "bot": "{who} is an app. Choose a person.",
    "unknown": "I don't know {who} yet, and I'm looking them up. Choose somebody else, or try again later.",
}
NOT_ABOUT_THIS = "I can't ask {who} about this. Choose somebody else, or leave it empty."
TAKEN = "Somebody else has said yes to this already. Thank you for offering!"
NO_NEED_TO_ANSWER = "You don't need to answer this one any more. Thank you for looking!"
NO_ROOM = (
    "You have no room for this talk: you've reached your limit of open talks, or of minutes this week. "
    "Wrap up an open talk, or look at your weekly minutes in `/ask-mentor profile`."
)
