"""What growth plans say in Slack: phrases first (days, what served a goal, how it stands), then view by view.

What is put into a sentence comes as it is to be shown, escaped where it is markup.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from handlers.block_kit import mrkdwn, texts
from handlers.block_kit.counts import counted
from kernel.working_hours import local_day
from relationships.growth_plan.goal import Goal
from relationships.growth_plan.served import Served, What

TITLE, LONG = 150, 300  # characters that are shown
PRIVATE = "Only you see this. No setting lets an admin see it."
_DID: dict[What, str] = {
    "ask": "You asked",
    "talk": "You talked about",
    "helped": "You helped somebody with",
    "guided": "You thought through",
    "sprint": "You practised",
    "plan": "You planned two weeks for",
    "mentorship": "You began a mentorship about",
    "act": "Your sponsor gave you:",
    "opinion": "You got a second opinion:",
    "seat": "You set out to find",
}
_THING: dict[What, str] = {
    "ask": "question",
    "talk": "talk",
    "helped": "help with",
    "guided": "guided talk",
    "sprint": "sprint",
    "plan": "two-week plan",
    "mentorship": "mentorship about",
    "act": "sponsor's help:",
    "opinion": "second opinion",
    "seat": "empty seat for",
}
_COUNTED: dict[What, tuple[str, str]] = {
    "ask": ("1 question", "questions"),
    "talk": ("1 talk", "talks"),
    "helped": ("helped once", "times helped"),
    "guided": ("1 guided talk", "guided talks"),
    "sprint": ("1 sprint", "sprints"),
    "plan": ("1 two-week plan", "two-week plans"),
    "mentorship": ("1 mentorship", "mentorships"),
    "act": ("1 thing a sponsor did", "things a sponsor did"),
    "opinion": ("1 second opinion", "second opinions"),
    "seat": ("1 empty seat", "empty seats"),
}
# Named by topics, by a kind of act, or by a role.
_BY_TOPIC: frozenset[What] = frozenset({"helped", "mentorship", "act", "seat"})
ENDED = {"reached": "Reached", "let_go": "Let go", "open": "Open"}


def day(on: date, today: date) -> str:
    """A day as people write it: Thu 3 Dec, with the year where it is another one."""
    year = "" if on.year == today.year else f" {on.year}"
    return f"{on:%a} {on.day} {on:%b}{year}"


def local(at: datetime, zone: str, today: date) -> str:
    """The day of a moment where somebody is."""
    return day(local_day(at, zone), today)


def month(at: datetime, zone: str) -> str:
    """The month of a moment where somebody is: November 2026."""
    return f"{local_day(at, zone):%B %Y}"


def title(goal: Goal) -> str:
    """What a goal is called, in quotation marks; not mrkdwn."""
    return texts.quoted(goal.title, TITLE)


def line(served: Served, zone: str, today: date) -> str:
    """One thing that served a goal; not mrkdwn."""
    return f"{local(served.on, zone, today)}: {said(served.what, served.title)}"


def said(what: What, name: str) -> str:
    """What somebody did, and about what; not mrkdwn."""
    if what in _BY_TOPIC:
        return f"{_DID[what]} {mrkdwn.nested(name, TITLE)}"
    return f"{_DID[what]} {texts.quoted(name, TITLE)}"


def thing(what: What, name: str) -> str:
    """A thing in a question about it: your talk “Why is this slow?”; not mrkdwn."""
    named = mrkdwn.nested(name, TITLE) if what in _BY_TOPIC else texts.quoted(name, TITLE)
    return f"your {_THING[what]} {named}"


def by_kind(served: Iterable[What]) -> str:
    """How much of each kind served a goal, as 3 talks, 1 sprint; nothing where nothing did."""
    numbers = Counter(served)
    words = [_of_kind(what, numbers[what]) for what in _COUNTED if numbers[what]]
    return ", ".join(words)


def _of_kind(what: What, number: int) -> str:
    one, many = _COUNTED[what]
    return one if number == 1 else f"{number} {many}"


def steps(goal: Goal) -> str:
    """How many of a goal's steps are done; nothing where it has none."""
    every = [it for it in goal.steps if it.state != "dropped"]
    return f"{goal.done_steps} of {counted(len(every), 'step')} done" if every else ""


def standing(goal: Goal, served: Iterable[What], now: datetime, zone: str) -> str:
    """How a goal stands, with what served it, on one line; not mrkdwn."""
    by, *rest = _facts(goal, now, zone)
    return " · ".join(filter(None, [by, by_kind(served), *rest])) or "nothing yet"


def brief(goal: Goal, now: datetime, zone: str) -> str:
    """How a goal stands by itself, where nobody counts what served it; not mrkdwn."""
    since = f"set {local(goal.set_at, zone, local_day(now, zone))}"
    return " · ".join(filter(None, _facts(goal, now, zone))) or since


def _facts(goal: Goal, now: datetime, zone: str) -> tuple[str, str, str]:
    by = f"by {day(goal.by, local_day(now, zone))}" if goal.by else ""
    return by, steps(goal), stale(goal, now, zone)


def reasons(why: str, sign: str, known: str = "How you'd know:") -> list[tuple[str, str]]:
    """Why a goal matters and how one would know, each under its label, as far as it was said."""
    said = [("Why:", why), (known, sign)]
    return [(label, texts.quoted(text, LONG)) for label, text in said if text]


def stale(goal: Goal, now: datetime, zone: str) -> str:
    """Since when nothing was done about a goal, where that is long; not mrkdwn."""
    if not goal.is_stale(now):
        return ""
    return f"nothing since {local(goal.touched_at, zone, local_day(now, zone))}"


# The window: goals, next steps, history.


def no_goals(limit: int) -> str:
    return (
        "*You have no goals yet.* A goal is one thing you want to get better at. You can have up to "
        f"{limit} at a time. What you ask, talk about and practise here can be added to one."
    )


HUSHED = "The last two look-backs got no answer, so I stopped asking. Any change to a goal brings them back."
HEADING = "My goals"
CHANGE_IT = "Change it"
PLAN_TWO_WEEKS = "Plan two weeks"
LET_GO = "Let it go"
ADD_STEP = "Add a step"
GOT_THERE = "I got there"
NEW_GOAL = "New goal"
HISTORY = "History"
SHARE = "Share"
WHO_SAW = "Who saw it"
EXPORT = "Export"


def does_it_serve(thing: str, on: str, goal: str) -> str:
    return f"Does {thing} ({on}) count towards {goal}?"


def would_it_help(seat: str, goal: str) -> str:
    """The question about an empty seat of the board; *seat* is who is missing."""
    return f"Your board has an empty seat for {seat}. Would one help with {goal}?"


def answered(thing: str, goal: str, *, serves: bool) -> str:
    return f"{'Added' if serves else 'Not added'} to {goal}: {thing}."


YES = "Yes"
NO = "No"
NEXT_STEPS = "My next steps"


def step_done(step: str) -> str:
    return f"Done: {step}"


def step_for(on: str, said: str, goal: str) -> str:
    return f"{on}{said}\nfor {goal}"


OPEN_AGAIN = "Reopen"


def said_for(said: str, goal: str) -> str:
    return f"{said}\nfor {goal}"


def from_talk(talk: str) -> str:
    return f"from your guided talk {talk}"


PICK_A_DAY = "Pick a day"


def reader_until(who: str, when: str) -> str:
    return f"{who} until {when}"


def readers_more(more: int) -> str:
    return f" and {more} more"


def shared_with(names: str, more: str) -> str:
    return f"*Shared with:* {names}{more}"


def reworded(times: int) -> str:
    return f"Reworded {'once' if times == 1 else f'{times} times'}"


AS_NOW = "as it is now"


def wording_by(day: str) -> str:
    return f" · by {day}"


def wording_until(until: str, day: str) -> str:
    return f"until {until}{day}"


def no_longer_kept(count: int) -> str:
    return f"{count} earlier ones are no longer kept."


BEFORE_TITLE = "Earlier versions"
NEWER = "Newer"
OLDER = "Older"
NOTHING_YET = "Nothing here yet. What counts towards a goal shows up here, by month."


def served_line(goal: str) -> str:
    return f"\ncounts towards {goal}"


NOT_PART = "Not part of it"


def more_in_export(rest: int) -> str:
    return f"and {rest} more, in the export"


ENDED_GOALS = "Goals that have ended"
AGAIN = "Work on it again"
BACK = "Back to my goals"


def which_goal(thing: str) -> str:
    return f"Which goal does {thing} count towards?"


def part_of_goal(goal: str) -> str:
    return f"{goal}\nalready part of this goal"


ADD_IT = "Add it"

# Forms.
SET_GOAL = "Set the goal"
CHANGE_GOAL = "Change the goal"
WHAT = "What do you want to get better at?"
WHAT_EXAMPLE = "Read query plans without help"
WHY = "Why does it matter to you?"
SIGN = "How will you know you've got there?"
SIGN_EXAMPLE = "I explain one to a colleague"
BY_WHEN = "By when?"
BY_WHEN_HINT = "I'll ask you on that day how it went."
NEXT = "What will you do next?"
NEXT_EXAMPLE = "Explain one query plan to Tom on Friday"
WHAT_NEXT = "What will you do?"
CHANGE_STEP_TITLE = "Change the step"
STEP_DAY_HINT = "Your list is sorted by day. I don't send reminders."
ON_WHICH_DAY = "On which day?"
STEP_TITLE = "Next step"
STEP_ADD = "Add it"


def action(day: str, what: str, cue: str) -> str:
    return f"{day}: {what}\nWhen: {cue}"


TWO_WEEKS_NOTE = (
    "If you keep these, they become your next steps, and I'll remind you on the days. A script made them "
    "from your words."
)
TWO_WEEKS = "Two weeks"
KEEP_AND_REMIND = "Keep and remind me"
FORGET_MEANS = (
    "It's deleted, along with its steps and the list of what counts towards it. This can't be undone. The "
    "talks and sprints themselves stay."
)
FORGET_SURE = "Forget this goal?"

# The Home tab.


def their_goals(who: str, when: str) -> str:
    return f"{who}'s goals, until {when}"


# What is asked: on the day of a goal, and each quarter.
FOOT = "I'll ask every three months. Only you see this."


def on_the_day(day: str) -> str:
    return f"*You wanted to look at a goal on {day}. Did you get there?*"


NEW_DAY = "Choose a new day"
YOU_SET_THIS = "You set this day. Only you see this."
YOU_GOT_THERE = "you got there."
YOU_LET_GO = "you let it go."


def new_day_is(day: str) -> str:
    return f"your new day is {day}."


NO_DAY = "no day is set any more."
SKIPPED = "You skipped this look-back."
LOOKED_BACK = "You looked back at your goals."
SKIP = "Skip this time"
THREE_MONTHS = "*Your goals over three months:* what counted towards them, and are they still the right ones?"
STILL_ON_IT = "Still on it"


def nothing_since(day: str) -> str:
    return f"Nothing since {day}"


# The commands and refusals.
NO_READER = {
    "self": "These are your own goals. Pick somebody else.",
    "guest": "Guests can't read goals here. Pick a member of this workspace.",
    "left": "This person doesn't work here any more. Pick somebody else.",
}
CANNOT_SHOW = "I can't show your goals to this person. Pick somebody else."
COACH_HELP = (
    "`/coach-me goals` shows your goals, what counts towards them and your next steps; `/coach-me goal` "
    "and what you want to get better at sets a new one."
)
ASK_HELP = "`/ask-mentor goals` shows your goals, what counts towards them and your next steps."


def too_many(limit: int) -> str:
    return f"You have {limit} open goals, and that's the most. Reach one or let one go first."


NOT_SHARED = "These goals aren't shared with you any more."
GOAL_EMPTY = "Write what you want to get better at; a few words are enough."
DAY_HAS_COME = "This day has come already. Choose one from tomorrow on."
DAY_TOO_FAR = "Choose a day within the next three years."
STEP_EMPTY = "Write one thing that you will do."
STEP_DAY_PASSED = "This day has passed. Choose one from today on."
STEPS_FULL = "{limit} steps are open for this goal, and that's the most. Finish one or drop it first."
READER_EMPTY = "Pick one person."
GOALS_EMPTY = "Tick at least one goal."
