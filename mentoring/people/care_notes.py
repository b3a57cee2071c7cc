"""That somebody was told whom to turn to: kept as long as the message needs to reach them, without a word."""

from datetime import datetime, timedelta
from typing import ClassVar

from kernel.desk import Desk
from kernel.kinds import AgendaKind
from kernel.store import Changes, Due, Key, Later, Show
from kernel.values import Document, PersonId

FORGET_CARE = AgendaKind("forget_care", "mentoring.people.care_notes.forget")

KEPT = timedelta(days=7)  # Slack may be away for some days


class Care(Document):
    """One such message. Its id is its cause, or `<cause>.<category>` where the text goes on to others."""

    kind: ClassVar[str] = "care"


async def tell(desk: Desk, me: PersonId, cause: str, now: datetime, *, once: str) -> None:
    """Show somebody whom to turn to; with the same *once* it raises Repeated."""
    care = Care(id=cause)
    forget = Later(FORGET_CARE, cause, now + KEPT)
    told = Changes(put=[care], later=[forget], show=[Show(care.thing, to=me)])
    await desk.store.commit(lambda _: (None, told), once=once)


async def forget(desk: Desk, cause: str, due: Due | None = None) -> None:
    """Drop what is known of it."""
    await desk.store.commit(lambda _: (None, Changes(drop=[Key(Care, cause)])), due=due)
