"""Taking back what one has just answered: for some minutes, in which its card has *Undo*."""

from datetime import datetime, timedelta

from kernel.errors import UndoOver
from kernel.kinds import AgendaKind
from kernel.store import Later, Show

UNDO_OVER = AgendaKind("undo_over", "mentoring.requests.undo.over")
UNDO_FOR = timedelta(minutes=10)


def can_undo(done_at: datetime | None, now: datetime) -> bool:
    """Whether what was done at a time can still be taken back."""
    return done_at is not None and now < done_at + UNDO_FOR


def check_undo(done_at: datetime | None, now: datetime) -> None:
    """Refuse what can't be taken back any more: UndoOver."""
    if not can_undo(done_at, now):
        raise UndoOver(int(UNDO_FOR.total_seconds() // 60))


def undo_over(show: Show, now: datetime) -> Later:
    """The entry that shows a card anew, without *Undo*, once that is over."""
    return shown_anew(show, now + UNDO_FOR)


def shown_anew(show: Show, at: datetime) -> Later:
    """The entry that shows a card anew at a time at which what it says is no longer true."""
    return Later(UNDO_OVER, f"{show.to} {show.thing}", at)
