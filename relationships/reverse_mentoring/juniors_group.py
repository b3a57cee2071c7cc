"""A group message of juniors who mentor somebody more senior: each opts in, and no senior is told of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime

from kernel.desk import Desk
from kernel.errors import Ended
from kernel.kinds import HOME, AgendaKind, ListName
from kernel.store import EVERY, NONE, Changes, Due, Key, Later, Never, Show, Snapshot
from kernel.values import Document, PersonId
from mentoring.model.person import Person, stranger
from mentoring.people.managers import are_in_line
from relationships.mentorships.record import MENTORING_UPWARDS

WAITING = "juniors-who-wait"
GROUP_WISH_OF = ListName("juniors-group-wish-of")
GROUPS_OF = ListName("juniors-groups-of")
FORGET_GROUP = AgendaKind("forget_juniors_group", "relationships.reverse_mentoring.juniors_group.forget")
FORGET_GROUP_WISH = AgendaKind(
    "forget_juniors_group_wish", "relationships.reverse_mentoring.juniors_group.forget_wish"
)
FEWEST, MOST = 3, 7  # a group message holds eight with the app
LOOKED_AT = 50
ROOM = "group:"  # with which the place of a group begins, where it is to be shown

State = Literal["waiting", "placed", "failed"]


class GroupWish(Document):
    """That a junior would like to meet others; its id is theirs. *failed*: Slack opened no group message."""

    kind: ClassVar[str] = "juniors-group-wish"
    id: PersonId
    state: State = "waiting"
    wished_at: AwareDatetime

    def lists(self) -> Mapping[str, datetime]:
        """One's own; and all who wait."""
        own = {GROUP_WISH_OF.of(self.id): self.wished_at}
        return {**own, WAITING: self.wished_at} if self.state == "waiting" else own

    def moved(self, state: State) -> Self:
        """A copy in another state."""
        return self.model_copy(update={"state": state})


class JuniorsGroup(Document):
    """Juniors who share a group message; *channel* is Slack's, once it is open."""

    kind: ClassVar[str] = "juniors-group"
    members: tuple[PersonId, ...]
    channel: str | None = None
    has_failed: bool = False
    made_at: AwareDatetime

    def lists(self) -> Mapping[str, datetime]:
        """The groups of each."""
        return {GROUPS_OF.of(each): self.made_at for each in self.members}

    @property
    def place(self) -> str:
        """Where it is shown."""
        return f"{ROOM}{self.id}"


async def join(desk: Desk, me: PersonId, now: datetime, *, group_id: str) -> State:
    """Wish to meet others; as soon as three who can be together wait, they get a group under this id.

    Refused to whoever mentors nobody more senior. Twice changes nothing.
    """
    if not await desk.store.ids(MENTORING_UPWARDS.of(me), limit=1):
        raise Ended

    def decide(read: Snapshot) -> tuple[None, Changes]:
        before = read.find(GroupWish, me)
        if before is not None and before.state != "failed":
            return None, NONE
        kept = timedelta(days=desk.policy.retention.relationship_days)
        later = [Later(FORGET_GROUP_WISH, me, now + kept)]
        return None, Changes(put=[GroupWish(id=me, wished_at=now)], later=later, show=[Show(HOME, me)])

    await desk.store.commit(decide, load=[Key(GroupWish, me)])
    return await _gather(desk, me, now, group_id)


async def leave(desk: Desk, me: PersonId, now: datetime) -> None:
    """Wait no longer; a group message that is there stays, and can be closed in Slack."""
    gone = Changes(drop=[Key(GroupWish, me)], later=[Never(FORGET_GROUP_WISH, me)], show=[Show(HOME, me)])
    await desk.store.commit(lambda _: (None, gone), load=[Key(GroupWish, me)])


async def _gather(desk: Desk, me: PersonId, now: datetime, group_id: str) -> State:
    """Put those who wait together: read after one's own wish, so that of two at once the later sees all."""
    waiting = await desk.store.ids(WAITING, limit=LOOKED_AT)

    def decide(read: Snapshot) -> tuple[State, Changes]:
        wishes = [it for it in read.all(GroupWish, waiting) if it.state == "waiting"]
        mine = read.find(GroupWish, me)
        if mine is None or mine.state != "waiting":
            return mine.state if mine else "waiting", NONE
        company = _company(read, me, sorted(wishes, key=lambda it: (it.wished_at, it.id)), now)
        if len(company) < FEWEST:
            return "waiting", NONE
        group = JuniorsGroup(id=group_id, members=tuple(it.id for it in company), made_at=now)
        kept = timedelta(days=desk.policy.retention.relationship_days)
        return "placed", Changes(
            put=[group, *(it.moved("placed") for it in company)],
            later=[Later(FORGET_GROUP, group_id, now + kept)],
            show=[Show(group.thing, to=group.place), *(Show(HOME, it.id) for it in company)],
        )

    return await desk.store.commit(decide, load=[Key(GroupWish, me)])


def _company(read: Snapshot, me: PersonId, wishes: Iterable[GroupWish], now: datetime) -> list[GroupWish]:
    """Whom one can be together with, and oneself: none in line with another, or to be kept apart."""
    wishes = list(wishes)
    company = [it for it in wishes if it.id == me]
    for wish in wishes:
        if wish.id != me and len(company) < MOST and _can_join(read, wish.id, company, now):
            company.append(wish)
    return company


def _can_join(read: Snapshot, who: PersonId, company: Sequence[GroupWish], now: datetime) -> bool:
    person = read.find(Person, who) or stranger(who, now)
    others = [read.find(Person, it.id) or stranger(it.id, now) for it in company]
    return not any(are_in_line(read, person, it) or person.is_kept_from(it) for it in others)


async def opened(desk: Desk, group_id: str, channel: str) -> None:
    """Keep Slack's conversation of a group."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        group = read.get(JuniorsGroup, group_id)
        return None, Changes(put=[group.model_copy(update={"channel": channel})])

    await desk.store.commit(decide, load=[Key(JuniorsGroup, group_id)])


async def failed(desk: Desk, group_id: str) -> None:
    """Note that Slack opens no group message here, as it lacks the scope; all can wish it again."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        group = read.get(JuniorsGroup, group_id)
        wishes = read.all(GroupWish, group.members)
        return None, Changes(
            put=[group.model_copy(update={"has_failed": True}), *(it.moved("failed") for it in wishes)]
        )

    await desk.store.commit(decide, load=[Key(JuniorsGroup, group_id)])


async def step_out(desk: Desk, me: PersonId, now: datetime) -> None:
    """Take somebody who asks to be erased out of what is kept of their groups."""
    ids = await desk.store.ids(GROUPS_OF.of(me), limit=EVERY)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        groups = read.all(JuniorsGroup, ids)
        rest = [it.model_copy(update={"members": tuple(o for o in it.members if o != me)}) for it in groups]
        return None, Changes(put=rest)

    await desk.store.commit(decide, load=[Key(JuniorsGroup, id) for id in ids])


async def forget_wish(desk: Desk, me: PersonId, now: datetime, due: Due | None = None) -> None:
    """Drop a wish whose time to be kept is over; who still wants a group wishes it anew."""
    await desk.store.commit(lambda _: (None, Changes(drop=[Key(GroupWish, me)])), due=due)


async def forget(desk: Desk, group_id: str, now: datetime, due: Due | None = None) -> None:
    """Drop what is kept of a group; the conversation itself is Slack's."""
    await desk.store.commit(lambda _: (None, Changes(drop=[Key(JuniorsGroup, group_id)])), due=due)
