"""Everything that circles say in Slack. People's names and what was typed come as they are to be shown."""

from collections.abc import Mapping

from handlers.block_kit.counts import counted
from relationships.circles.circle import FEWEST, End, Room

# The card of each
ENDED: Mapping[End, str] = {
    "over": "*Your circle has ended:* its time is up. Thank you for taking part.",
    "closed": "*Your circle has ended.*",
    "taken_back": "*This circle won't start.* The programme's pairs are being changed.",
    "few": "*This circle won't continue.* There are too few people in it.",
    "no_mentor": "*This circle won't continue.* Its mentor can't take part.",
}
MENTOR_GONE = "*This circle won't continue.* Its mentor isn't a member here any more."
IN_LINE = (
    "*You're out of this circle:* you and somebody in it are now in the same reporting line. Only "
    "you are told."
)
TORN = (
    "*You asked not to be matched with somebody in this circle.* Would you like to stay in it? Only you see "
    "this, and nobody is told why if you leave."
)
STAY_IN_IT = "Stay in it"
LEFT = "You've left this circle."
NOT_FOR_YOU = "Not for you: that's fine."
BEGUN = "*Your circle has begun.*"
NEXT_TALK = "*Time for your next talk.*"
WHERE: Mapping[Room, str] = {
    "group": "You share a group conversation: agree on times there.",
    "none": "Start a group message with them to agree on a time.",
    "wanted": "I'm opening a group conversation for you.",
}
IM_IN, NOT_FOR_ME = "I'm in", "Not for me"
LEAVE = "Leave the circle"
LEAVE_SURE = ("Leave the circle?", "Leave", "Stay")
ENDS_WITHOUT_MENTOR = "Without its mentor the circle ends, and everyone is told."
NOBODY_ASKS = "Nobody will ask why."
_HOUR = 60


def not_here(who: str, count: int) -> str:
    """Who was in it, and has left or is a guest now."""
    are = "isn't a member" if count == 1 else "aren't members"
    return f"{who} {are} here any more."


def would_you_mentor(mentees: int, programme: str) -> str:
    """What its mentor is asked."""
    return f"*Would you mentor a circle of {mentees} mentees?* It's for {programme}."


def a_circle_with(mentor: str, programme: str) -> str:
    """What a mentee is asked."""
    return f"*A circle with {mentor} as its mentor,* for {programme}."


def about(mentor: str, mentees: str) -> str:
    """Who is in it."""
    return f"Mentor: {mentor}. Mentees: {mentees}."


def youre_in(until: str) -> str:
    """What who has said yes reads."""
    return f"*You're in.* I'm waiting for the others, until {until} at the latest."


def rules(rhythm: str, months: int, until: str) -> str:
    """What people say yes to, and until when."""
    return (
        f"{rhythm.capitalize()} for {months} months. It begins when the mentor and at least "
        f"{FEWEST} mentees say yes. Please answer by {until}."
    )


def rhythm(minutes: int, weeks: int) -> str:
    """How long and how often they talk: an hour every 2 weeks."""
    length = "an hour" if minutes == _HOUR else f"{minutes} minutes"
    return f"{length} every {'week' if weeks == 1 else f'{weeks} weeks'}"


# The conversation that they share
EARLIER = "An earlier reminder."
TIME_FOR_NEXT = (
    "*Time for your next talk.* When suits you? Agree on a time here, and begin with what each of "
    "you has tried since last time."
)


def welcome(programme: str, people: str, rhythm: str, until: str | None) -> str:
    """The first message in it; *people* is what `about` says."""
    end = f" until {until}" if until else ""
    return (
        f"*Welcome to your circle* in {programme}.\n"
        f"{people}\n"
        f"You'll talk for {rhythm}{end}. For the first talk: who are you, and what would each of you "
        "like from this? When suits you? Agree on a time here."
    )


# Home
YOU_MENTOR = "You mentor a circle"
WAITING = "waiting for the others to say yes"


def circle_with(mentor: str) -> str:
    """A circle, to one of its mentees."""
    return f"A circle with {mentor}"


def going(mentees: int, rhythm: str) -> str:
    """How a circle stands that goes on."""
    return f"{counted(mentees, 'mentee')}, {rhythm}"


# Where somebody reports somebody of it.
A_CIRCLE = "a circle"
LEAVE_NOW = "Leave this circle now"
FOLLOWS_REPORT = (
    "If you stay, the circle goes on as before. If you never want to be matched with them again, I'll ask "
    "you whether you stay."
)
LASTS = {True: "goes on", False: "is over"}


def who_was_who(mentor: str, mentees: str, lasts: str) -> str:
    return f"{mentor} mentors {mentees}. The circle {lasts}."
