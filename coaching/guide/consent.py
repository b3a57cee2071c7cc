"""What a person has said about a model: agreed or not, how often it spoke today, and what was sent last.

Without an agreement to exactly these terms nothing is sent. Taking it back erases what was kept of it.
"""

from datetime import date, datetime, timedelta
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime, Field

from coaching.guide.model import Terms
from coaching.guide.talk import GUIDED_TALKS, TALK_TURN, TURN, GuidedTalk
from coaching.guide.turn import GUIDE
from kernel.desk import Desk
from kernel.kinds import AgendaKind
from kernel.policy import Policy, Section
from kernel.store import NONE, Changes, Due, Key, Later, Never, Show, Snapshot, together
from kernel.values import Document, PersonId, Value
from mentoring.admins import member_list

FORGET_SENT = AgendaKind("forget_sent", "coaching.guide.consent.forget_sent")

Leave = Literal["granted", "not_agreed", "capped", "shared_cap"]
WORKSPACE = "workspace"
PAYLOAD_KEPT = timedelta(days=30)
MOST_TALKS = 200


class CoachingRules(Value):
    """Who may lead guided talks: the script alone, or a model, too, for whoever agrees to it."""

    model: Literal["none", "allowed"] = Field(
        default="none",
        description="whether a model may speak where one is configured and the person agrees: not by default",
    )
    turns_per_day: int = Field(
        default=60, ge=1, le=1000, description="of the model, for one person: some six talks; then the script"
    )
    workspace_turns_per_day: int = Field(
        default=1000,
        ge=1,
        le=1_000_000,
        description="of the model, for all together: some hundred talks, so that a day's bill has an end",
    )


COACHING = Section("coaching", CoachingRules, "who may lead guided talks")


class Consent(Document):
    """One person's word on being coached by a model. Its id is the person's."""

    kind: ClassVar[str] = "consent"
    answer: Literal["agreed", "declined"] | None = None
    terms: Terms | None = None
    answered_at: AwareDatetime | None = None
    day: date | None = None
    turns: int = 0
    sent: tuple[str, ...] = ()
    sent_at: AwareDatetime | None = None

    @property
    def is_refused(self) -> bool:
        """Whether the person wants no model."""
        return self.answer == "declined"

    def covers(self, terms: Terms) -> bool:
        """Whether the person agreed to exactly these terms."""
        return self.answer == "agreed" and self.terms == terms

    def leads(self, talk: GuidedTalk, terms: Terms) -> bool:
        """Whether a model may lead a guided talk: one that began after these terms were agreed to."""
        return self.covers(terms) and self.answered_at is not None and self.answered_at <= talk.begun_at

    def is_owed(self, terms: Terms) -> bool:
        """Whether to ask: never asked, or what they agreed to has changed; a no is not asked again."""
        return self.answer is None or (self.answer == "agreed" and self.terms != terms)

    def agree(self, terms: Terms, now: datetime) -> Self:
        """Agree to these terms; twice changes nothing."""
        if self.covers(terms):
            return self
        return self.model_copy(update={"answer": "agreed", "terms": terms, "answered_at": now})

    def decline(self, now: datetime) -> Self:
        """Say no, or take a yes back: what was sent is kept no longer."""
        return self.emptied().model_copy(update={"answer": "declined", "terms": None, "answered_at": now})

    def spend(self, today: date) -> Self:
        """Count one turn of today."""
        return self.model_copy(update=_one_more(self, today))

    def turns_on(self, today: date) -> int:
        """How many turns a day has had."""
        return _turns_on(self, today)

    def keep(self, sent: tuple[str, ...], now: datetime) -> Self:
        """Keep what was sent last, in place of what was sent before."""
        return self.model_copy(update={"sent": sent, "sent_at": now})

    def emptied(self) -> Self:
        """Forget what was sent."""
        return self.model_copy(update={"sent": (), "sent_at": None})


class ModelDay(Document):
    """The turns that a workspace's people have had with a model on one day, all together."""

    kind: ClassVar[str] = "model_day"
    id: str = WORKSPACE
    day: date | None = None
    turns: int = 0

    def spend(self, today: date) -> Self:
        """Count one turn of today."""
        return self.model_copy(update=_one_more(self, today))

    def turns_on(self, today: date) -> int:
        """How many turns a day has had."""
        return _turns_on(self, today)


def _turns_on(counted: Consent | ModelDay, today: date) -> int:
    """The turns of a day; one that comes back, as by a change of zone, is the one counted last."""
    return counted.turns if counted.day is not None and today <= counted.day else 0


def _one_more(counted: Consent | ModelDay, today: date) -> dict[str, date | int]:
    return {"day": max(today, counted.day or today), "turns": _turns_on(counted, today) + 1}


def is_allowed(policy: Policy) -> bool:
    """Whether the admins let a model speak, and have named somebody to turn to in need."""
    return policy.of(COACHING).model == "allowed" and bool(policy.support)


async def of(desk: Desk, me: PersonId) -> Consent:
    """What a person has said so far."""
    return await desk.store.look(lambda read: found(read, me), load=[Key(Consent, me)])


def found(read: Snapshot, me: PersonId) -> Consent:
    """What a person has said so far, as a decision sees it."""
    return read.find(Consent, me) or Consent(id=me)


async def agree(desk: Desk, me: PersonId, terms: Terms, now: datetime) -> Consent:
    """Agree to a model's terms."""

    def decide(read: Snapshot) -> tuple[Consent, Changes]:
        said = found(read, me).agree(terms, now)
        return said, together(Changes(put=[said]), member_list.wanted(read, now))

    return await desk.store.commit(decide, load=[Key(Consent, me)])


async def decline(desk: Desk, me: PersonId, now: datetime) -> Consent:
    """Say no to a model, or take a yes back: what was sent, and what a model wrote, is erased."""
    talks = await desk.store.ids(GUIDED_TALKS.of(me), limit=MOST_TALKS)

    def decide(read: Snapshot) -> tuple[Consent, Changes]:
        said = found(read, me).decline(now)
        kept = read.all(GuidedTalk, talks)
        return said, together(
            Changes(put=[said], later=[Never(FORGET_SENT, me)]), *(_purged(talk, now) for talk in kept)
        )

    return await desk.store.commit(decide, load=[Key(Consent, me), *(Key(GuidedTalk, id) for id in talks)])


def _purged(talk: GuidedTalk, now: datetime) -> Changes:
    """The changes that take a model's words out of a guided talk; the person's own stay theirs."""
    bare = talk.without_model()
    if bare == talk:
        return NONE
    turns = [number for number, turn in enumerate(talk.turns) if turn.by != GUIDE]
    shows = [Show(TURN.of(talk.id, number), to=talk.person_id) for number in turns]
    # A question that waits is asked anew, by the guide.
    later = [Later(TALK_TURN, talk.id, now)] if bare.needs_question else []
    return Changes(put=[bare], later=later, show=[Show(talk.thing, to=talk.person_id), *shows])


async def reserve(desk: Desk, me: PersonId, terms: Terms, today: date) -> Leave:
    """Count a turn of today before it is asked for, or say why a model must not be asked.

    Both counts are read and written in one commit, so that no two workers pass a limit.
    """
    rules = desk.policy.of(COACHING)

    def decide(read: Snapshot) -> tuple[Leave, Changes]:
        said, all_said = found(read, me), read.find(ModelDay, WORKSPACE) or ModelDay()
        if not is_allowed(desk.policy) or not said.covers(terms):
            return "not_agreed", NONE
        if said.turns_on(today) >= rules.turns_per_day:
            return "capped", NONE
        if all_said.turns_on(today) >= rules.workspace_turns_per_day:
            return "shared_cap", NONE
        return "granted", Changes(put=[said.spend(today), all_said.spend(today)])

    return await desk.store.commit(decide, load=[Key(Consent, me), Key(ModelDay, WORKSPACE)])


async def record(desk: Desk, me: PersonId, terms: Terms, sent: tuple[str, ...], now: datetime) -> bool:
    """Keep what was sent, so that the person can see it; return whether they still agree to it."""

    def decide(read: Snapshot) -> tuple[bool, Changes]:
        said = found(read, me)
        if not said.covers(terms):
            return False, NONE
        forget = Later(FORGET_SENT, me, now + PAYLOAD_KEPT)
        return True, Changes(put=[said.keep(sent, now)] if sent else [], later=[forget] if sent else [])

    return await desk.store.commit(decide, load=[Key(Consent, me)])


async def forget_sent(desk: Desk, me: PersonId, due: Due | None = None) -> None:
    """Forget what was sent, at the end of its time."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        return None, emptied(read, me)

    await desk.store.commit(decide, load=[Key(Consent, me)], due=due)


def emptied(read: Snapshot, me: PersonId) -> Changes:
    """The changes that forget what was sent last, if anything was."""
    said = read.find(Consent, me)
    return Changes(put=[said.emptied()], later=[Never(FORGET_SENT, me)]) if said and said.sent else NONE
