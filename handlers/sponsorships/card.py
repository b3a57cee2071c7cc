"""The card that each of the two has while a sponsorship lives: what is asked, the line, how far it went.

It changes in place where its reader pressed; what the other did, or the clock, brings it as a new message.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from handlers.block_kit import blocks, mrkdwn, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.payload import Id
from handlers.block_kit.picture import Picture, knock
from handlers.sponsorships import texts as words
from kernel.values import PersonId
from relationships.sponsorships.act import Act
from relationships.sponsorships.course import finished_at
from relationships.sponsorships.sponsorship import LONGEST, LONGEST_LINE, End, Sponsorship

YES = "sponsor.yes"
NO = "sponsor.no"
WITHDRAW = "sponsor.withdraw"
LINE = "sponsor.line"
NOTE = "sponsor.note"
TAKE_BACK = "sponsor.take_back"
CONFIRM = "sponsor.confirm"
CAME_OF = "sponsor.came_of"
NOTHING = "sponsor.nothing"
TALK = "sponsor.talk"
NO_TALK = "sponsor.no_talk"
ACTS = "sponsor.acts"
FINISH = "sponsor.finish"
ANOTHER = "sponsor.another"

WORDS = {"yes": "That's right", "no": "I don't know about it"}
OUTCOMES = {"happened": "It happened", "no": "It came to nothing", "pending": "Still open"}
SHOWN = 3  # acts that are asked about at a time
_WHOLE = 3 * LONGEST
_NUMBER = Annotated[int, Field(ge=0, le=100_000)]
_WHAT_IT_IS = (
    "A sponsor does something for somebody who isn't there: opens a door, puts their name forward, speaks "
    "for them where it's decided. Advice doesn't count. Once a month I'll ask what was done. Only you two "
    "see it."
)


@dataclass(frozen=True, slots=True)
class Sight:
    """Who looks, on which day of theirs; *has_other_left* says that the other is no member any more."""

    me: PersonId
    today: date
    has_other_left: bool = False


def card(it: Sponsorship, sight: Sight) -> Picture:
    """Return the card as one of the two sees it."""
    shown = _BY_STATE[it.state](it, sight)
    return knock(f"{it.knocks.get(sight.me, 0)}", shown, closing="")


def numbered(value: str) -> tuple[str, int]:
    """Return the sponsorship, and the number of the act that a button stands for."""
    return payload.words(tuple[Id, _NUMBER], value)


def _asked(it: Sponsorship, sight: Sight) -> list[Block]:
    return _invited(it) if sight.me == it.asked_id else _asking(it)


def _asking(it: Sponsorship) -> list[Block]:
    other, by = mrkdwn.mention(it.asked_id), mrkdwn.weekday_moment(it.answer_by or it.made_at)
    is_wish = it.asked_by == it.protege_id
    head = (
        f"*I've asked {other} to be your sponsor.*"
        if is_wish
        else f"*I've told {other} that you'd like to be their sponsor.*"
    )
    return [
        blocks.section(f"{head} They have until {by} to answer."),
        texts.reminder(it.wants, _WHOLE),
        *blocks.actions([blocks.button("Take it back", WITHDRAW, it.id)]),
    ]


def _invited(it: Sponsorship) -> list[Block]:
    who = mrkdwn.mention(it.asked_by)
    by = mrkdwn.weekday_moment(it.answer_by or it.made_at)
    line = [blocks.labeled("Their line for the room:", it.brief)] if it.brief and _is_wish(it) else []
    return [
        blocks.section(f"*{asks(it)}*"),
        texts.reminder(it.wants, _WHOLE),
        *line,
        blocks.section(f"{_WHAT_IT_IS} Please answer by {by}."),
        *blocks.actions(answers(it)),
        blocks.context(f"You don't have to say why: {who} only sees that it doesn't work right now."),
    ]


def _is_wish(it: Sponsorship) -> bool:
    return it.asked_by == it.protege_id


def asks(it: Sponsorship) -> str:
    """Return what somebody is asked."""
    who = mrkdwn.mention(it.asked_by)
    return (
        f"{who} would like you as their sponsor." if _is_wish(it) else f"{who} would like to be your sponsor."
    )


def answers(it: Sponsorship) -> list[Element]:
    """Return the two answers of whoever is asked."""
    label = "Yes, I'll be their sponsor" if _is_wish(it) else "Yes, please"
    return [blocks.button(label, YES, it.id, style="primary"), blocks.button("Not now", NO, it.id)]


def _going(it: Sponsorship, sight: Sight) -> list[Block]:
    return _of_sponsor(it, sight) if sight.me == it.sponsor_id else _of_protege(it, sight)


def _of_sponsor(it: Sponsorship, sight: Sight) -> list[Block]:
    other, is_asked = mrkdwn.mention(it.protege_id), it.question_at is not None
    line = (
        blocks.labeled("Their line for the room:", it.brief)
        if it.brief
        else blocks.context(f"{other} hasn't written a line for the room yet.")
    )
    ways = month(it) if is_asked else [blocks.button("Note what I did", NOTE, it.id)]
    is_news = not is_asked or it.news.get(sight.me) == "happened"
    return [
        *([blocks.section(_news_to_sponsor(it))] if is_news else []),
        *([blocks.section(asked_this_month(it))] if is_asked else []),
        line,
        blocks.context(words.so_far(it)),
        *blocks.actions([*ways, *_always(it)]),
    ]


def _news_to_sponsor(it: Sponsorship) -> str:
    other, news = mrkdwn.mention(it.protege_id), it.news.get(it.sponsor_id)
    if news == "happened":
        good = [act for act in it.acts if act.outcome == "happened" and act.outcome_at]
        latest = max(good, key=lambda act: (act.outcome_at, act.number), default=None)
        if latest:
            return f"*It happened:* you {words.done(latest, other)} ({words.when(latest, latest.on)})."
    return f"*You're {other}'s sponsor now.*" if news == "begun" else f"*You're {other}'s sponsor.*"


def asked_this_month(it: Sponsorship) -> str:
    """Return the question of the month; the last time, with what follows from no answer."""
    ends = finished_at(it)
    last = f" If I hear nothing by {mrkdwn.weekday(ends)}, I'll finish it." if ends else ""
    return f"*Did you do something for {mrkdwn.mention(it.protege_id)} this month?*{last}"


def month(it: Sponsorship) -> list[Element]:
    """Return the answers to the question of the month."""
    return [
        blocks.button("Yes, note it", NOTE, it.id, style="primary"),
        blocks.button("Not this month", NOTHING, it.id),
    ]


def _of_protege(it: Sponsorship, sight: Sight) -> list[Block]:
    other, asked = mrkdwn.mention(it.sponsor_id), asked_of_protege(it, sight.today)
    is_new = it.news.get(sight.me) == "begun"
    head = [blocks.section(f"*{other} is your sponsor{' now' if is_new else ''}.*")]
    label = "Change my line" if it.brief else "Write my line"
    style = "" if it.brief else "primary"
    line = (
        blocks.labeled("Your line for the room:", it.brief, LONGEST_LINE)
        if it.brief
        else blocks.section(f"Write one line that {other} can say when you aren't there.")
    )
    return [
        *(asked or head),
        line,
        blocks.context(words.so_far(it)),
        *blocks.actions([blocks.button(label, LINE, it.id, style=style), *_always(it)]),
    ]


def asked_of_protege(it: Sponsorship, today: date) -> list[Block]:
    """Return what waits for the protégé: acts to confirm, what came of others, a talk that is offered."""
    return [
        *(block for act in it.unconfirmed[:SHOWN] for block in _to_confirm(it, act, today)),
        *(block for act in it.waiting[:SHOWN] for block in _what_came(it, act, today)),
        *(_talk_offered(it) if it.talk else []),
    ]


def _to_confirm(it: Sponsorship, act: Act, today: date) -> list[Block]:
    said = f"*{mrkdwn.mention(it.sponsor_id)} {words.done(act, 'you')}* ({words.when(act, today)}):"
    ways = [
        blocks.button(label, f"{CONFIRM}.{word}", f"{it.id} {act.number}") for word, label in WORDS.items()
    ]
    return [blocks.section(said), texts.reminder(act.what), *blocks.actions(ways)]


def _what_came(it: Sponsorship, act: Act, today: date) -> list[Block]:
    who = mrkdwn.mention(it.sponsor_id)
    said = f"*What came of it?* {who} {words.done(act, 'you')} ({words.when(act, today)})."
    ways = [
        blocks.button(label, f"{CAME_OF}.{came}", f"{it.id} {act.number}") for came, label in OUTCOMES.items()
    ]
    return [blocks.section(said), *blocks.actions(ways)]


def _talk_offered(it: Sponsorship) -> list[Block]:
    head = f"*{mrkdwn.mention(it.sponsor_id)} would like to talk something through with you.*"
    about = it.talk.about if it.talk else ""
    ways = [
        blocks.button("Ask for the talk", TALK, it.id, style="primary"),
        blocks.button("Not now", NO_TALK, it.id),
    ]
    return [blocks.section(head), *([texts.reminder(about)] if about else []), *blocks.actions(ways)]


def _always(it: Sponsorship) -> list[Element]:
    return [*([blocks.button("All acts", ACTS, it.id)] if it.acts else []), finish(it)]


def finish(it: Sponsorship) -> Element:
    """Return the button that ends it."""
    sure = blocks.confirmation(
        "Finish this sponsorship?",
        "It ends for both of you, now. The other person only sees that it's finished: no reason is "
        "asked for or given.",
        "Finish it",
        "Keep it",
    )
    return blocks.button("Finish it", FINISH, it.id, confirm=sure)


def _ended(it: Sponsorship, sight: Sight) -> list[Block]:
    if it.began_at is None:
        return _never_began(it, sight)
    came = f"It lasted {words.lasted(it)}. {words.so_far(it)}"
    acts = blocks.button("All acts", ACTS, it.id) if it.acts else None
    return [
        blocks.section(f"{_head_of_end(it, sight)} {came}"),
        *blocks.actions([acts]),
    ]


def _head_of_end(it: Sponsorship, sight: Sight) -> str:
    other = mrkdwn.mention(it.other(sight.me))
    if it.end == "left" and sight.has_other_left:
        return f"*{other} isn't a member here any more, so this sponsorship is finished.*"
    return _ENDS.get(it.end or "closed", _FINISHED).format(other=other)


_FINISHED = "*Your sponsorship with {other} is finished.*"
_ENDS: Mapping[End, str] = {
    "line": (
        "*One of you now leads the other, so your sponsorship with {other} is finished.* That's a rule."
    ),
    "left": "*Only members can be sponsors here, so your sponsorship with {other} is finished.*",
}


def _never_began(it: Sponsorship, sight: Sight) -> list[Block]:
    other, is_asker = mrkdwn.mention(it.other(sight.me)), sight.me == it.asked_by
    heads = _TO_ASKER if is_asker else _TO_ASKED
    if it.end in ("left", "line"):
        said = f"*This can't begin any more, so nothing more is needed from you or {other}.*"
    else:
        said = heads[it.end or "late"].format(other=other)
    if not is_asker or not it.wants:
        return [blocks.section(said)]
    another = blocks.button("Ask somebody else", ANOTHER, it.id) if _is_wish(it) else None
    return [blocks.section(said), texts.reminder(it.wants, _WHOLE), *blocks.actions([another])]


_NO_FIT = "*It doesn't work for {other} right now.*"
_TO_ASKER: Mapping[End, str] = {
    "no": _NO_FIT,
    "late": _NO_FIT,
    "withdrawn": "*You've taken it back.* {other} isn't asked any more.",
}
_TO_ASKED: Mapping[End, str] = {
    "no": "You said “Not now”. {other} only sees that it doesn't work right now.",
    "late": "{other}'s question has expired. You don't need to do anything.",
    "withdrawn": "{other} has taken this back. You don't need to do anything.",
}
_BY_STATE: Mapping[str, Callable[[Sponsorship, Sight], list[Block]]] = {
    "asked": _asked,
    "going": _going,
    "ended": _ended,
}
