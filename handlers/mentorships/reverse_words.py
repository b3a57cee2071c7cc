"""What a mentorship says differently where a junior mentors a senior. Pure."""

from collections.abc import Mapping

from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.blocks import Block
from kernel.values import PersonId
from relationships.mentorships.agreement import LONGEST
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.record import End

BEGINS = "*{other} would like to talk with you about it.*"
PREPARED_IN = "Five minutes to prepare:"
_FAIR = "You share what you know; neither of you is being judged."
# What to have ready for which talk; after the last one the second to the last take turns.
_READY = (
    "Think of two questions: what have they tried so far, and where did it get stuck?",
    "Bring one thing from your own work, and show how you do it.",
    "Find something small that they can do themselves while you watch.",
    "Think of what they wanted to try since last time: what will you ask about it?",
    "Pick one thing that people at your level see every day, and they may not.",
    "Think of what they can do now that they couldn't at the start, and what is left.",
)
_COMPLETE = "*Your talks with {other} are complete.*"
_ENDS: Mapping[End, str] = {
    "silent": "*It has been quiet for a while, so your talks with {other} are complete.*",
    "line": "*One of you now leads the other, so your talks with {other} end here.* That's a rule.",
}


def role(it: Mentorship, me: PersonId) -> str:
    """Return what the other is to one of the two."""
    if it.is_reverse:
        return "you learn from them" if me == it.mentee_id else "they learn from you"
    return "your mentor" if me == it.mentee_id else "your mentee"


def preparation(it: Mentorship, me: PersonId) -> list[Block]:
    """Return what the junior may have ready for the talk ahead; nothing for anybody else."""
    if not it.is_reverse or me != it.mentor_id:
        return []
    number = len(it.held)
    ready = _READY[number] if number < len(_READY) else _READY[1 + (number - 1) % (len(_READY) - 1)]
    wants = texts.quoted(it.agreement.purpose, LONGEST)
    return [
        blocks.section(f"*{PREPARED_IN}*"),
        blocks.lines([("They want to learn:", wants), ("One idea:", ready)]),
        blocks.context(_FAIR),
    ]


def over(it: Mentorship, other: str) -> str | None:
    """Return how it ended, as a line; None where that is said as of every mentorship.

    Whoever of the two wished it, it reads as finished.
    """
    if not it.is_reverse or it.end == "left":
        return None
    return _ENDS.get(it.end or "finished", _COMPLETE).format(other=other)


def asked_at_the_end(it: Mentorship, me: PersonId) -> list[Block]:
    """Return the question what one took from it; nothing once it is answered, and where nobody talked."""
    if not it.is_reverse or not it.held or it.gained.get(me):
        return []
    return [blocks.section(f"*What did you take from it?* {mrkdwn.mention(it.other(me))} reads it.")]
