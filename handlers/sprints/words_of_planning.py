"""What is said while a sprint is planned: on the card of its questions, in their windows, in the form."""

from collections.abc import Sequence
from datetime import time

from handlers.block_kit.counts import counted
from handlers.sprints.words import clocks, days

# What several of them show
WHICH_SKILL = "Which skill do you want to build?"
SKILL_EXAMPLE = "Explain a slow query's plan without help"
WHAT_ABOUT = "What is it about?"
WHAT_TIME = "At what time?"
PICK_TIME = "Pick a time"
BEGIN = "Begin"
ASKS_DAYS = "On which days may I ask how it's going?"


def zone_hint(zone: str) -> str:
    """Whose clocks the time in a form goes by."""
    return f"In {clocks(zone)}, from your Slack settings."


# The card on which a sprint is planned, question by question
ASKED = "I've asked you about it in our messages."
OUTLINE_MOVED_DOWN = "Your sprint's plan moved down to a newer message."
BEGUN = "Your sprint has begun. It's in a newer message below."
DROPPED = "Dropped. Plan a sprint at any time with `/coach-me sprint`."
MORE_SUGGESTIONS = "More suggestions"
OWN_WORDS = "Write my own"
OUTLINED = "Your sprint:"
WHAT_EXPECTED = "*What will you have done by the end, if it goes as expected?*"
STEPS = "*And one step above and below?* I drafted these from your words:"
THATS_RIGHT = "That's right"
CHANGE_THEM = "Change them"
OTHER_DAYS = "Other days or time"
FOR_HOW_LONG = "*For how long?*"
HOW_SURE_ARE_YOU = "How sure are you?"
IF_THEN = "Your if-then plan:"
DROP_SURE = ("Drop this plan?", "What you've written for it will be deleted.", "Drop it", "Keep it")
ALL_IN_ONE = "All in one form"
CHANGE_SOMETHING = "Change something"


def foot(place: int, of: int) -> str:
    """Which question this is, 0 being none of them, and who sees it."""
    count = f"Question {place} of {of}. " if place else ""
    return f"{count}Only you see this."


def which_skill(*, has_suggestions: bool) -> str:
    """The first question."""
    take = "Pick a suggestion (you can change it), or write your own." if has_suggestions else ""
    return f"*{WHICH_SKILL}* {take}".rstrip()


def which_days(at: time, zone: str) -> str:
    """On which days the app may ask, and at what time it would."""
    return f"*On which days may I ask how it's going?* I ask at {at:%H:%M}, {clocks(zone)}."


def days_choice(chosen: Sequence[int]) -> str:
    """Weekdays as the label of a button."""
    named = days(chosen).removeprefix("on ").removeprefix("from ")
    return f"{named[:1].upper()}{named[1:]}"


def sure_choice(number: int) -> str:
    """How sure somebody is, as a choice."""
    return f"{number} of 10 sure"


def outline_rhythm(weeks: int, chosen: Sequence[int], at: time, zone: str) -> str:
    """How long the sprint would go, and when the app would ask."""
    return f"{counted(weeks, 'week')}; I'll ask {days(chosen)} at {at:%H:%M} ({clocks(zone)})."


# The windows of its questions
LEVEL_LABELS = {
    "more": "One step above (+1)",
    "less": "One step below (−1)",
    "much_more": "Far above (+2)",
    "much_less": "Far below (−2)",
}
MAY_I_ASK = "On which days may I ask how it's going?"
EXPECTED = "What will you have done by the end?"
EXPECTED_EXAMPLE = "Two queries explained alone"
EXPECTED_HINT = "Best with a number: I'll draft a step above and a step below from it."
AS_EXPECTED = "*As expected:*"

# The form of a new sprint, and the one that adjusts it
LEVEL_FIELDS = {
    "expected": ("Expected (0)", "What you expect by the end"),
    "more": ("More (+1)", "Somewhat better than expected"),
    "much_more": ("Much more (+2)", "The best you can honestly imagine"),
    "less": ("Less (−1)", "A beginning"),
    "much_less": ("Much less (−2)", "Almost nothing has changed"),
}
INTRO = (
    "*One skill, one to four weeks.* Describe success, from far below to far above what you expect. "
    "You can change days and plan later; the scale stays as you wrote it, so the result means something."
)
FORM_TITLE = "Plan a skill sprint"
ADJUST_TITLE = "Adjust the sprint"
STAYS = "Goal and scale stay as you wrote them."
CHOOSE_ONE = "Choose one"
OR_SUGGESTION = "Or start from a suggestion:"
HOW_SEEN = "How will you measure it?"
SEEN_EXAMPLE = "queries explained"
WHERE_TODAY = "Where are you today?"
TODAY_EXAMPLE = "none so far"
HOW_LONG = "For how long?"
PARTNER = "Who may see your check-ins?"
PARTNER_HINT = "I'll ask them first. Until they say yes, they only see your name, the topic and the length."
HOW_SURE = "How sure are you, from 0 to 10?"
CUE = "Your if-then plan: when …"
CUE_EXAMPLE = "the stand-up is over"
ACTION = "… then I will"
ACTION_EXAMPLE = "open one slow query"
