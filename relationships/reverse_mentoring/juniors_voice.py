"""What juniors say of talking with a senior: told only of five and more together, in steps of five."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Literal

from pydantic import AwareDatetime

from kernel.desk import Desk
from kernel.errors import Ended, NotYours
from kernel.kinds import AgendaKind, ListName
from kernel.store import EVERY, Changes, Due, Key, Later, Snapshot
from kernel.values import Document, PersonId
from relationships.mentorships.mentorship import Mentorship

VOICES_OF = ListName("juniors-voices-of")
VOICES_ABOUT = ListName("juniors-voices-about")
FORGET_VOICE = AgendaKind("forget_juniors_voice", "relationships.reverse_mentoring.juniors_voice.forget")
TOGETHER = 5  # of fewer nothing is told: one who knows the others could tell who said what

Impression = Literal["tries", "listens", "talks"]


class JuniorsVoice(Document):
    """What one junior says of talking with one senior; its id is that of their mentorship.

    *said_at* is when they first said something. The senior never sees it by itself.
    """

    kind: ClassVar[str] = "juniors-voice"
    senior_id: PersonId
    junior_id: PersonId
    said: Impression
    said_at: AwareDatetime

    def lists(self) -> Mapping[str, datetime]:
        """The voices of a junior, and those about a senior."""
        return {VOICES_OF.of(self.junior_id): self.said_at, VOICES_ABOUT.of(self.senior_id): self.said_at}


def together(voices: Iterable[JuniorsVoice]) -> Mapping[Impression, int]:
    """How many say what, of the first five, ten, fifteen juniors; nothing of fewer than five.

    Each junior counts once, with what they said in their latest mentorship, and in the order in which they
    first spoke, so that the one who comes last is not told apart.
    """
    in_order = sorted(voices, key=lambda it: (it.said_at, it.id))
    by_junior = {it.junior_id: it.said for it in in_order}
    told = list(by_junior.values())[: len(by_junior) // TOGETHER * TOGETHER]
    return Counter(told)


async def say(desk: Desk, mentorship_id: str, me: PersonId, said: Impression, now: datetime) -> JuniorsVoice:
    """Say as the junior what it is like to talk with the senior; said again, it replaces what was said."""

    def decide(read: Snapshot) -> tuple[JuniorsVoice, Changes]:
        mentorship = read.get(Mentorship, mentorship_id)
        if not mentorship.is_reverse or me != mentorship.mentor_id:
            raise NotYours
        if not mentorship.held:
            raise Ended
        before = read.find(JuniorsVoice, mentorship_id)
        voice = JuniorsVoice(
            id=mentorship_id,
            senior_id=mentorship.mentee_id,
            junior_id=me,
            said=said,
            said_at=before.said_at if before else now,
        )
        kept = timedelta(days=desk.policy.retention.relationship_days)
        return voice, Changes(put=[voice], later=[Later(FORGET_VOICE, mentorship_id, voice.said_at + kept)])

    return await desk.store.commit(decide, load=[Key(Mentorship, mentorship_id)])


async def forget(desk: Desk, voice_id: str, now: datetime, due: Due | None = None) -> None:
    """Drop a voice whose time to be kept is over."""
    await desk.store.commit(lambda _: (None, Changes(drop=[Key(JuniorsVoice, voice_id)])), due=due)


async def unsay(desk: Desk, me: PersonId, now: datetime) -> None:
    """Drop what was said about a senior who asks to be erased."""
    about = [Key(JuniorsVoice, id) for id in await desk.store.ids(VOICES_ABOUT.of(me), limit=EVERY)]
    await desk.store.commit(lambda _: (None, Changes(drop=about)), load=about)
