"""What an asker does before a talk: write, tick, look at what the other would read, send it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from kernel.desk import Desk
from kernel.errors import Ended, NotYours
from kernel.store import EVERY, Changes, Due, Key, Later, Show, Snapshot
from kernel.values import PersonId
from mentoring.model.person import only_here
from relationships.hybrid.meeting import Meeting, key_of, meeting_of
from relationships.hybrid.preparation import (
    FIRST_WORDS,
    FORGET_PREPARATION,
    PREPARATIONS,
    Preparation,
    QuestionId,
    checked,
)


async def prepare(
    desk: Desk,
    talk_id: str,
    me: PersonId,
    now: datetime,
    *,
    answers: Mapping[QuestionId, str],
    ticked: frozenset[QuestionId],
) -> Preparation:
    """Keep what the asker of a talk that is not over writes; nothing is sent. Refused once it was sent."""
    written, shown = checked(answers, ticked)

    def decide(read: Snapshot) -> tuple[Preparation, Changes]:
        _check_open(meeting_of(read, talk_id), me)
        before = read.find(Preparation, talk_id)
        if before is not None and before.sent_at:
            raise Ended
        made_at = before.made_at if before else now
        said = Preparation(id=talk_id, person_id=me, answers=written, ticked=shown, made_at=made_at)
        kept = timedelta(days=desk.policy.retention.request_days)
        return said, Changes(put=[said], later=[Later(FORGET_PREPARATION, talk_id, made_at + kept)])

    return await desk.store.commit(decide, load=[key_of(talk_id), Key(Preparation, talk_id)])


async def send(desk: Desk, talk_id: str, me: PersonId, now: datetime) -> Preparation:
    """Let the other of a talk read what was ticked; twice shows it once."""

    def decide(read: Snapshot) -> tuple[Preparation, Changes]:
        meeting = meeting_of(read, talk_id)
        _check_open(meeting, me)
        sent = read.get(Preparation, talk_id).check_owner(me).send(now)
        show = [Show(FIRST_WORDS.of(talk_id), to=meeting.other_id)]
        return sent, Changes(put=[sent], show=only_here(read, show))

    return await desk.store.commit(decide, load=[key_of(talk_id), Key(Preparation, talk_id)])


async def of_talk(desk: Desk, talk_id: str, me: PersonId) -> Preparation | None:
    """What the asker of a talk has written so far; refuse anybody else, and a talk that is over."""

    def view(read: Snapshot) -> Preparation | None:
        found = read.find(Preparation, talk_id)
        if found is None or not found.sent_at:
            _check_open(meeting_of(read, talk_id), me)
        return found.check_owner(me) if found else None

    return await desk.store.look(view, load=[key_of(talk_id), Key(Preparation, talk_id)])


async def forget(desk: Desk, preparation_id: str, now: datetime, due: Due | None = None) -> None:
    """Drop it when its time is over."""
    await desk.store.commit(lambda _: (None, Changes(drop=[Key(Preparation, preparation_id)])), due=due)


async def take_back(desk: Desk, me: PersonId, now: datetime) -> None:
    """Drop what somebody has written who asks to be erased, and what the others read of it."""
    own = [Key(Preparation, id) for id in await desk.store.ids(PREPARATIONS.of(me), limit=EVERY)]
    await desk.store.commit(lambda _: (None, Changes(drop=own)), load=own)


def _check_open(meeting: Meeting, me: PersonId) -> None:
    if meeting.asker_id != me:
        raise NotYours
    if not meeting.is_open:
        raise Ended
