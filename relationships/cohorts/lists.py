"""A programme's lists: people and decisions that an admin brings in, and its pairs as they go out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from kernel.desk import Desk
from kernel.store import Changes, Key, Later, Show, Snapshot
from kernel.values import PersonId
from matching.pairing.values import Two
from relationships.cohorts.programme import (
    LISTED_PAIRS,
    MOST_PARTS,
    PROGRAMME_LIST,
    Programme,
    ReadList,
    Side,
    Verb,
)
from relationships.cohorts.programmes import check_admin
from relationships.cohorts.sign_up import SignUp, SignUpChoices, sign_up_id

AT_ONCE = 50


async def list_pairs(desk: Desk, id: str, me: PersonId, now: datetime) -> None:
    """Have an admin sent the pairs as a list."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        check_admin(read, desk.policy, me)
        it = read.get(Programme, id).list_for(me)
        later = [Later(PROGRAMME_LIST, f"{id}.{it.listings}", now)]
        return None, Changes(put=[it], later=later, show=_parts(it, [0]))

    await desk.store.commit(decide, load=[Key(Programme, id)])


async def send_as_messages(desk: Desk, it: Programme, parts: int) -> None:
    """Show a list in so many messages, where no file can be sent."""
    shows = _parts(it, range(1, parts + 1))
    await desk.store.commit(lambda _: (None, Changes(show=shows)), load=[Key(Programme, it.id)])


def _parts(it: Programme, parts: Iterable[int]) -> list[Show]:
    """Where parts of a list are shown; the first, 0, says that it comes."""
    first, to = it.listings * MOST_PARTS, it.listed_for or ""
    return [Show(LISTED_PAIRS.of(it.id, first + part), to) for part in parts]


async def bring_in(
    desk: Desk, programme: Programme, side: Side, people: Mapping[PersonId, SignUpChoices], now: datetime
) -> ReadList:
    """Have the people of a list take part, as it says; who put themselves forward keeps what they asked."""
    by = programme.work.by if programme.work else programme.made_by
    found = ReadList(side=side)
    everyone = sorted(people)
    for begin in range(0, len(everyone), AT_ONCE):
        some = {it: people[it] for it in everyone[begin : begin + AT_ONCE]}
        keys = [Key(SignUp, sign_up_id(programme.id, it)) for it in some]
        counted = await desk.store.commit(
            partial(_brought, programme=programme, by=by, some=some, now=now), load=keys
        )
        sums = {name: getattr(found, name) + counted.get(name, 0) for name in ("fresh", "changed", "kept")}
        found = found.model_copy(update=sums)
    return found


def _brought(
    read: Snapshot,
    *,
    programme: Programme,
    by: PersonId | None,
    some: Mapping[PersonId, SignUpChoices],
    now: datetime,
) -> tuple[dict[str, int], Changes]:
    put, counted = list[SignUp](), dict.fromkeys(("fresh", "changed", "kept"), 0)
    for who, asked in some.items():
        before = read.find(SignUp, sign_up_id(programme.id, who))
        after = _with(before, asked) if before else _new(programme, who, asked, by, now)
        is_own = before is not None and before.added_by is None
        counted["fresh" if before is None else "kept" if is_own or after == before else "changed"] += 1
        put += [after] if after != before else []
    return counted, Changes(put=put)


def _with(before: SignUp, asked: SignUpChoices) -> SignUp:
    roles = {"mentee": before.asked.mentee or asked.mentee, "mentor": before.asked.mentor or asked.mentor}
    said = before.asked if before.added_by is None else asked
    return before.model_copy(update={"asked": said.model_copy(update=roles)})


def _new(
    programme: Programme, who: PersonId, asked: SignUpChoices, by: PersonId | None, now: datetime
) -> SignUp:
    return SignUp(
        id=sign_up_id(programme.id, who),
        programme_id=programme.id,
        programme=programme.name,
        person_id=who,
        asked=asked,
        made_at=now,
        added_by=by,
    )


def decided(it: Programme, decisions: Sequence[tuple[Verb, Two]], now: datetime) -> Programme:
    """A programme with the pins and bans of a list, each in its turn; nothing is paired by it."""
    at_rest = it.rested()
    for verb, two in decisions:
        at_rest = at_rest.decide(verb, [two], now)
    return at_rest.has_read(ReadList(side="pairs", decided=len(decisions)))
