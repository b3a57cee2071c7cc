"""What is said of when the two of a session meet: on its card, in their room, in a form, in a calendar.

Names, topics and times come as they are to be shown: escaped, and in the reader's zone.
"""

from collections.abc import Mapping

from mentoring.model.appointment import Unmet

# When the two meet.


def did_you_talk(other: str, when: str) -> str:
    return f"*Did you and {other} talk?* It was planned for {when}."


def you_talk(when: str) -> str:
    return f"*You'll talk {when}.* "


NO_TIME_YET = "No time is set yet. "
TIME_IS_UP_SINCE = "time's up since"
WAITS_FOR_TIME = "waits for a time"
CHOOSE_A_TIME = "choose a time in your messages with me"
NO_TIME = "no time set yet"
TURNS_START = "Your turns start when you press the button."


def proposes(who: str, times: str, other: str) -> str:
    return f"{who} proposes {times}. {other} can choose in their messages with me."


def pressed_start(who: str) -> str:
    return f"{who} pressed *Start*. "


def minutes_start(when: str, there: str, minutes: int) -> str:
    return f"{when}{there}The {minutes} minutes start when you've both pressed *Start*."


def by_time(when: str) -> str:
    return f"by {when}"


IN_TIME = "in time"


def you_proposed(times: str, other: str) -> str:
    return f"*You proposed {times}.* If {other} picks none"


def or_someone_else(said: str, by: str) -> str:
    return f"{said} {by}, I'll look for someone else."


THIS_TIME = "this time"
THESE_TIMES = "these times"


def other_proposes(other: str, times: str, one: str, by: str) -> str:
    return f"*{other} proposes {times}.* Tap {one} {by}, or I'll look for someone else."


YOU_ARE = "You're"


def other_is(other: str) -> str:
    return f"{other} is"


def running_late(who: str, minutes: int) -> str:
    return f"{who} running late, so it starts {minutes} minutes later than planned. "


def start_when_written(minutes: int) -> str:
    return f"The {minutes} minutes start when you've both written."


def you_pressed_start(minutes: int, other: str) -> str:
    return f"You pressed *Start*. The {minutes} minutes start when {other} does, too."


def other_pressed_start(other: str) -> str:
    return f"*{other} pressed Start.* Press it too when you're ready."


def start_when_pressed(minutes: int) -> str:
    return f"The {minutes} minutes start when you've both pressed *Start*."


UNMET: Mapping[Unmet, str] = {
    "no_time": "No time was chosen, so I'm looking for someone else.",
    "by_helper": "You can't make it, and that's fine. I'm looking for someone else.",
    "by_asker": "You two didn't get to talk.",
}
UNMET_FOR_ASKER: Mapping[Unmet, str] = {
    **UNMET,
    "by_helper": "They can't make it after all, so I'm looking for someone else.",
    "by_asker": "You two didn't get to talk, so I'm looking for someone else.",
}


def not_online(other: str) -> str:
    return f"{other} isn't online right now"


def until_then(when: str) -> str:
    return f" until {when}"


def do_not_disturb(other: str, until: str) -> str:
    return f"{other} has do-not-disturb on{until}"


MAY_NOT_SEE = "They may not see this right away"


def you_are_there(why: str) -> str:
    return f"*You're ready.* {why}. You can wait, or agree on a time."


def talk_is_off(other: str, when: str) -> str:
    return f"*Your talk with {other} is off.* It was planned for {when}."


def over_because(other: str, why: str) -> str:
    return f"Your talk with {other} is over. {why}"


HAS_BEGUN = "Your talk has begun."


def talk_with(other: str, line: str) -> str:
    return f"*Your talk with {other}.* {line}"


def starts_soon(other: str, line: str) -> str:
    return f"*Your talk with {other} starts soon.* {line}"


# Its buttons.
YES_WE_TALKED = "Yes, we talked"
NOT_YET_PROPOSE = "Not yet: propose a time"
PROPOSE_OTHER_TIMES = "Propose other times"
RUNNING_LATE = "Running late"
ANOTHER_TIME = "Another time"
IN_AN_HOUR = "In an hour"
PROPOSE_A_TIME = "Propose a time"
START = "Start"
START_NOW = "Start now"
CANT_MAKE_IT_SURE = "Can't make it?"
CANT_MAKE_IT_HOW = "I'll look for someone else for them and say that you can't make it. No reason needed."
I_CANT_MAKE_IT = "I can't make it"
CANT_MAKE_IT = "Can't make it"
NO_FIND_SOMEONE_ELSE = "No, find someone else"

# The form for times.
NEITHER = "I couldn't find a time in the next two weeks when you're both at work. Pick times that may work."
SMALL = "Times are in your own time zone. The other person sees them in theirs, and picks one."
PROPOSE = "Propose"
BOTH_AT_WORK = "When you're both at work"
A_TIME = "A time"
ANOTHER_ONE = "Another one"
CHOOSE_ONE = "Choose at least one time."
MOMENT_PASSED = "This moment has passed already. Choose one that is still to come."
MOMENT_TOO_FAR = "Choose a moment within the next {limit} days."
TIME_PASSED = "This time has passed already. Choose a later one, or propose another time."
TIME_NOT_OFFERED = "This time isn't on offer any more. The newest message says how it stands."
TIME_TOO_LATE = "That would be more than {limit} minutes late. Propose another time instead."

# A session in a calendar.


def calendar_title(topics: str) -> str:
    return f"Talk about {topics} (Waymark)"


GOOGLE = "Google Calendar"
OUTLOOK = "Outlook"


def add_to(one: str, other: str) -> str:
    return f"Add it to {one} or {other}."
