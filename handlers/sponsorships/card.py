"""The card that each of the two has while a sponsorship lives: what is asked, the line, how far it went.

It changes in place where its reader pressed; what the other did, or the clock, brings it as a new message.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from handlers.block_kit import blocks, labels, mrkdwn, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.payload import Id
from handlers.block_kit.picture import Picture, knock
from handlers.sponsorships import words
from kernel.values import PersonId
from relationships.sponsorships.act import Act
from relationships.sponsorships.course import finished_at
from relationships.sponsorships.sponsorship import LONGEST, LONGEST_LINE, Sponsorship

YES = "sponsor.yes"
NO = "sponsor.no"
WITHDRAW = "sponsor.withdraw"
LINE = "sponsor.line"
NOTE = "sponsor.note"
TAKE_BACK = "sponsor.take_back"
CONFIRM = "sponsor.confirm"
UNSAY = "sponsor.unsay"
CAME_OF = "sponsor.came_of"
NOTHING = "sponsor.nothing"
TALK = "sponsor.talk"
NO_TALK = "sponsor.no_talk"
ACTS = "sponsor.acts"
FINISH = "sponsor.finish"
ANOTHER = "sponsor.another"

SHOWN = 3  # acts that are asked about at a time
_WHOLE = 3 * LONGEST
_NUMBER = Annotated[int, Field(ge=0, le=100_000)]


@dataclass(frozen=True, slots=True)
class SponsorshipSight:
    """Who looks, when, and on which day of theirs; *has_other_left*: the other is no member any more."""

    me: PersonId
    now: datetime
    today: date
    has_other_left: bool = False


def card(it: Sponsorship, sight: SponsorshipSight) -> Picture:
    """The card as one of the two sees it."""
    shown = _BY_STATE[it.state](it, sight)
    return knock(f"{it.knocks.get(sight.me, 0)}", shown, closing="")


def numbered(value: str) -> tuple[str, int]:
    """The sponsorship, and the number of the act that a button stands for."""
    return payload.words(tuple[Id, _NUMBER], value)


def _asked(it: Sponsorship, sight: SponsorshipSight) -> list[Block]:
    return _invited(it) if sight.me == it.asked_id else _asking(it)


def _asking(it: Sponsorship) -> list[Block]:
    other, by = mrkdwn.mention(it.asked_id), mrkdwn.weekday_moment(it.answer_by or it.made_at)
    is_wish = it.asked_by == it.protege_id
    head = words.asked_them(other) if is_wish else words.offered_them(other)
    return [
        blocks.section(words.until(head, by)),
        texts.reminder(it.wants, _WHOLE),
        *blocks.actions([blocks.button(words.TAKE_IT_BACK, WITHDRAW, it.id)]),
    ]


def _invited(it: Sponsorship) -> list[Block]:
    who = mrkdwn.mention(it.asked_by)
    by = mrkdwn.weekday_moment(it.answer_by or it.made_at)
    line = [blocks.labeled(words.THEIR_LINE, it.brief)] if it.brief and _is_wish(it) else []
    return [
        blocks.section(f"*{asks(it)}*"),
        texts.reminder(it.wants, _WHOLE),
        *line,
        blocks.section(words.answer_by(words.WHAT_IT_IS, by)),
        *blocks.actions(answers(it)),
        blocks.context(words.no_reason(who)),
    ]


def _is_wish(it: Sponsorship) -> bool:
    return it.asked_by == it.protege_id


def asks(it: Sponsorship) -> str:
    """What somebody is asked."""
    who = mrkdwn.mention(it.asked_by)
    return words.asks_for(who) if _is_wish(it) else words.offers_to_be(who)


def answers(it: Sponsorship) -> list[Element]:
    """The two answers of whoever is asked."""
    label = words.YES_THEIRS if _is_wish(it) else words.YES_PLEASE
    return [blocks.button(label, YES, it.id, style="primary"), blocks.button(labels.NOT_NOW, NO, it.id)]


def _going(it: Sponsorship, sight: SponsorshipSight) -> list[Block]:
    return _of_sponsor(it, sight) if sight.me == it.sponsor_id else _of_protege(it, sight)


def _of_sponsor(it: Sponsorship, sight: SponsorshipSight) -> list[Block]:
    other, is_asked = mrkdwn.mention(it.protege_id), it.question_at is not None
    line = (
        blocks.labeled(words.THEIR_LINE, it.brief) if it.brief else blocks.context(words.no_line_yet(other))
    )
    ways = month(it) if is_asked else [blocks.button(words.NOTE, NOTE, it.id)]
    is_news = not is_asked or it.news.get(sight.me) == "happened"
    return [
        *([blocks.section(_news_to_sponsor(it, sight.today))] if is_news else []),
        *([blocks.section(asked_this_month(it))] if is_asked else []),
        line,
        blocks.context(words.so_far_and_open(it, other)),
        *blocks.actions([*ways, *_always(it)]),
    ]


def _news_to_sponsor(it: Sponsorship, today: date) -> str:
    other, news = mrkdwn.mention(it.protege_id), it.news.get(it.sponsor_id)
    if news == "happened":
        good = [act for act in it.acts if act.outcome == "happened" and act.outcome_at]
        latest = max(good, key=lambda act: (act.outcome_at, act.number), default=None)
        if latest:
            return words.it_happened(words.done(latest, other), words.when(latest, today))
    return words.sponsor_now(other) if news == "begun" else words.sponsor_of(other)


def asked_this_month(it: Sponsorship) -> str:
    """The question of the month; the last time, with what follows from no answer."""
    ends = finished_at(it)
    last = words.finishing(mrkdwn.weekday(ends)) if ends else ""
    return words.this_month(mrkdwn.mention(it.protege_id), last)


def month(it: Sponsorship) -> list[Element]:
    """The answers to the question of the month."""
    return [
        blocks.button(words.YES_NOTE, NOTE, it.id, style="primary"),
        blocks.button(words.NOT_THIS_MONTH, NOTHING, it.id),
    ]


def _of_protege(it: Sponsorship, sight: SponsorshipSight) -> list[Block]:
    other, asked = mrkdwn.mention(it.sponsor_id), asked_of_protege(it, sight.today)
    is_new = it.news.get(sight.me) == "begun"
    head = [blocks.section((words.your_sponsor_now if is_new else words.your_sponsor)(other))]
    label = words.CHANGE_LINE if it.brief else words.WRITE_LINE
    style = "" if it.brief else "primary"
    line = (
        blocks.labeled(words.YOUR_LINE_IS, it.brief, LONGEST_LINE)
        if it.brief
        else blocks.section(words.write_one_line(other))
    )
    return [
        *(asked or head),
        *(_just_said(it, act, sight.today) for act in it.just_said(sight.now)[-SHOWN:]),
        line,
        blocks.context(words.so_far(it)),
        *blocks.actions([blocks.button(label, LINE, it.id, style=style), *_always(it)]),
    ]


def asked_of_protege(it: Sponsorship, today: date) -> list[Block]:
    """What waits for the protégé: acts to confirm, what came of others, a talk that is offered."""
    return [
        *(block for act in it.unconfirmed[:SHOWN] for block in _to_confirm(it, act, today)),
        *(block for act in it.waiting[:SHOWN] for block in _what_came(it, act, today)),
        *(_talk_offered(it) if it.talk else []),
    ]


def _to_confirm(it: Sponsorship, act: Act, today: date) -> list[Block]:
    said = words.to_confirm(mrkdwn.mention(it.sponsor_id), words.done(act, "you"), words.when(act, today))
    ways = [
        blocks.button(label, f"{CONFIRM}.{word}", f"{it.id} {act.number}")
        for word, label in words.ANSWERS.items()
    ]
    return [blocks.section(said), texts.reminder(act.what), *blocks.actions(ways)]


def _just_said(it: Sponsorship, act: Act, today: date) -> Block:
    what, when = words.done(act, "you"), words.when(act, today)
    said = words.you_said(act.word, mrkdwn.mention(it.sponsor_id), what, when)
    return blocks.section(said, blocks.button(labels.UNDO, UNSAY, f"{it.id} {act.number}"))


def _what_came(it: Sponsorship, act: Act, today: date) -> list[Block]:
    who = mrkdwn.mention(it.sponsor_id)
    said = words.what_came(who, words.done(act, "you"), words.when(act, today))
    ways = [
        blocks.button(label, f"{CAME_OF}.{came}", f"{it.id} {act.number}")
        for came, label in words.OUTCOMES.items()
    ]
    return [blocks.section(said), *blocks.actions(ways)]


def _talk_offered(it: Sponsorship) -> list[Block]:
    head = words.would_talk(mrkdwn.mention(it.sponsor_id))
    about = it.talk.about if it.talk else ""
    ways = [
        blocks.button(words.ASK_FOR_TALK, TALK, it.id, style="primary"),
        blocks.button(labels.NOT_NOW, NO_TALK, it.id),
    ]
    return [blocks.section(head), *([texts.reminder(about)] if about else []), *blocks.actions(ways)]


def _always(it: Sponsorship) -> list[Element]:
    return [*([blocks.button(words.ALL_ACTS, ACTS, it.id)] if it.acts else []), finish(it)]


def finish(it: Sponsorship) -> Element:
    """The button that ends it."""
    sure = blocks.confirmation(
        words.FINISH_SURE,
        words.FINISH_MEANS,
        words.FINISH,
        labels.KEEP_IT,
    )
    return blocks.button(words.FINISH, FINISH, it.id, confirm=sure)


def _ended(it: Sponsorship, sight: SponsorshipSight) -> list[Block]:
    if it.began_at is None:
        return _never_began(it, sight)
    came = words.it_lasted(words.lasted(it), words.so_far(it))
    acts = blocks.button(words.ALL_ACTS, ACTS, it.id) if it.acts else None
    return [
        blocks.section(f"{_head_of_end(it, sight)} {came}"),
        *blocks.actions([acts]),
    ]


def _head_of_end(it: Sponsorship, sight: SponsorshipSight) -> str:
    other = mrkdwn.mention(it.other(sight.me))
    if it.end == "left" and sight.has_other_left:
        return words.gone_away(other)
    return words.ENDS.get(it.end or "closed", words.FINISHED).format(other=other)


def _never_began(it: Sponsorship, sight: SponsorshipSight) -> list[Block]:
    other, is_asker = mrkdwn.mention(it.other(sight.me)), sight.me == it.asked_by
    heads = words.TO_ASKER if is_asker else words.TO_ASKED
    if it.end == "left" and sight.has_other_left:
        said = words.never_began_as_gone(other)
    elif it.end in ("left", "line"):
        said = words.cannot_begin(other)
    else:
        said = heads[it.end or "late"].format(other=other)
    if not is_asker or not it.wants:
        return [blocks.section(said)]
    another = blocks.button(words.ASK_ANOTHER, ANOTHER, it.id) if _is_wish(it) else None
    return [blocks.section(said), texts.reminder(it.wants, _WHOLE), *blocks.actions([another])]


_BY_STATE: Mapping[str, Callable[[Sponsorship, SponsorshipSight], list[Block]]] = {
    "asked": _asked,
    "going": _going,
    "ended": _ended,
}
