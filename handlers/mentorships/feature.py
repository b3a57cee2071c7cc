"""Mentorships: the card of each of the two, and what of it waits and goes on on the Home tab."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from handlers.block_kit import blocks, labels, mrkdwn, texts
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture
from handlers.interactions.conversation import Bonded, Conversation, HomePart, Overview, Reader, drawn
from handlers.mentorships import card, mentorships, reverse_words, words
from handlers.mentorships.card import Sight
from handlers.mentorships.mentorships import sight_of
from kernel.store import Snapshot
from relationships.mentorships.feature import FEATURE
from relationships.mentorships.health import facts
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.record import OPEN_MENTORSHIPS
from relationships.mentorships.reports import BOND

_LINES = (*("purpose", "rules", "ours", "mine", "step", "goals", "word", "gained"),)


def _card(mentorship: Mentorship, read: Snapshot, reader: Reader) -> Picture | None:
    if reader.to not in mentorship.both:
        return None
    can_practise = bool(reader.desk.policy.support)
    seen = sight_of(read, mentorship, reader.to, reader.now, can_practise=can_practise)
    return card.card(mentorship, replace(seen, label=partial(texts.label, reader.desk.topics)))


def _waiting(overview: Overview) -> list[Block]:
    return [row for it in _mine(overview) for row in _asked(it, overview)]


def _asked(it: Mentorship, overview: Overview) -> list[Block]:
    """What waits for this person: an agreement, whether two talked, a question, or a time to pick."""
    other = mrkdwn.mention(it.other(overview.me))
    if it.state == "agreeing" and overview.me not in it.agreed:
        agree = blocks.button(words.AGREE, card.AGREE, it.id, style="primary")
        change = blocks.button(words.CHANGE_IT, card.CHANGE, it.id)
        return [
            blocks.section(words.agree_on_how(other)),
            *blocks.actions([agree, change]),
        ]
    return card.asked_now(it, _sight(overview)) if it.state == "going" else []


def _sight(overview: Overview) -> Sight:
    zone = overview.person.zone if overview.person else "UTC"
    return Sight(overview.me, zone, words.PARTNER, overview.now)


def _mine(overview: Overview) -> Sequence[Mentorship]:
    return overview.of(OPEN_MENTORSHIPS, Mentorship)


def _section(overview: Overview) -> list[Block]:
    found = _mine(overview)
    if not found:
        return []
    return [blocks.header(words.MY_MENTORSHIPS), *(_row(it, overview) for it in found)]


def _row(it: Mentorship, overview: Overview) -> Block:
    other = mrkdwn.mention(it.other(overview.me))
    return blocks.section(
        words.row(other, reverse_words.role(it, overview.me), _stands(it, overview)),
        blocks.button(words.HOW_WERE_DOING, card.STANDS, it.id),
    )


def _stands(it: Mentorship, overview: Overview) -> str:
    next_at = facts(it, overview.now).next_at
    if it.state == "agreeing":
        return words.ABOUT_TO_AGREE
    if it.state == "paused" and it.back_at:
        return words.break_until(mrkdwn.day(it.back_at))
    return words.next_talk_at(mrkdwn.moment(next_at)) if next_at else words.NO_NEXT_TALK


def _who_was_who(it: Mentorship) -> str:
    mentor, mentee = (mrkdwn.mention(each) for each in it.both)
    return words.who_was_who(mentor, mentee, words.LASTS[it.is_open])


CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(mentorships.register,),
    painters={"mentorship": drawn(Mentorship, _card)},
    home=(
        HomePart(
            name="mentorships",
            lists={OPEN_MENTORSHIPS: Mentorship},
            waiting=_waiting,
            waits_at=44,
            section=_section,
            stands_at=45,
        ),
    ),
    bonds=(
        Bonded(
            bond=BOND,
            cards=(Mentorship.kind,),
            what=words.A_MENTORSHIP,
            end=words.END_NOW,
            follows=words.ASKED_NO_MORE,
            told=_who_was_who,
        ),
    ),
    field_refusals={
        ("purpose", "empty"): words.PURPOSE_EMPTY,
        **{(name, "too_long"): labels.TOO_LONG for name in _LINES},
        **{(name, "unknown"): words.NOT_OFFERED for name in ("every_weeks", "months")},
        ("goals", "too_many"): words.TOO_MANY_GOALS,
        ("at", "after_end"): words.AFTER_END,
        ("until", "long_break"): words.LONG_BREAK,
        ("at", "not_yet"): words.NOT_YET,
    },
)
