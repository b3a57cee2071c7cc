"""The search for a junior in messages: what the senior sees, and the invitation of whoever is asked.

The senior's card is the same whether somebody is asked, has said no, or nobody is there.
"""

from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.mentor_search import places_form, wish_card
from handlers.mentorships import texts as words
from handlers.requests import reasons
from kernel.desk import Desk
from kernel.values import PersonId
from relationships.mentor_search.wish import MentorWish
from relationships.mentorships.agreement import usual


def card(wish: MentorWish) -> Picture:
    """Return the card of the senior. It knocks only when nobody was found in the end."""
    if wish.state == "met":
        said = f"*{mrkdwn.mention(wish.asked_id or '')} said yes.* It continues in a separate message."
        return quiet("met", [blocks.section(said)])
    if wish.is_open:
        return quiet("looking", _looking(wish))
    is_run_out = wish.ended_at is not None and wish.ended_at >= wish.looked_until
    said = "*I didn't find anybody for this.*" if is_run_out else "*You've stopped looking.*"
    shown = [blocks.section(said), texts.reminder(wish.wants)]
    return knock("run_out", shown, closing="") if is_run_out else quiet("ended", shown)


def _looking(wish: MentorWish) -> list[Block]:
    until = mrkdwn.weekday(wish.looked_until)
    said = f"I'll ask one person at a time until {until}, and tell you who says yes."
    return [
        blocks.section(f"*I'm looking for somebody you can learn this from.* {said}"),
        texts.reminder(wish.wants),
        *blocks.actions([blocks.button("Stop looking", wish_card.WITHDRAW, wish.id)]),
    ]


def row(wish: MentorWish) -> Block:
    """Return the search on the senior's Home tab."""
    stop = blocks.button("Stop looking", wish_card.WITHDRAW, wish.id)
    return blocks.row("Looking for somebody to learn from", stop)


def invitation(wish: MentorWish, to: PersonId, desk: Desk) -> Picture:
    """Return what a junior sees who is asked, or was."""
    who = mrkdwn.mention(wish.person_id)
    if wish.asked_id == to and wish.state == "asked":
        return knock("asked", _invited(wish, who, to, desk), closing="")
    if wish.asked_id == to and wish.state == "met":
        return quiet("met", [blocks.section(f"You said yes to {who}. It continues in a separate message.")])
    said = next((it.answer for it in wish.suggested if it.mentor_id == to), None)
    if said == "no":
        return quiet("no", [blocks.section(f"You said “Not now”. {who} won't hear about it.")])
    return quiet("over", [blocks.section("This question has expired. You don't need to do anything.")])


def _invited(wish: MentorWish, who: str, to: PersonId, desk: Desk) -> list[Block]:
    why = reasons.for_helper(
        wish.reasons_for(to), lambda topic: texts.label(desk.topics, topic), anonymous=False
    )
    because = f"Why you: {why}. " if why else ""
    by = f" Please answer by {mrkdwn.weekday_moment(wish.answer_by)}." if wish.answer_by else ""
    usually = words.whole_rhythm(usual("", is_reverse=True))
    return [
        blocks.section(f"*{who} would like to learn from you.*"),
        texts.reminder(wish.wants, blocks.LABELED),
        blocks.section(f"{because}Usually {usually}; you two can change that.{by}"),
        *blocks.actions([*wish_card.answers(wish), places_form.open_button()]),
        blocks.context(
            f"{who} doesn't know that I've asked you, and isn't told if you say no. You can finish at any "
            "time, without a word."
        ),
    ]
