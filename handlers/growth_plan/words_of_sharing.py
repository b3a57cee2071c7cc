"""What growth plans say of sharing them, of who saw them, and in what is exported.

What is put into a sentence comes as it is to be shown, escaped where it is markup.
"""

from handlers.block_kit.counts import counted

# Sharing, who saw it, and export.
FORMATS = {"md": "Text (Markdown)", "json": "Data (JSON)", "html": "Page to print (HTML)"}
KINDS = {
    "ask": "asked",
    "talk": "talk",
    "helped": "helped with",
    "guided": "guided talk",
    "sprint": "sprint",
    "mentorship": "mentorship about",
    "act": "from a sponsor:",
    "opinion": "second opinion",
    "seat": "looks for",
}
CHANGES = {
    "new": "New",
    "reached": "Reached",
    "let_go": "Let go",
    "again": "Taken up again",
    "reworded": "New wording",
    "left_out": "Not in this copy",
}
LIST_OF_SERVED = "The list of what counts towards them"
SHARE_GOALS = "Share goals"
SHARE_MEANS = (
    "One person reads these goals *as they stand now*, for 30 days. What you change later isn't in it. "
    "You see when they open it, and can stop at any time."
)
WHO_MAY_READ = "Who may read them?"
WHICH_GOALS = "Which goals?"
ANYTHING_ELSE = "Anything else?"
SEEN_FIRST = "You see what they'll read before it's shared."
SEE_FIRST = "See what they'll read"
SHARE_TITLE = "Share with one person"


def will_read(who: str) -> str:
    return f"*{who} will read this, as it stands now. Nobody else does.*"


def exported_as(format: str, when: str) -> str:
    return f"Exported by you: {format}, {when}."


NOBODY_HAS_SEEN = "*Nobody but you has seen your goals.*"
NO_SETTING = "No setting lets an admin see your goals. Entries stay for a year after a copy has ended."
SOMEONE = "Someone"


def span(begin: str, end: str) -> str:
    return f"from {begin} until {end}"


def reader_left(who: str, span: str, opened: str) -> str:
    return f"{who}, {span}. They don't work here any more, so nobody reads this. {opened}"


STOP_SHARING = "Stop sharing"
NOT_OPENED = "Not opened yet."
NEVER_OPENED = "Never opened."
OPENED_ONCE = "Opened once"


def opened_times(times: int) -> str:
    return f"Opened {times} times, last"


TAKE_ALONG = (
    "*Take your plan with you.* It comes as a file in your messages with me, or as text if I "
    "can't send files."
)
ON_ITS_WAY = "*It's on its way* to your messages with me. It's noted under *Who saw it*."


def not_shared_any_more(owner: str) -> str:
    return f"{owner}'s goals aren't shared with you any more."


def shared_with_you(owner: str, day: str, until: str) -> str:
    return (
        f"*{owner} shared goals with you, as they stood on {day}.* You can read them until {until}. "
        f"{owner} sees when you open them."
    )


OPEN = "Open"


def as_they_stood(owner: str, day: str, until: str) -> str:
    return f"{owner}'s goals as they stood on {day}. You can read them until {until}."


SHARED_TITLE = "Shared goals"
NOTHING = "Nothing."
NO_DAY_ANY_MORE = "No day any more"
TWO_WEEK_PLAN = "two-week plan"


def more_steps(count: int, title: str) -> str:
    return f"{counted(count, 'more step')} done: {title}"


def more_served(count: int, title: str) -> str:
    return f"{counted(count, 'more thing')} counted towards it: {title}"


WHAT_CHANGED = "What changed since you read it"


def changed_day(day: str) -> str:
    return f"New day, {day}"


def shared_by(day: str) -> str:
    return f"by {day}"


THEY_KNOW = "How they'd know:"


def first_more(rest: int) -> str:
    return f"and {rest} more"


# The export.
PLAN_TITLE = "My growth plan"


def as_of(day: str, year: int) -> str:
    return f"As of {day} {year}."


STEPS_HEAD = "Steps"
BEFORE_HEAD = "Earlier versions"


def before_line(until: str, title: str) -> str:
    return f"- until {until}: {title}"


def before_item(until: str, title: str) -> str:
    return f"until {until}: {title}"


def set_on(day: str) -> str:
    return f"set {day}"


def by_day(day: str) -> str:
    return f"by {day}"


WHY_LABEL = "Why:"
KNOW_LABEL = "I'd know by:"
EXPORT_CARD = "*Here's your growth plan.* Nobody else gets it."
