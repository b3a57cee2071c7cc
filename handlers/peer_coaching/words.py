"""What is said to two who coach each other."""

# The word of `/coach-me`
HELP = "`/coach-me peer` finds someone at your level, and you coach each other, {turn} minutes each."

# The form of who looks for somebody
TITLE = "Coach each other"
QUESTION = "What would you like to think through?"
QUESTION_EXAMPLE = "I can't decide whether to lead the project"
WHO_SEES = "Whoever I ask sees it."
TOPICS = "Which topic should you have in common?"
TOPICS_HINT = "Leave it empty, and I'll go by the topics that you learn or help with."
FIND = "Find someone"


def how(minutes: int) -> str:
    """How it goes, with the minutes of each turn."""
    return (
        f"I'll look for someone at your level, and you coach each other: {minutes} minutes for you, "
        f"{minutes} for them. I keep the time and bring the questions, so nobody needs to have done it "
        "before."
    )


# What the one who said yes thinks through
THOUGHT_TITLE = "Your turn"
THOUGHT_EXAMPLE = "I keep saying yes to everything"
ON_YOUR_MIND = "*On your mind:*"
SAY_IT = "Say what's on my mind"
NO_THOUGHT = "Say in a sentence what you'd like to think through."


def thought_hint(name: str) -> str:
    """Who sees it, and when."""
    return f"{name} sees it before your turn."


def on_their_mind(name: str) -> str:
    """The heading of the other's words."""
    return f"*Top of mind for {name}:*"


def and_you(name: str) -> str:
    """The question to the one who said yes."""
    return f"*And you?* Say what you'd like to think through in your turn. It's shown to {name}."


# Before and beside the turns
START = "We're both here: start"


def begins(minutes: int, helper: str, asker: str) -> str:
    """How the two begin; mentions or names of both."""
    return (
        f"*You coach each other, {minutes} minutes each.* First {helper} asks and {asker} thinks aloud, then "
        "you swap; I keep the time and bring the questions. Start when you're both there."
    )


def going(turn: int, turns: int, *, is_here: bool) -> str:
    """What the session's own card says once the turns have begun; *is_here*: the questions are below it."""
    which = f"turn {turn} of {turns}" if turn <= turns else "both turns are over"
    return f"You coach each other: {which}. The questions are {'below' if is_here else 'where you two talk'}."


# A turn
SWAP, DONE = "Swap now", "We're done"
SCRIPT = (
    "“What would you like to have by the end of your turn?”",
    "“What have you tried so far, and what happened?” Then say back in your own words what you heard.",
    "“What could you do?” And then, at least twice: “And what else?”",
    "“Which of these will you do, when, and what might get in the way?”",
)
RULE = "Ask one thing at a time and give them time to think. Don't give advice."
FOR_COACHED = "Say what's on your mind, in any order. They ask; there are no wrong answers."


def turn(number: int, roles: str, until: str) -> str:
    """Which turn it is, who does what, and until when if that is set."""
    ends = f" Until {until}." if until else ""
    return f"*Turn {number}: {roles}.*{ends}"


def you_ask(other: str) -> str:
    """The roles, to the one who asks."""
    return f"you ask, {other} thinks aloud"


def they_ask(coach: str, other: str) -> str:
    """The roles, to the other, or to both; without *other* the reader thinks."""
    thinks = f"{other} thinks" if other else "you think"
    return f"{coach} asks, {thinks} aloud"


def for_coach(coach: str, lines: str) -> str:
    """The questions, for the one who asks them."""
    return f"*For {coach}, who asks:*\n{lines}"


# After the turns
OVER = "You've coached each other."
BOTH_OVER = (
    "*Both turns are over.* One more minute: each of you says one thing you're taking away. Then wrap "
    "up. Each of you can write down a next step, there or on your own card."
)


def turn_over(number: int) -> str:
    """That a turn is over."""
    return f"Turn {number} is over."
