"""Everything that reverse mentoring says in Slack beside the mentorship itself."""

from collections.abc import Mapping

from handlers.block_kit.counts import counted
from relationships.reverse_mentoring.juniors_group import FEWEST, State
from relationships.reverse_mentoring.juniors_voice import Impression

# The group of juniors
YOURS = (
    "This group is yours, to tell each other what works and what is hard. Don't share what a senior told you."
)
UNTOLD = "Each of you asked for it. No senior is told, and I don't read what you write here."
NO_GROUPS = "I can't open group messages here, so you can't meet that way."
JOINED: Mapping[State, str] = {
    "waiting": f"Noted. Once {FEWEST} of you want it, I'll open a group message. Nobody else hears about it.",
    "placed": "You have a group message of your own: it's among your direct messages.",
    "failed": NO_GROUPS,
}


def you_all_mentor(names: str) -> str:
    """The first line in the group."""
    return f"*You all mentor somebody more senior: {names}.*"


# Home
MEET = "Meet others who mentor a senior"
WAITING = f"You'd like to meet others who mentor a senior: I'll open a group once {FEWEST} want it."
WAIT_NO_LONGER = "Wait no longer"
SENIORS_READ: Mapping[Impression, str] = {
    "tries": "that you listen and try things out",
    "listens": "that you listen",
    "talks": "that you mostly talk yourself",
}


def told(counts: Mapping[Impression, int]) -> str:
    """What juniors say together, for the senior, the most frequent first."""
    order = sorted(SENIORS_READ, key=lambda it: -counts.get(it, 0))
    parts = [f"{counted(counts[it], 'says', 'say')} {SENIORS_READ[it]}" for it in order if counts.get(it)]
    return f"What {sum(counts.values())} juniors say about talking with you: {', '.join(parts)}."


# The form of a junior's voice
TITLE = "Talking with them"
SAY_IT = "Send"
IMPRESSIONS: Mapping[Impression, str] = {
    "tries": "They listen, and try things out",
    "listens": "They listen",
    "talks": "They mostly talk themselves",
}
CHOOSE = "Choose one of the three."


def what_is_it_like(called: str) -> str:
    """The question."""
    return f"What is it like to talk with {called}?"


def read_together(name: str) -> str:
    """When the senior reads it."""
    return (
        f"{name} only reads it together with others: as a count, once five juniors have said something, "
        "and again after every five more."
    )
