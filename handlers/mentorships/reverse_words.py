"""What a mentorship shows differently where a junior mentors a senior. Pure."""

from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.blocks import Block
from handlers.mentorships import words
from kernel.values import PersonId
from relationships.mentorships.agreement import LONGEST
from relationships.mentorships.mentorship import Mentorship


def role(it: Mentorship, me: PersonId) -> str:
    """What the other is to one of the two."""
    if it.is_reverse:
        return words.YOU_LEARN if me == it.mentee_id else words.THEY_LEARN
    return words.YOUR_MENTOR if me == it.mentee_id else words.YOUR_MENTEE


def preparation(it: Mentorship, me: PersonId) -> list[Block]:
    """What the junior may have ready for the talk ahead; nothing for anybody else."""
    if not it.is_reverse or me != it.mentor_id:
        return []
    number = len(it.held)
    every = words.READY
    ready = every[number] if number < len(every) else every[1 + (number - 1) % (len(every) - 1)]
    wants = texts.quoted(it.agreement.purpose, LONGEST)
    return [
        blocks.section(f"*{words.PREPARED_IN}*"),
        blocks.lines([(words.WANT_TO_LEARN, wants), (words.ONE_IDEA, ready)]),
        blocks.context(words.FAIR),
    ]


def over(it: Mentorship, other: str) -> str | None:
    """How it ended, as a line; None where that is said as of every mentorship.

    Whoever of the two wished it, it reads as finished.
    """
    if not it.is_reverse or it.end == "left":
        return None
    return words.REVERSE_ENDS.get(it.end or "finished", words.REVERSE_COMPLETE).format(other=other)


def asked_at_the_end(it: Mentorship, me: PersonId, *, is_other_out: bool) -> list[Block]:
    """The question what one took from it; nothing once it is answered, and where nobody talked."""
    if not it.is_reverse or not it.held or it.gained.get(me):
        return []
    return [blocks.section(words.what_you_took(mrkdwn.mention(it.other(me)), is_other_out=is_other_out))]
