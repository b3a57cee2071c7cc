"""The asker's card of a second opinion: how many have it, the views side by side, what came of it."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from handlers.block_kit import blocks, mrkdwn, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.payload import WORD
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.second_opinions.form import OUTCOMES
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
MOVED = "The newest message about this second opinion is below."
WITHDRAWN = "Withdrawn. Whoever was asked sees that they don't need to answer any more."
_SOMEONE = {
    Lane.PEER: "someone at your level",
    Lane.SENIOR: "someone more experienced",
    Lane.REVERSE: "someone earlier in their career",
}
_STANDING = {
    Lane.PEER: "at your level",
    Lane.SENIOR: "more experienced",
    Lane.REVERSE: "earlier in their career",
}
_TOLD = {
    "acted": "you acted on it",
    "otherwise": "you went another way",
    "open": "it's still open",
}
Names = Mapping[PersonId, str]


def card(opinion: SecondOpinion, names: Names, desk: Desk) -> Picture:
    """Return the card as it stands. It knocks where there are views to read, and where none will come.

    *names* are those of people who answered; without a name it shows none.
    """
    return _PAINTERS[opinion.state](opinion, {} if opinion.anonymous else names, desk)


def _gathering(opinion: SecondOpinion, names: Names, desk: Desk) -> Picture:
    sure = blocks.confirmation(
        "Withdraw this question?",
        "Whoever was asked sees that they don't need to answer.",
        "Withdraw",
        "Keep it",
    )
    label = "Change my own view" if opinion.own_view else "Write my own view first"
    buttons = [
        blocks.button(label, OWN_VIEW, opinion.id),
        blocks.button("Withdraw", WITHDRAW, opinion.id, style="danger", confirm=sure),
    ]
    until = mrkdwn.moment(opinion.closes_at)
    return quiet(
        "gathering",
        [
            blocks.section(_progress(opinion)),
            texts.reminder(opinion.question, WHOLE),
            *_own(opinion),
            blocks.context(
                f"You see the answers side by side once two are in, or by {until}.", _wishes(opinion, desk)
            ),
            *blocks.actions(buttons),
        ],
    )


def _progress(opinion: SecondOpinion) -> str:
    """Return how many have it, in which lanes, and how many have answered."""
    taken, answers = opinion.taken, len(opinion.answered)
    if not taken:
        at = opinion.seeks_at
        return (
            f"*I'll ask the first person {mrkdwn.moment(at)}.* They start work then."
            if at
            else ("*I'm choosing who to ask.*")
        )
    more = f" I'm looking for {opinion.free_seats} more." if opinion.free_seats else ""
    people = "1 person" if len(taken) == 1 else f"{len(taken)} people"
    so_far = "1 answer so far." if answers else "No answer yet."
    return f"*I've asked {people}: {lanes(taken)}.* {so_far}{more}"


def lanes(seats: tuple[Seat, ...]) -> str:
    """Return how people stand to the asker: someone at your level and 2 more experienced people."""
    held = [seat.lane for seat in seats]
    return mrkdwn.listed([_of_lane(lane, held.count(lane)) for lane in Lane if lane in held])


def _of_lane(lane: Lane, count: int) -> str:
    return _SOMEONE[lane] if count == 1 else f"{count} {_STANDING[lane]}"


def _wishes(opinion: SecondOpinion, desk: Desk) -> str:
    about = texts.topics(opinion.topics, desk.topics)
    return f"{about} · without your name" if opinion.anonymous else about


def _own(opinion: SecondOpinion) -> list[Block]:
    if not opinion.own_view:
        return []
    return [blocks.labeled("Your own view, before you read theirs:", opinion.own_view, WHOLE)]


def _shown(opinion: SecondOpinion, names: Names, desk: Desk) -> Picture:
    count, waiting = len(opinion.answered), len(opinion.waiting)
    later = f"Another one may still come in, until {mrkdwn.moment(opinion.closes_at)}." if waiting else ""
    blind = "In random order. Nobody saw another's answer." if count > 1 else ""
    return knock(
        f"shown:{count}",
        [
            blocks.section(f"{_here(opinion)} {blind}".strip()),
            *_views(opinion, names, can_talk=True),
            *([blocks.context(later)] if later else []),
            *blocks.actions([blocks.button("Just thank them", SETTLE, opinion.id)] if count else []),
        ],
        closing=MOVED,
    )


def _here(opinion: SecondOpinion) -> str:
    count = len(opinion.answered)
    if count > 1:
        return f"*Here are {count} views, side by side.*"
    if not count:
        return "*This view is gone.* Whoever wrote it has taken it back."
    why = {"time": "Time's up, so here it is.", "nobody": "I don't know anyone else to ask, so here it is."}
    return f"*One view came in.* {why.get(opinion.gap or '', '')}".strip()


def _views(opinion: SecondOpinion, names: Names, *, can_talk: bool = False) -> list[Block]:
    """Return the question, the asker's own view, and every answer, each with the way to a talk."""
    shown = [texts.reminder(opinion.question, WHOLE), *_own(opinion)]
    for seat in opinion.answered:
        shown.append(blocks.labeled(_by(seat, names), seat.text, WHOLE))
        shown += blocks.actions([_talk(opinion, seat, names)] if can_talk else [])
    return shown


def _by(seat: Seat, names: Names) -> str:
    """Return whose view it is: Grace, more experienced:"""
    if seat.person_id not in names:
        return f"{_SOMEONE[seat.lane].capitalize()}:"
    return f"{names[seat.person_id]}, {_STANDING[seat.lane]}:"


def _talk(opinion: SecondOpinion, seat: Seat, names: Names) -> Element:
    label = f"Talk with {names[seat.person_id]}" if seat.person_id in names else "Talk with them"
    return blocks.button(label, TALK, f"{opinion.id} {seat.number}")


def talk_chosen(value: str) -> tuple[str, int]:
    """Return the second opinion and the seat that a button stands for."""
    return payload.words(tuple[Annotated[str, WORD], Annotated[int, Field(ge=1, le=1000)]], value)


def _decided(opinion: SecondOpinion, names: Names, desk: Desk) -> Picture:
    tell = blocks.button("Tell them what came of it", SAY_OUTCOME, opinion.id)
    shown = [blocks.section(_chosen(opinion, names)), *_views(opinion, names)]
    return quiet("decided", [*shown, *blocks.actions([tell] if opinion.answered else [])])


def _chosen(opinion: SecondOpinion, names: Names) -> str:
    seat = next((it for it in opinion.answered if it.number == opinion.chosen), None)
    if seat is None:
        return "*Everyone who answered has been thanked.*"
    who = mrkdwn.mention(seat.person_id) if seat.person_id in names else _SOMEONE[seat.lane]
    others = " The others have been thanked." if len(opinion.answered) > 1 else ""
    return f"*You chose to talk with {who}: that has a card of its own.*{others}"


def _asked_back(opinion: SecondOpinion, names: Names, desk: Desk) -> Picture:
    ways = [
        *(blocks.button(label, f"{OUTCOME}.{value}", opinion.id) for value, label in OUTCOMES.items()),
        blocks.button("In my own words", SAY_OUTCOME, opinion.id),
    ]
    hears = (
        "Everyone who answered will hear about it."
        if len(opinion.answered) > 1
        else "Whoever answered will hear about it."
    )
    shown = [blocks.section(f"*What came of it?* {hears}"), texts.reminder(opinion.question)]
    return knock("asked_back", [*shown, *blocks.actions(ways)], closing=MOVED)


def _over(opinion: SecondOpinion, names: Names, desk: Desk) -> Picture:
    if opinion.outcome is None:
        lead = "*This one is closed.* Ask again at any time with `/ask-mentor second opinion`."
    else:
        told = "everyone who answered" if len(opinion.answered) > 1 else "whoever answered"
        lead = f"*I've told {told}:* {_TOLD[opinion.outcome]}."
    own = [blocks.labeled("In your words:", opinion.outcome_words)] if opinion.outcome_words else []
    return quiet("over", [blocks.section(lead), *own, *_views(opinion, names)])


def _unanswered(opinion: SecondOpinion, names: Names, desk: Desk) -> Picture:
    ways = [
        blocks.button("Ask one person instead", ASK_ONE, opinion.id, style="primary"),
        blocks.button("Try again", AGAIN, opinion.id),
    ]
    shown = [blocks.section(_nobody(opinion, desk)), texts.reminder(opinion.question, WHOLE)]
    return knock("unanswered", [*shown, *_own(opinion), *blocks.actions(ways)], closing=MOVED)


def _nobody(opinion: SecondOpinion, desk: Desk) -> str:
    asked = opinion.asked_in_all
    people = f"({asked} {'person' if asked == 1 else 'people'} asked)"
    if asked:
        why = "in time " if opinion.gap == "time" else ""
        return f"*Nobody could answer {why}{people}.* What now?"
    about = texts.plain_topics(opinion.topics, desk.topics)
    return f"*I don't know anyone I can ask about {about} right now.* What now?"


def _withdrawn(opinion: SecondOpinion, names: Names, desk: Desk) -> Picture:
    lead = "*Withdrawn.* Ask again at any time with `/ask-mentor second opinion`."
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
