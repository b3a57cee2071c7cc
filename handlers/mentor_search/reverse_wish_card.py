"""The search for a junior in messages: what the senior sees, and the invitation of whoever is asked.

The senior's card is the same whether somebody is asked, has said no, or nobody is there.
"""

from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.mentor_search import places_form, wish_card, words
from handlers.mentorships import words as mentorship_words
from handlers.requests import reasons
from kernel.desk import Desk
from kernel.values import PersonId
from relationships.mentor_search.wish import MentorWish
from relationships.mentorships.agreement import usual


def card(wish: MentorWish) -> Picture:
    """The card of the senior. It knocks only when nobody was found in the end."""
    if wish.state == "met":
        return quiet("met", [blocks.section(words.said_yes(mrkdwn.mention(wish.asked_id or "")))])
    if wish.is_open:
        return quiet("looking", _looking(wish))
    is_run_out = wish.ended_at is not None and wish.ended_at >= wish.looked_until
    said = words.FOUND_NO_JUNIOR if is_run_out else words.STOPPED_LOOKING
    shown = [blocks.section(said), texts.reminder(wish.wants)]
    return knock("run_out", shown, closing="") if is_run_out else quiet("ended", shown)


def _looking(wish: MentorWish) -> list[Block]:
    return [
        blocks.section(words.looking(mrkdwn.weekday(wish.looked_until))),
        texts.reminder(wish.wants),
        *blocks.actions([blocks.button(words.STOP_LOOKING, wish_card.WITHDRAW, wish.id)]),
    ]


def row(wish: MentorWish) -> Block:
    """The search on the senior's Home tab."""
    stop = blocks.button(words.STOP_LOOKING, wish_card.WITHDRAW, wish.id)
    return blocks.row(words.LOOKING_TO_LEARN, stop)


def invitation(wish: MentorWish, to: PersonId, desk: Desk, *, has_left: bool = False) -> Picture:
    """What a junior sees who is asked, or was; *has_left* says that the senior has."""
    who = mrkdwn.mention(wish.person_id)
    if wish.asked_id == to and wish.state == "asked":
        return knock("asked", _invited(wish, who, to, desk), closing="")
    if wish.asked_id == to and wish.state == "met":
        return quiet("met", [blocks.section(words.you_said_yes(who))])
    answer = next((it.answer for it in wish.suggested if it.mentor_id == to), None)
    if answer == "no":
        return quiet("no", [blocks.section(words.unheard_no(who))])
    said = words.no_answer_needed(who, has_left=True) if has_left else words.NO_ANSWER_NEEDED
    return quiet("over", [blocks.section(said)])


def _invited(wish: MentorWish, who: str, to: PersonId, desk: Desk) -> list[Block]:
    why = reasons.for_helper(
        wish.reasons_for(to), lambda topic: texts.label(desk.topics, topic), anonymous=False
    )
    until = mrkdwn.weekday_moment(wish.answer_by) if wish.answer_by else None
    usually = mentorship_words.whole_rhythm(usual("", is_reverse=True))
    return [
        blocks.section(words.learn_from_you(who)),
        texts.reminder(wish.wants, blocks.LABELED),
        blocks.section(words.terms(why, usually, until, agreeing=words.CAN_CHANGE)),
        *blocks.actions([*wish_card.answers(wish), places_form.open_button()]),
        blocks.context(words.not_told(who)),
    ]
