"""What is said of plans for two weeks."""

# The word of `/coach-me`
HELP = "`/coach-me plan` and a goal makes a plan for two weeks."
NO_GOAL = (
    "*A plan for what?* Write the goal after it, like `/coach-me plan explain a query plan without help`. "
    "Once you have a sprint or a guided talk, I can start from that."
)

# As it is proposed
PROPOSED = "A two-week plan for:"
KEEP = "Keep it and remind me"
SPRINT = "Plan a sprint with it"
MADE = (
    "Made by a script from your own words. Once you keep it, you can move an action, change it or drop it. "
    "Nobody else sees this."
)
KEPT = "It's in our messages. I'll remind you on its days."
FORGOTTEN = "Forgotten. I kept none of it."

# Its card
YOURS = "Your two-week plan for:"
ENDED = "This plan has ended."
MOVED_DOWN = "This plan moved down to a newer message."
REMINDS = {
    False: "I'll remind you when your working hours begin.",
    True: "Your sprint's reminders already cover these, so this plan sends none of its own.",
}
REMINDS_NO_MORE = "I've stopped reminding you."
REMIND_AGAIN = "Remind me again"
SETTLED = {"done": "done", "dropped": "dropped"}
OPEN_AGAIN = "Reopen"
END = "Let it go"
END_SURE = ("Let this plan go?", "That's fine. I won't ask anything more.", "Let it go", "Keep it")


def only_you(how: str) -> str:
    """Whether it reminds, and who sees it."""
    return f"{how} Only you see this."


def so_far(done: int, of: int) -> str:
    """How it goes as a fact."""
    return f"{done} of {of} done."


def your_plan(so_far: str) -> str:
    """How it goes, below a reminder."""
    return f"Your plan: {so_far}"


def following(day: str, behaviour: str, *, is_missed: bool) -> str:
    """What comes next, or has been left open since a day."""
    return f" {'Open since' if is_missed else 'Next,'} {day}: {behaviour}"


def move_to(day: str) -> str:
    """The choice that moves an action to a day."""
    return f"Move to {day}"


def open_action(day: str, said: str) -> str:
    """An action that is still to do."""
    return f"{day}: {said}"


def settled_action(day: str, state: str, behaviour: str) -> str:
    """An action that was done or dropped."""
    return f"{day}, {SETTLED[state]}: {behaviour}"


def action(behaviour: str, cue: str, evidence: str) -> str:
    """What an action is, when, and how it shows."""
    return f"{behaviour}\nWhen: {cue} · to show for it: {evidence}"


# The reminder of a day's action
REMINDERS = (
    "*From your plan, for today:*",
    "*Today's part of your plan:*",
    "*You wanted to do this today:*",
    "*A small thing that you planned for today:*",
    "*This is on your plan today:*",
)
FOR = "For:"
FEWER = "You skipped some of these, so I now remind you half as often. Any answer brings them all back."
BEFORE = "Still open from earlier days. I'll only ask this once:"
STILL_OPEN = "*Your two weeks are over, and this is still open.* Did you get to it? I'll only ask this once."
STOPPED = (
    "*I've stopped reminding you about your plan*: the last reminders seem to have come at the wrong time."
)

# The forms of one action
CHANGE_TITLE = "Change the action"
WHAT = "What will you do?"
WHICH_DAY = "On which day?"
NO_WORDS = "Say in a few words what you will do."
DAY_TAKEN = "That day isn't free any more. Choose another."
