"""The list of a workspace's members: read page by page in the background, used when whole, and forgotten."""

from collections.abc import Callable, Iterable
from datetime import timedelta

import make
import pytest
from app_model import Opened
from app_world import World
from office import Office

from coaching.known_names import KnownNames
from mentoring import members
from mentoring.members import MEMBERS, READ_MEMBERS, Member, MemberList, MemberPage, page_id
from mentoring.person import SlackFacts
from mentoring.values import PersonId
from sensing.masking import masked

NOW = make.NOW
TOKYO, BERLIN = "Asia/Tokyo", "Europe/Berlin"


def some(*names: str, zone: str = BERLIN, **changed: str) -> list[Member]:
    """Return members who are called so."""
    facts = [SlackFacts(id=PersonId(f"U{name}"), name=name, zone=zone, **changed) for name in names]
    return [Member(facts=it, handle=f"{it.name.lower()}.x") for it in facts]


async def read_through(office: Office, pages: Iterable[list[Member]]) -> MemberList:
    """Take pages as one reading."""
    listed, written = MemberList(), list(pages)
    for number, page in enumerate(written, 1):
        listed = await members.take(office.desk, page, "more" if number < len(written) else "", NOW)
    return listed


async def named(office: Office) -> list[str]:
    """Return the names on the pages in use."""
    listed = await members.known(office.desk)
    pages = await office.desk.store.look(lambda read: read.all(MemberPage, [key.id for key in listed.keys]))
    return [name for page in pages for name in page.names]


async def upcoming(office: Office) -> list[str]:
    return [it.kind for it in await office.stores.agenda.upcoming(office.workspace)]


async def test_a_list_is_in_use_only_once_its_last_page_is_there(office: Office):
    half = await members.take(office.desk, some("Maya"), "more", NOW)
    assert not half.is_read
    assert await upcoming(office) == [READ_MEMBERS]

    whole = await members.take(office.desk, some("Priya"), "", NOW)

    assert whole.is_read
    assert await named(office) == ["Maya", "maya.x", "Priya", "priya.x"]


async def test_while_a_list_is_read_anew_the_one_before_stays_whole(office: Office):
    await read_through(office, [some("Maya"), some("Priya")])

    await members.take(office.desk, some("Jonas"), "more", NOW)

    assert await named(office) == ["Maya", "maya.x", "Priya", "priya.x"]
    await members.take(office.desk, some("Lena"), "", NOW)
    assert await named(office) == ["Jonas", "jonas.x", "Lena", "lena.x"]


async def test_of_a_list_that_has_become_shorter_no_page_stays_behind(office: Office):
    await read_through(office, [some("Maya"), some("Priya"), some("Raj")])
    for _ in range(2):
        await read_through(office, [some("Jonas")])

    ids = [page_id(version, number) for version in (0, 1) for number in range(3)]
    left = await office.desk.store.look(lambda read: read.all(MemberPage, ids))
    assert sorted(page.id for page in left) == ["0.0", "1.0"]


async def test_apps_are_no_people_and_those_who_left_still_are(office: Office):
    await read_through(office, [[*some("Bot", standing="bot"), *some("Maya", standing="left")]])

    assert await named(office) == ["Maya", "maya.x"]


async def test_the_days_zone_is_where_most_of_those_live_who_are_there(office: Office):
    gone = some("Ada", "Ben", "Cy", zone="UTC", standing="left")

    listed = await read_through(office, [some("Maya", zone=TOKYO), [*some("Jonas", "Lena"), *gone]])

    assert listed.zone == BERLIN


async def test_a_reading_is_wanted_once_and_again_when_it_has_not_moved_for_long(office: Office):
    for at, is_new in ((NOW, True), (NOW + make.MINUTE, False), (NOW + make.HOUR, True)):
        await members.want(office.desk, at)

        assert (await office.get(MemberList, MEMBERS)).moved_at == (at if is_new else NOW)


async def test_a_day_after_it_was_read_the_list_is_read_again(office: Office):
    await read_through(office, [some("Maya")])

    [again] = await office.stores.agenda.upcoming(office.workspace)
    assert again.kind == READ_MEMBERS
    assert timedelta(hours=23) <= again.at - NOW <= timedelta(hours=25)


async def test_all_of_a_long_list_is_forgotten_some_pages_at_a_time(office: Office):
    await read_through(office, [some(f"Maya{number}") for number in range(60)])
    await read_through(office, [some("Maya")])

    for _ in range(3):
        await members.forget(office.desk, NOW)

    ids = [page_id(version, number) for version in (0, 1) for number in range(60)]
    assert await office.desk.store.look(lambda read: read.all(MemberPage, ids)) == []
    assert not (await members.known(office.desk)).is_read
    assert await upcoming(office) == []


async def test_names_are_not_known_before_the_list_is_nor_when_a_page_of_it_is_gone(office: Office):
    names = KnownNames()
    assert await names.of(office.desk, MemberList(), NOW) is None

    listed = await read_through(office, [some("Priya"), some("Raj")])
    assert await names.of(office.desk, listed.model_copy(update={"pages": 3}), NOW) is None

    known = await names.of(office.desk, listed, NOW)
    assert known is not None
    assert masked(["Priya and Raj"], known)[0][0] == "[name 1] and [name 2]"


async def test_whoever_the_app_has_met_since_is_known_after_ten_minutes(office: Office):
    names, listed = KnownNames(), await read_through(office, [some("Priya")])
    await names.of(office.desk, listed, NOW)
    await office.put(make.person("U0JONAS", name="Jonas"))

    known = await names.of(office.desk, listed, NOW + 11 * make.MINUTE)

    assert known is not None
    assert masked(["Priya and Jonas"], known)[0][0] == "[name 1] and [name 2]"


async def test_a_large_workspace_is_read_page_by_page_and_goes_on_after_a_restart(
    opened_with_model: Callable[..., Opened],
):
    async with opened_with_model(people=450) as world:
        await members.want(await world.desk(), world.now)
        await world.settle()
        first = await world.get(MemberList, MEMBERS)
        assert first.reading is not None
        assert first.reading.pages == 1
        assert not first.is_read

        await world.restart()
        for _ in range(5):
            await world.skip(members.PAUSE)

        listed = await world.get(MemberList, MEMBERS)
        assert (listed.version, listed.pages) == (1, 3)
        assert "Priya" in " ".join([name for page in await pages(world, listed) for name in page.names])


async def pages(world: World, listed: MemberList) -> list[MemberPage]:
    return [await world.get(MemberPage, key.id) for key in listed.keys]


async def test_when_slack_says_to_wait_the_reading_goes_on_where_it_was(
    opened_with_model: Callable[..., Opened],
):
    async with opened_with_model(people=250) as world:
        world.slack.faults.rate_limit("users.list", times=1, retry_after=30)
        await members.want(await world.desk(), world.now)
        await world.settle()
        assert (await world.get(MemberList, MEMBERS)).reading is None

        await world.skip(timedelta(seconds=20))
        assert (await world.get(MemberList, MEMBERS)).reading is None
        for _ in range(5):
            await world.skip(timedelta(seconds=10))

        assert (await world.get(MemberList, MEMBERS)).is_read


@pytest.mark.parametrize("missing", ["is_set", "is_allowed"])
async def test_where_no_model_may_speak_nobodys_name_is_read_and_what_was_read_goes(
    opened_with_model: Callable[..., Opened], missing: str
):
    async with opened_with_model(**{missing: False}) as world:
        before = len(world.slack.calls("users.list"))
        desk = await world.desk()
        await members.take(desk, some("Maya"), "", world.now)
        await world.skip(timedelta(hours=26))

        assert len(world.slack.calls("users.list")) == before
        assert await world.find(MemberList, MEMBERS) is None
        assert await world.find(MemberPage, page_id(1, 0)) is None


async def test_an_uninstall_takes_the_names_with_it(opened_with_model: Callable[..., Opened]):
    async with opened_with_model() as world:
        await members.want(await world.desk(), world.now)
        await world.settle()
        listed = await world.get(MemberList, MEMBERS)
        assert listed.is_read

        await world.app.worker.stores.erase(world.workspace)

        assert await world.find(MemberPage, listed.keys[0].id) is None
