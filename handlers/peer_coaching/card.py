"""Peer coaching in words: how it works, whose turn it is, and a script for the one who coaches."""

from handlers.block_kit import blocks, mrkdwn, payload
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.payload import Id, Number
from handlers.block_kit.picture import Picture, Root, knock, quiet
from handlers.interactions import talk_root
from handlers.peer_coaching import thought_form
from handlers.requests import rows
from kernel.values import PersonId
from mentoring.model.session import TURNS, Session

NEXT = "peer.next"

_SCRIPT = (
    "“What would you like to have by the end of your turn?”",
    "“What have you tried so far, and what happened?” Then say back in your own words what you heard.",
    "“What could you do?” And then, at least twice: “And what else?”",
    "“Which of these will you do, when, and what might get in the way?”",
)
_RULE = "Ask one thing at a time and give them time to think. Don't give advice."


def start(session: Session) -> list[Block]:
    """Return how the two begin, until they have."""
    minutes = session.minutes // TURNS
    helper, asker = mrkdwn.mention(session.helper_id), mrkdwn.mention(session.asker_id)
    how = (
        f"*You coach each other, {minutes} minutes each.* First {helper} asks and {asker} thinks aloud, then "
        "you swap; I keep the time and bring the questions. Start when you are both there."
    )
    return [blocks.section(how), *blocks.actions([_next(session, 0, "We are both here: start")])]


def going(session: Session, *, is_here: bool) -> list[Block]:
    """Return what the talk's own card says once the turns have begun; *is_here*: where the two talk."""
    where = "below" if is_here or session.room == "relay" else "where you two talk"
    turn = f"turn {session.turn} of {TURNS}" if session.turn <= TURNS else "both turns are over"
    return [blocks.context(f"You coach each other: {turn}. The questions are {where}.")]


def turn(session: Session, number: int, to: str) -> Picture:
    """Return the card of one turn for a reader, a person or the room; it knocks as the turn begins."""
    if not session.is_open or session.turn > number:
        return quiet("over", [blocks.context(_over(number))])
    if number > TURNS:
        return _both_over(session, to)
    coach, other = _pair(session)
    until = f" Until {mrkdwn.moment(session.turn_ends_at)}." if session.turn_ends_at else ""
    label = "Swap now" if number < TURNS else "We are done"
    shown = [
        blocks.section(f"*Turn {number}: {_roles(coach, other, to)}.*{until}"),
        *_on_their_mind(session, number, to),
        *_script(coach, to),
        *blocks.actions([_next(session, number, label)]),
    ]
    return knock(f"turn:{number}", shown, closing=_over(number), thread_of=_thread(session, to))


def _on_their_mind(session: Session, number: int, to: str) -> list[Block]:
    """Return what the helper would like to think through, in their turn, for the one who asks them."""
    if number < TURNS or to == session.helper_id:
        return []
    return thought_form.shown(session, to, mrkdwn.mention(session.helper_id))


def _over(number: int) -> str:
    return f"Turn {number} is over." if number <= TURNS else "You have coached each other."


def _both_over(session: Session, to: str) -> Picture:
    words = (
        "*Both turns are over.* One more minute: each of you says one thing you take with you. Then wrap "
        "up. Each of you can write down a next step, there or on your own card."
    )
    shown = [blocks.section(words), *blocks.actions([rows.wrap_up(session.id)])]
    return knock("both", shown, closing=_over(TURNS + 1), thread_of=_thread(session, to))


def _thread(session: Session, to: str) -> Root | None:
    """Return the card under which a relayed talk goes on; a room has no thread of its own."""
    return None if session.room == "group" else talk_root.root(session, PersonId(to))


def _pair(session: Session) -> tuple[PersonId, PersonId]:
    coach = session.coach_id or session.helper_id
    return coach, session.other(coach)


def _roles(coach: PersonId, other: PersonId, to: str) -> str:
    if to == coach:
        return f"you ask, {mrkdwn.mention(other)} thinks aloud"
    thinks = "you think" if to == other else f"{mrkdwn.mention(other)} thinks"
    return f"{mrkdwn.mention(coach)} asks, {thinks} aloud"


def _script(coach: PersonId, to: str) -> list[Block]:
    """Return the questions, for the coach and the room; who is coached needs to know only what to do."""
    if to != coach and not to.startswith("room:"):
        return [blocks.context("Say what is on your mind, sorted or not. They ask; no answer is wrong.")]
    lines = "\n".join(f"{number}. {line}" for number, line in enumerate(_SCRIPT, 1))
    return [blocks.section(f"*For {mrkdwn.mention(coach)}, who asks:*\n{lines}"), blocks.context(_RULE)]


def _next(session: Session, after: int, label: str) -> Element:
    return blocks.button(label, NEXT, f"{session.id} {after}", style="primary")


def pressed(value: str) -> tuple[str, int]:
    """Return the talk and the turn that a button goes on from."""
    return payload.words(tuple[Id, Number], value)
