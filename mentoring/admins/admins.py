"""Who steers a workspace: whom the policy names, Slack's owners and admins, and admins who used the app."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from pydantic import AwareDatetime

from kernel.desk import Desk
from kernel.policy import Policy
from kernel.store import Changes, Snapshot
from kernel.values import WORKSPACE, Document, PersonId
from mentoring.model.person import GONE, Person

MOST = 200


class Admins(Document):
    """The owners and admins as Slack last listed them; *ids* is empty where it lists nobody.

    *absent* are those whom the policy named then and who are not in the list, or have left.
    """

    kind: ClassVar[str] = "owners_and_admins"
    id: str = WORKSPACE
    ids: tuple[PersonId, ...] = ()
    absent: frozenset[PersonId] = frozenset()
    read_at: AwareDatetime


async def met_admins(desk: Desk) -> list[PersonId]:
    """The owners and admins who have used the app, the latest first."""
    return [PersonId(id) for id in await desk.store.ids("admins", limit=MOST)]


async def admins_of(desk: Desk) -> tuple[PersonId, ...]:
    """Who steers this workspace as things stand; sorted."""
    met = await met_admins(desk)
    return await desk.store.look(lambda read: admins(read, desk.policy, met))


def admins(read: Snapshot, policy: Policy, met: Iterable[PersonId]) -> tuple[PersonId, ...]:
    """Who steers, sorted; left out is whoever is known to be gone, or to be an admin no longer."""
    listed = listed_admins(read)
    by_slack = {*met, *(listed.ids if listed else ())}
    known = {person.id: person for person in read.all(Person, sorted(by_slack | policy.admins))}
    since = listed.read_at if listed else None
    absent = listed.absent if listed else frozenset()
    here = {id for id in policy.admins if not _is_away(known.get(id), id in absent)}
    return tuple(sorted(here | {id for id in by_slack if _still_steers(known.get(id), since)}))


def steers(read: Snapshot, policy: Policy, me: PersonId) -> bool:
    """Whether somebody steers this workspace, as *admins* says, without looking at all the others."""
    return is_admin(next(iter(read.all(Person, [me])), None), listed_admins(read), policy, me)


def is_admin(person: Person | None, listed: Admins | None, policy: Policy, me: PersonId) -> bool:
    """Whether somebody steers, from what is known of them and of the list."""
    if me in policy.admins and not _is_away(person, listed is not None and me in listed.absent):
        return True
    is_met = person is not None and person.is_admin and person.standing == "active"
    by_slack = is_met or (listed is not None and me in listed.ids)
    return by_slack and _still_steers(person, listed.read_at if listed else None)


def steer_no_more(
    read: Snapshot, ids: Iterable[PersonId], steering: Iterable[PersonId]
) -> frozenset[PersonId]:
    """Who of *ids* surely steers no more: known as no admin, or not on a list of Slack's that names some."""
    listed, maybe = listed_admins(read), sorted(set(ids) - set(steering))
    if listed and listed.ids:
        return frozenset(maybe)
    return frozenset(it.id for it in read.all(Person, maybe) if it.standing != "unknown")


def listed_admins(read: Snapshot) -> Admins | None:
    """The owners and admins as Slack lists them, or None as long as they were not read."""
    return next(iter(read.all(Admins, [WORKSPACE])), None)


async def none_listed(desk: Desk, now: datetime) -> None:
    """Note that Slack has no list of owners and admins here."""
    await desk.store.commit(lambda _: (None, Changes(put=[Admins(read_at=now)])))


def _is_away(person: Person | None, is_absent: bool) -> bool:
    if person is None or person.standing == "unknown":
        return is_absent
    return person.standing in (*GONE, "bot")


def _still_steers(person: Person | None, since: datetime | None) -> bool:
    """Whether somebody whom Slack once called an admin is one: what was heard last counts."""
    if person is None or person.standing == "unknown":
        return True
    is_stale = since is not None and person.seen_at < since
    return person.standing == "active" and (person.is_admin or is_stale)
