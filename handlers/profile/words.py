"""What is said to somebody about how they help: in the form of their profile, on their cards, on Home.

Topics and times come as they are to be shown: escaped, and in the reader's zone.
"""

from collections.abc import Iterable, Mapping

from handlers.block_kit.counts import counted
from matching.values import Lane

# The form.
WHAT_I_HELP_WITH = "What I can help with"

HOW_ASKED = "If a question can wait, only your working hours count. You can always say *Not now*."
HOW_MANY_AT_ONCE = "How many at a time?"
NO_MORE_AT_ONCE = "I won't send you more than this until you've answered."
NUMBERS = {1: "one", 2: "two", 3: "three"}


def at_once(most: int) -> str:
    return "One question at a time" if most == 1 else f"Up to {NUMBERS.get(most, most)}"


def at_a_time(most: int) -> str:
    return "one question at a time" if most == 1 else f"up to {NUMBERS.get(most, most)} questions at a time"


OWN_LEVELS = {
    3: "Topics that I know in depth",
    2: "Topics that I work with",
    1: "Topics that I know a little",
}
ANYTHING = "Ask me about anything"
ANYTHING_MEANS = "Then I may also ask you when I can't tell what a question is about."
ANY_QUESTION = "Any question"
EXPERIENCE = "Your experience"
CAREER = {
    1: "Intern or trainee",
    2: "Junior",
    3: "Experienced",
    4: "Senior",
    5: "Lead or staff",
    6: "Principal or head",
    7: "Director or above",
}
HOW_MUCH_TIME = "How much time a week?"


def minutes(minutes: int) -> str:
    return f"{minutes} minutes"


HOW_MANY = "How many questions a week?"
AS_MANY_AS_FIT = "As many as fit"
ONE = "One"


def at_most(count: int) -> str:
    return f"At most {count}"


SEVERAL_HOURS = "Several are fine: mon-thu 09:00-17:00, fri 09:00-13:00."


def in_zone(zone: str, several: str) -> str:
    return f"In your time zone ({zone}). {several}"


HOURS_EXAMPLE = "mon-fri 09:00-17:00"
YOUR_HOURS = "Your hours"
WHOM = "Who would you help?"
LANES = {
    Lane.PEER: "People at my level",
    Lane.SENIOR: "People with less experience than I have",
    Lane.REVERSE: "People with more experience than I have",
}
LEARN = "What would you like to learn?"
LANGUAGES = "Languages besides English"
LANGUAGES_MEAN = "A question that isn't in English goes first to people who speak its language."
NEVER_MATCH = "Never match me with"
NOBODY = "Nobody"


def not_told(in_line: str) -> str:
    return f"They're not told.{in_line}"


MANAGERS = "the managers above you"
REPORTS = "the people who report to you"


def in_line(who: Iterable[str]) -> str:
    return f" I also never match you with {' or '.join(who)}, going by your admins' list."


# Cards, and their buttons.


def ask_again_in(count: int, what: str) -> str:
    return f"Ask me again in {counted(count, what)}"


PAUSE_A_DAY = "Pause for a day"
PAUSE_A_WEEK = "Pause for a week"
RESUME = "Resume now"
YOU_HELP_HERE = "You're one of the people who help here. Thank you!"
WOULD_YOU_HELP = "*Would you help someone now and then?* You asked me to check back."
CHOOSE_TOPICS = "Choose my topics"
INVITATION_MOVED = "This invitation moved down to a newer message."
STOP_SURE = "Stop helping?"
STOP_MEANS = "I won't ask you any more. Your topics are kept."
STOP = "Stop helping"
KEEP_HELPING = "Keep helping"
STOPPED = "You've stopped helping, so I won't ask you."
PUT_ON_LIST = "*Your admins put you on the list of people who help colleagues here.*"
MAY_ASK_YOU = "When someone asks about one of these, I may ask you. You can always say *Not now*."
ENROLLED_MOVED = "What you help with moved to a newer message."

# In one paragraph.


def and_questions(limit: int) -> str:
    return f" and {'one question' if limit == 1 else f'{limit} questions'}"


def more(count: int) -> str:
    return f"{count} more"


def up_to(minutes: int, questions: str) -> str:
    return f"up to {minutes} minutes{questions} a week"


ANYTHING_ELSE = "anything else"
ANY_QUESTION_TOO = "any question"


def you_help_with(topics: str, amount: str, hours: str) -> str:
    return f"You help with {topics}, {amount}, {hours}."


# The Home tab, and what is refused.
GUEST = "You're a guest in this workspace: ask as much as you like. Helping is for its members."
HELPING_OTHERS = "Helping others"
NOT_ASKED = "I'm not asking you for help yet."


def on_vacation(when: str) -> str:
    return f"*I won't ask you until {when}: your Slack status says you're on vacation.*"


def paused(when: str) -> str:
    return f"*You're paused until {when}.*"


def questions(limit: int) -> str:
    return f"{limit} questions"


def had_enough(had: str, when: str) -> str:
    return f"*You've had your {had} for this week.* I won't ask you again before {when}. "


def times(used: int) -> str:
    return counted(used, "time")


def impact(times: str) -> str:
    return f"Your advice was used {times} that I know of."


HELP_LINE = "`/ask-mentor profile` sets what you can help with, and how much."
FIELD_REFUSALS: Mapping[tuple[str, str], str] = {
    ("until", "past"): "This moment has passed already. Choose one that is still to come.",
    ("until", "too_long"): "A pause lasts {limit} days at most.",
}

# Asked to come back later.


def will_ask_again(days: int) -> str:
    return f"Fine. I'll ask you again in {days} days, and not before."
