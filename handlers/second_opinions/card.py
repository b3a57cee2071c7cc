"""The asker's card of a second opinion: how many have it, the views side by side, what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from handlers.block_kit import blocks, labels, mrkdwn, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.payload import WORD
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.second_opinions import words
from kernel.desk import Desk
from kernel.values import PersonId
from matching.values import Lane
from relationships.second_opinions.second_opinion import LONGEST, Seat, SecondOpinion

OWN_VIEW = "opinion.own_view"
WITHDRAW = "opinion.withdraw"
TALK = "opinion.talk"
SETTLE = "opinion.settle"
OUTCOME = "opinion.outcome"
SAY_OUTCOME = "opinion.say_outcome"
ASK_ONE = "opinion.ask_one"
AGAIN = "opinion.again"

WHOLE = 3 * LONGEST  # a text as long as it may be, its hidden characters named
Names = Mapping[PersonId, str]


@dataclass(frozen=True, slots=True)
class _Advisers:
    """The names of those who answered, and who of them has left; of an unnamed question neither is told."""

    names: Names
    gone: frozenset[PersonId]
    are_unnamed: bool = False


def card(
    opinion: SecondOpinion, names: Names, desk: Desk, gone: frozenset[PersonId] = frozenset()
) -> Picture:
    """The card as it stands. It knocks where there are views to read, and where none will come.

    *names* are those of people who answered, *gone* who has left; without a name it shows none of that.
    """
    unnamed = _Advisers({}, frozenset(), are_unnamed=True)
    return _PAINTERS[opinion.state](opinion, unnamed if opinion.anonymous else _Advisers(names, gone), desk)


def _gathering(opinion: SecondOpinion, advisers: _Advisers, desk: Desk) -> Picture:
    sure = blocks.confirmation(
        words.WITHDRAW_SURE,
        words.WITHDRAW_MEANS,
        words.WITHDRAW,
        labels.KEEP_IT,
    )
    label = words.CHANGE_OWN if opinion.own_view else words.WRITE_OWN
    buttons = [
        blocks.button(label, OWN_VIEW, opinion.id),
        blocks.button(words.WITHDRAW, WITHDRAW, opinion.id, style="danger", confirm=sure),
    ]
    until = mrkdwn.moment(opinion.closes_at)
    return quiet(
        "gathering",
        [
            blocks.section(_progress(opinion)),
            texts.reminder(opinion.question, WHOLE),
            *_own(opinion),
            blocks.context(words.side_by_side(until), _wishes(opinion, desk)),
            *blocks.actions(buttons),
        ],
    )


def _progress(opinion: SecondOpinion) -> str:
    """How many have it, in which lanes, and how many have answered."""
    taken, answers = opinion.taken, len(opinion.answered)
    if not taken:
        at = opinion.seeks_at
        return words.asked_first(mrkdwn.moment(at)) if at else words.CHOOSING
    more = words.looking_for(opinion.free_seats) if opinion.free_seats else ""
    so_far = words.ONE_ANSWER if answers else words.NO_ANSWER
    return words.asked(words.people(len(taken)), lanes(taken), so_far, more)


def lanes(seats: tuple[Seat, ...]) -> str:
    """How people stand to the asker: someone at your level and 2 more experienced people."""
    held = [seat.lane for seat in seats]
    return mrkdwn.listed([_of_lane(lane, held.count(lane)) for lane in Lane if lane in held])


def _of_lane(lane: Lane, count: int) -> str:
    return words.SOMEONE[lane] if count == 1 else f"{count} {words.STANDING[lane]}"


def _wishes(opinion: SecondOpinion, desk: Desk) -> str:
    about = texts.topics(opinion.topics, desk.topics)
    return words.without_name(about) if opinion.anonymous else about


def _own(opinion: SecondOpinion) -> list[Block]:
    if not opinion.own_view:
        return []
    return [blocks.labeled(words.OWN_BEFORE, opinion.own_view, WHOLE)]


def _shown(opinion: SecondOpinion, advisers: _Advisers, desk: Desk) -> Picture:
    count, waiting = len(opinion.answered), len(opinion.waiting)
    later = words.another_until(mrkdwn.moment(opinion.closes_at)) if waiting else ""
    blind = words.RANDOM_ORDER if count > 1 else ""
    return knock(
        f"shown:{count}",
        [
            blocks.section(f"{_here(opinion)} {blind}".strip()),
            *_views(opinion, advisers, can_talk=True),
            *([blocks.context(later)] if later else []),
            *blocks.actions([blocks.button(words.JUST_THANK, SETTLE, opinion.id)] if count else []),
        ],
        closing=words.MOVED,
    )


def _here(opinion: SecondOpinion) -> str:
    count = len(opinion.answered)
    if count > 1:
        return words.here(count)
    if not count:
        return words.VIEW_GONE
    why = {"time": words.TIME_IS_UP, "nobody": words.NOBODY_ELSE}
    return words.one_view(why.get(opinion.gap or "", "")).strip()


def _views(opinion: SecondOpinion, advisers: _Advisers, *, can_talk: bool = False) -> list[Block]:
    """The question, the asker's own view, and every answer, each with the way to a session."""
    shown = [texts.reminder(opinion.question, WHOLE), *_own(opinion)]
    for seat in opinion.answered:
        shown.append(blocks.labeled(_by(seat, advisers), seat.text, WHOLE))
        is_here = seat.person_id not in advisers.gone
        shown += blocks.actions([_talk(opinion, seat, advisers.names)] if can_talk and is_here else [])
    return shown


def _by(seat: Seat, advisers: _Advisers) -> str:
    """Whose view it is: Grace, more experienced:"""
    name = advisers.names.get(seat.person_id)
    who = f"{name}, {words.STANDING[seat.lane]}" if name else words.SOMEONE[seat.lane].capitalize()
    return f"{who}{words.NOT_HERE if seat.person_id in advisers.gone else ''}:"


def _talk(opinion: SecondOpinion, seat: Seat, names: Names) -> Element:
    label = words.talk_with(names[seat.person_id]) if seat.person_id in names else words.TALK_WITH_THEM
    return blocks.button(label, TALK, f"{opinion.id} {seat.number}")


def talk_chosen(value: str) -> tuple[str, int]:
    """The second opinion and the seat that a button stands for."""
    return payload.words(tuple[Annotated[str, WORD], Annotated[int, Field(ge=1, le=1000)]], value)


def _decided(opinion: SecondOpinion, advisers: _Advisers, desk: Desk) -> Picture:
    tell = blocks.button(words.TELL_WHAT_CAME, SAY_OUTCOME, opinion.id)
    shown = [blocks.section(_chosen(opinion, advisers)), *_views(opinion, advisers)]
    return quiet("decided", [*shown, *blocks.actions([tell] if opinion.answered else [])])


def _chosen(opinion: SecondOpinion, advisers: _Advisers) -> str:
    seat = next((it for it in opinion.answered if it.number == opinion.chosen), None)
    if seat is None:
        is_heard = _is_anybody_here(opinion, advisers)
        return words.thanked(_hearers(opinion, advisers)) if is_heard else words.READ
    who = mrkdwn.mention(seat.person_id) if seat.person_id in advisers.names else words.SOMEONE[seat.lane]
    is_sure = not (advisers.gone or advisers.are_unnamed)
    thanked = words.OTHERS_THANKED if is_sure else words.OTHERS_HERE_THANKED
    return words.chosen(who, thanked if len(opinion.answered) > 1 else "")


def _hearers(opinion: SecondOpinion, advisers: _Advisers) -> str:
    """Who hears of it: nobody who has left, and without names it isn't told whether somebody has."""
    is_sure = not (advisers.gone or advisers.are_unnamed)
    if len(opinion.answered) > 1:
        return words.EVERYONE if is_sure else words.EVERYONE_HERE
    return words.WHOEVER if is_sure else words.WHOEVER_HERE


def _is_anybody_here(opinion: SecondOpinion, advisers: _Advisers) -> bool:
    return any(seat.person_id not in advisers.gone for seat in opinion.answered)


def _asked_back(opinion: SecondOpinion, advisers: _Advisers, desk: Desk) -> Picture:
    ways = [
        *(blocks.button(label, f"{OUTCOME}.{value}", opinion.id) for value, label in words.OUTCOMES.items()),
        blocks.button(words.OWN_WORDS, SAY_OUTCOME, opinion.id),
    ]
    is_heard = _is_anybody_here(opinion, advisers)
    hears = words.will_hear(_hearers(opinion, advisers)) if is_heard else ""
    shown = [blocks.section(words.what_came(hears)), texts.reminder(opinion.question)]
    return knock("asked_back", [*shown, *blocks.actions(ways)], closing=words.MOVED)


def _over(opinion: SecondOpinion, advisers: _Advisers, desk: Desk) -> Picture:
    if opinion.outcome is None:
        lead = words.CLOSED
    elif _is_anybody_here(opinion, advisers):
        lead = words.told(_hearers(opinion, advisers), words.TOLD[opinion.outcome])
    else:
        lead = words.noted(words.TOLD[opinion.outcome])
    own = [blocks.labeled(words.IN_YOUR_WORDS, opinion.outcome_words)] if opinion.outcome_words else []
    return quiet("over", [blocks.section(lead), *own, *_views(opinion, advisers)])


def _unanswered(opinion: SecondOpinion, advisers: _Advisers, desk: Desk) -> Picture:
    ways = [
        blocks.button(words.ASK_ONE, ASK_ONE, opinion.id, style="primary"),
        blocks.button(labels.TRY_AGAIN, AGAIN, opinion.id),
    ]
    shown = [blocks.section(_nobody(opinion, desk)), texts.reminder(opinion.question, WHOLE)]
    return knock("unanswered", [*shown, *_own(opinion), *blocks.actions(ways)], closing=words.MOVED)


def _nobody(opinion: SecondOpinion, desk: Desk) -> str:
    asked = opinion.asked_in_all
    if asked:
        why = words.IN_TIME if opinion.gap == "time" else ""
        return words.nobody_could(why, asked)
    about = texts.plain_topics(opinion.topics, desk.topics)
    return words.nobody_known(about)


def _withdrawn(opinion: SecondOpinion, advisers: _Advisers, desk: Desk) -> Picture:
    lead = words.WITHDRAWN_CARD
    return quiet("withdrawn", [blocks.section(lead), texts.reminder(opinion.question)])


_PAINTERS = {
    "gathering": _gathering,
    "shown": _shown,
    "decided": _decided,
    "asked_back": _asked_back,
    "over": _over,
    "unanswered": _unanswered,
    "withdrawn": _withdrawn,
}
