"""What the forms and windows of a mentorship say. Names and times come as they are to be shown. Pure."""

# The form of the agreement
AGREEMENT = "What you two agree on"
WHAT_FOR, HOW_OFTEN, HOW_LONG, HOW_MANY_MONTHS = (
    "What for?",
    "How often?",
    "How long?",
    "For how many months?",
)
HOW_TO = "How do you reach each other, what stays between you, and how do you stop?"
APPLIES_NOW = "The other person is told, and it applies right away."
ASKED_AGAIN = "The other person is asked to agree again."

# The form of notes
NOTES, ONE_A_LINE = "Notes", "One per line"
MINE = "Mine: only you ever see this"
FOR_INSTANCE = "Ask Jo to lead the retro"
OURS_LAST, MINE_LAST = "Ours, last time:", "Mine, last time:"


def ours(called: str) -> str:
    """The field that both read."""
    return f"Ours: {called} reads this too"


def your_step(called: str) -> str:
    """The field of a next step."""
    return f"Your next step ({called} sees it)"


def your_goals(called: str) -> str:
    """The field of the goals."""
    return f"Your goals together ({called} sees and can change them)"


# The small forms
WHEN_TO_TALK, BOOK_IT = "When do you two talk? (your time)", "Book it"
WHEN_AGAIN, TAKE_IT = "When will you two pick it up again?", "Start the break"
HAND_OVER, WHO_TAKES_OVER = "Hand over", "Who could take over as their mentor?"
WHAT_YOU_GAINED, WHAT_YOU_TAKE, SEND = "What you gained", "What did you get out of it?", "Send"
FINISH_HERE, FINISH_IT, CLOSE_IT = "Finish here", "Finish it", "Close it"


def told_and_can_move(name: str) -> str:
    """What follows from another time."""
    return f"{name} is told, and can move it."


def break_rules(name: str) -> str:
    """What a break means."""
    return (
        "I won't ask anything until then, and the end date moves by the same amount of time. "
        f"{name} is told. Either of you can resume sooner."
    )


def decides(called: str) -> str:
    """Who decides on a next mentor."""
    return f"{called} decides. Nobody else hears about it before then."


def a_word_to(called: str) -> str:
    """The field of a word."""
    return f"A note to {called}"


def tell(called: str) -> str:
    """The button."""
    return f"Tell {called}"


def reads_it(called: str, *, may_be_gone: bool = False) -> str:
    """Who reads it; no member may be gone, or a guest, who still does."""
    return f"{called} reads it{', if they still work here' if may_be_gone else ''}."


def ends_for(name: str, *, is_reverse: bool, can_reopen: bool) -> str:
    """What an end means."""
    finished = f" For {name} it shows as finished, whichever of you ends it." if is_reverse else ""
    again = " For two weeks you can open it again, if you both want to." if can_reopen else ""
    return f"It ends for you and {name}. You won't be asked why.{finished}{again}"


# How it stands, and what would help
TALK_ABOUT_IT = "Talk about it next time"
ONLY_YOU_TWO = "Only you two see this."
WHAT_WOULD_HELP = "What would help?"
NOBODY_IS_TOLD = "*What would help?* Nobody is told that you chose this."
FIRST_ON_AGENDA = "“Talk about it” puts it first on the agenda of your next talk."
NEXT_TIME = "It's the first point of your next talk. Nobody is told who asked for it."
YOURS, THEIRS = "Your", "Their"


def runs_until(until: str) -> str:
    """When it ends."""
    return f"It runs until {until}."


def its_closed(*, can_reopen: bool) -> str:
    """After an end."""
    again = " You can open it again for two weeks, if you both want to."
    return f"It's closed.{again if can_reopen else ''}"
