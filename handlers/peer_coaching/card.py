"""Peer coaching in words: how it works, whose turn it is, and a script for the one who coaches."""

from handlers.block_kit import blocks, mrkdwn, payload
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.payload import Id, Number
from handlers.block_kit.picture import Picture, Root, knock, quiet
from handlers.interactions import talk_root
from handlers.peer_coaching import thought_form, words
from handlers.requests import rows
from kernel.values import PersonId
from mentoring.model.session import TURNS, Session

NEXT = "peer.next"


def start(session: Session) -> list[Block]:
    """How the two begin, until they have."""
    minutes = session.minutes // TURNS
    helper, asker = mrkdwn.mention(session.helper_id), mrkdwn.mention(session.asker_id)
    how = blocks.section(words.begins(minutes, helper, asker))
    return [how, *blocks.actions([_next(session, 0, words.START)])]


def going(session: Session, *, is_here: bool) -> list[Block]:
    """What the session's own card says once the turns have begun; *is_here*: where the two talk."""
    is_below = is_here or session.room == "relay"
    return [blocks.context(words.going(session.turn, TURNS, is_here=is_below))]


def turn(session: Session, number: int, to: str) -> Picture:
    """The card of one turn for a reader, a person or the room; it knocks as the turn begins."""
    if not session.is_open or session.turn > number:
        return quiet("over", [blocks.context(_over(number))])
    if number > TURNS:
        return _both_over(session, to)
    coach, other = _pair(session)
    until = mrkdwn.moment(session.turn_ends_at) if session.turn_ends_at else ""
    label = words.SWAP if number < TURNS else words.DONE
    shown = [
        blocks.section(words.turn(number, _roles(coach, other, to), until)),
        *_on_their_mind(session, number, to),
        *_script(coach, to),
        *blocks.actions([_next(session, number, label)]),
    ]
    return knock(f"turn:{number}", shown, closing=_over(number), thread_of=_thread(session, to))


def _on_their_mind(session: Session, number: int, to: str) -> list[Block]:
    """What the helper would like to think through, in their turn, for the one who asks them."""
    if number < TURNS or to == session.helper_id:
        return []
    return thought_form.shown(session, to, mrkdwn.mention(session.helper_id))


def _over(number: int) -> str:
    return words.turn_over(number) if number <= TURNS else words.OVER


def _both_over(session: Session, to: str) -> Picture:
    shown = [blocks.section(words.BOTH_OVER), *blocks.actions([rows.wrap_up(session.id)])]
    return knock("both", shown, closing=_over(TURNS + 1), thread_of=_thread(session, to))


def _thread(session: Session, to: str) -> Root | None:
    """The card under which a relayed session goes on; a room has no thread of its own."""
    return None if session.room == "group" else talk_root.root(session, PersonId(to))


def _pair(session: Session) -> tuple[PersonId, PersonId]:
    coach = session.coach_id or session.helper_id
    return coach, session.other(coach)


def _roles(coach: PersonId, other: PersonId, to: str) -> str:
    if to == coach:
        return words.you_ask(mrkdwn.mention(other))
    return words.they_ask(mrkdwn.mention(coach), "" if to == other else mrkdwn.mention(other))


def _script(coach: PersonId, to: str) -> list[Block]:
    """The questions, for the coach and the room; who is coached needs to know only what to do."""
    if to != coach and not to.startswith("room:"):
        return [blocks.context(words.FOR_COACHED)]
    lines = "\n".join(f"{number}. {line}" for number, line in enumerate(words.SCRIPT, 1))
    return [blocks.section(words.for_coach(mrkdwn.mention(coach), lines)), blocks.context(words.RULE)]


def _next(session: Session, after: int, label: str) -> Element:
    return blocks.button(label, NEXT, f"{session.id} {after}", style="primary")


def pressed(value: str) -> tuple[str, int]:
    """The session and the turn that a button goes on from."""
    return payload.words(tuple[Id, Number], value)
