"""What is stored about one person, as the features declare it: whoever asks sees it, or has it erased."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from kernel.desk import Desk
from kernel.errors import Ended, Refusal, Unreadable
from kernel.features import Features, in_lists_of_each
from kernel.store import EVERY, Changes, Key, Snapshot
from kernel.values import Document, OfferId, PersonId, RequestId
from mentoring import erasure, retention
from mentoring.model.offer import PENDING_OFFERS
from mentoring.model.person import Person
from mentoring.model.request import OPEN_REQUESTS, REQUESTS
from mentoring.model.said import SAID_IN_SESSION, Said
from mentoring.model.session import OPEN_SESSIONS, SESSIONS, Session, WrapUp
from mentoring.requests import requests
from mentoring.requests.drafts import DRAFTS, Draft, Unsent
from mentoring.routing import offers
from mentoring.sessions import appointments, sessions
from mentoring.sessions.feedback import FEEDBACK, Feedback

AT_ONCE = 200  # documents that are read at a moment
# What the store keeps beside documents.
BESIDE = {
    "cards": "which message shows which of these to the person: the messages are in Slack",
    "agenda": "what the app does next with each of these, and when",
}


async def export(desk: Desk, features: Features, me: PersonId, now: datetime) -> dict[str, Any]:
    """All that is stored about a person as JSON has it: by name, newest first.

    *left_out* says what is not in it, and why. *unreadable* counts what only a newer release can read.
    """
    data, unreadable = dict[str, list[dict[str, Any]]](), 0
    for name, exported in features.exported.items():
        documents, unread = await _read(desk, exported.document, await exported.found(desk, me))
        data[name] = [exported.part(document, me) for document in documents if exported.is_own(document, me)]
        unreadable += unread
    unsaid = dict.fromkeys(sorted(features.unsaid), "nothing says yet what of it is the person's")
    return {
        "person": me,
        "workspace": desk.store.workspace,
        "made_at": now.isoformat(),
        "data": data,
        "left_out": {**BESIDE, **features.left_out, **unsaid},
        "unreadable": unreadable,
    }


async def erase(desk: Desk, features: Features, me: PersonId, now: datetime) -> None:
    """Erase what a person asks to have erased: all that is theirs alone, and what came of their questions.

    First they take part in nothing any more. Each piece is a commit of its own, so a repeat goes on where the
    first was cut off. What is left is the other person's, or keeps people safe: their side of sessions about
    colleagues' questions, until those go, reports, and from whom they are kept apart.
    """
    for end in (parting for each in features.all for parting in each.partings):
        await end(desk, me, now)
    person = await desk.find(Person, me)
    if person is not None and person.is_gone:
        await erasure.forget(desk, me, now)
    else:
        await erasure.forget_here(desk, me)


async def step_out(desk: Desk, me: PersonId, now: datetime) -> None:
    """Decline what waits for somebody, end their sessions, withdraw their questions; forget these whole."""
    for id in await desk.store.ids(PENDING_OFFERS.of(me), limit=EVERY):
        with suppress(Refusal):  # whose time has just run out
            await offers.decline(desk, OfferId(id), me, now)
    talks = await desk.store.ids(OPEN_SESSIONS.of(me), limit=EVERY)
    for talk in await desk.store.look(lambda read: read.all(Session, talks)):
        await _leave(desk, talk, me, now)
    for id in await desk.store.ids(OPEN_REQUESTS.of(me), limit=EVERY):
        with suppress(Ended):
            await requests.withdraw(desk, me, RequestId(id), now)
    for id in await desk.store.ids(REQUESTS.of(me), limit=EVERY):
        await retention.forget_request(desk, RequestId(id), now)
    answers = [Key(Feedback, id) for id in await desk.store.ids(FEEDBACK.of(me), limit=EVERY)]
    kept = [Key(Draft, id) for id in await desk.store.ids(DRAFTS.of(me), limit=EVERY)]
    relayed = await in_lists_of_each(SESSIONS, SAID_IN_SESSION)(desk, me)
    said = await desk.store.look(lambda read: read.all(Said, relayed))
    own = [
        *answers,
        *kept,
        *(Key(Said, remark.id) for remark in said if remark.from_id == me),
        Key(Unsent, me),
    ]
    await desk.store.commit(lambda _: (None, Changes(drop=own)), load=own)


async def _leave(desk: Desk, talk: Session, me: PersonId, now: datetime) -> None:
    """Wrap up a session, or call it off where it is still to come."""
    if not talk.has_begun and now < talk.ends_at:
        await appointments.call_off(desk, talk.id, me, now)
        return
    minutes = min(max(1, round((now - talk.starts_at).total_seconds() / 60)), talk.minutes)
    await sessions.wrap_up(desk, talk.id, me, WrapUp(minutes=minutes), now)


async def _read(desk: Desk, kind: type[Document], ids: Sequence[str]) -> tuple[list[Document], int]:
    """The documents that can be read, and how many can't."""
    found, unread = list[Document](), 0
    for first in range(0, len(ids), AT_ONCE):
        keys = [Key(kind, id) for id in ids[first : first + AT_ONCE]]

        def view(read: Snapshot, keys: Sequence[Key] = keys) -> list[Document | Unreadable | None]:
            return [_either(read, key) for key in keys]

        seen = await desk.store.look(view, load=keys)
        found += [document for document in seen if isinstance(document, Document)]
        unread += sum(isinstance(document, Unreadable) for document in seen)
    return found, unread


def _either(read: Snapshot, key: Key) -> Document | Unreadable | None:
    try:
        return read.find(key.type, key.id)
    except Unreadable as newer:
        return newer
