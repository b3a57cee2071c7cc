"""The list of a workspace's members: read page by page in the background, used when whole, and forgotten."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import make
import pytest
from app_model import Opened
from app_world import World, start_world
from office import Office

from coaching.ai.known_names import KnownNames
from kernel.values import WORKSPACE, PersonId
from mentoring.admins import member_list
from mentoring.admins.admins import MOST, Admins, admins_of
from mentoring.admins.member_list import MEMBERS, READ_MEMBERS, Member, MemberList, MemberPage, page_id
from mentoring.model.alert import REACH_ADMINS
from mentoring.model.person import Person, SlackFacts
from sensing.privacy.masking import masked

NOW = make.NOW
STEERING = ("U0ADA", "U0EMILY", "U0RUBY")
TOKYO, BERLIN = "Asia/Tokyo", "Europe/Berlin"


def some(*names: str, zone: str = BERLIN, **changed: str) -> list[Member]:
    """Members who are called so."""
    facts = [SlackFacts(id=PersonId(f"U{name}"), name=name, zone=zone, **changed) for name in names]
    return [Member(facts=it, handle=f"{it.name.lower()}.x") for it in facts]


async def read_through(office: Office, pages: Iterable[list[Member]]) -> MemberList:
    """Take pages as one reading."""
    listed, written = MemberList(), list(pages)
    for number, page in enumerate(written, 1):
        listed = await member_list.take(office.desk, page, "more" if number < len(written) else "", NOW)
    return listed


async def named(office: Office) -> list[str]:
    """The names on the pages in use."""
    listed = await member_list.known(office.desk)
    pages = await office.desk.store.look(lambda read: read.all(MemberPage, [key.id for key in listed.keys]))
    return [name for page in pages for name in page.names]


async def upcoming(office: Office) -> list[str]:
    """What is still to be done, without telling admins."""
    return [
        it.kind for it in await office.stores.agenda.upcoming(office.workspace) if it.kind != REACH_ADMINS
    ]


async def test_a_list_is_in_use_only_once_its_last_page_is_there(office: Office):
    half = await member_list.take(office.desk, some("Maya"), "more", NOW)
    assert not half.is_read
    assert await upcoming(office) == [READ_MEMBERS]

    whole = await member_list.take(office.desk, some("Priya"), "", NOW)

    assert whole.is_read
    assert await named(office) == ["Maya", "maya.x", "Priya", "priya.x"]


async def test_while_a_list_is_read_anew_the_one_before_stays_whole(office: Office):
    await read_through(office, [some("Maya"), some("Priya")])

    await member_list.take(office.desk, some("Jonas"), "more", NOW)

    assert await named(office) == ["Maya", "maya.x", "Priya", "priya.x"]
    await member_list.take(office.desk, some("Lena"), "", NOW)
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
        await member_list.want(office.desk, at)

        assert (await office.get(MemberList, MEMBERS)).moved_at == (at if is_new else NOW)


async def test_a_day_after_it_was_read_the_list_is_read_again(office: Office):
    await read_through(office, [some("Maya")])

    again = (await office.planned())[READ_MEMBERS, MEMBERS]
    assert timedelta(hours=23) <= again - NOW <= timedelta(hours=25)


async def test_all_of_a_long_list_is_forgotten_some_pages_at_a_time(office: Office):
    await read_through(office, [some(f"Maya{number}") for number in range(60)])
    await read_through(office, [some("Maya")])

    for _ in range(3):
        await member_list.forget(office.desk, NOW)

    ids = [page_id(version, number) for version in (0, 1) for number in range(60)]
    assert await office.desk.store.look(lambda read: read.all(MemberPage, ids)) == []
    assert not (await member_list.known(office.desk)).is_read
    assert await upcoming(office) == []


async def test_names_are_not_known_before_the_list_is_nor_when_a_page_of_it_is_gone(office: Office):
    names = KnownNames()
    assert await names.of(office.desk, MemberList(), NOW) is None

    listed = await read_through(office, [some("Priya"), some("Raj")])
    assert await names.of(office.desk, listed.model_copy(update={"pages": 3}), NOW) is None

    known = await names.of(office.desk, listed, NOW)
    assert known is not None
    assert masked(["Priya and Raj"], known)[0][0] == "[name 1] and [name 2]"


@pytest.mark.parametrize("later", [timedelta(0), make.MINUTE, 11 * make.MINUTE])
async def test_whoever_the_app_has_met_since_is_known_at_once(office: Office, later: timedelta):
    names, listed = KnownNames(), await read_through(office, [some("Priya")])
    await names.of(office.desk, listed, NOW)
    await office.put(make.person("U0JONAS", name="Jonas", seen_at=NOW + later))

    known = await names.of(office.desk, listed, NOW + later)

    assert known is not None
    assert masked(["Priya and Jonas"], known)[0][0] == "[name 1] and [name 2]"


async def test_a_large_workspace_is_read_page_by_page_and_goes_on_after_a_restart(
    opened_with_model: Callable[..., Opened],
):
    async with opened_with_model(people=450) as world:
        await member_list.want(await world.desk(), world.now)
        await world.settle()
        first = await world.get(MemberList, MEMBERS)
        assert first.reading is not None
        assert first.reading.pages == 1
        assert not first.is_read

        await world.restart()
        for _ in range(5):
            await world.skip(member_list.PAUSE)

        listed = await world.get(MemberList, MEMBERS)
        assert (listed.version, listed.pages) == (1, 3)
        assert "Priya" in " ".join([name for page in await pages(world, listed) for name in page.names])


async def pages(world: World, listed: MemberList) -> list[MemberPage]:
    return [await world.get(MemberPage, key.id) for key in listed.keys]


async def test_when_slack_says_to_wait_the_reading_goes_on_where_it_was(tmp_path: Path, redis_url: str):
    async with start_world(tmp_path, redis_url, people=450) as world:
        await world.settle()
        first = await world.get(MemberList, MEMBERS)
        assert first.reading is not None
        world.slack.faults.rate_limit("users.list", times=1, retry_after=30)
        await world.skip(member_list.PAUSE)

        await world.skip(timedelta(seconds=20))
        assert (await world.get(MemberList, MEMBERS)).reading == first.reading
        for _ in range(5):
            await world.skip(timedelta(seconds=10))

        assert await admins_of(await world.desk()) == STEERING


async def test_a_reading_goes_on_after_slack_was_away_for_long(tmp_path: Path, redis_url: str):
    async with start_world(tmp_path, redis_url, people=250) as world:
        await world.settle()
        world.slack.faults.fail("users.list", times=9)
        await world.skip(member_list.PAUSE)
        assert await world.find(Admins, WORKSPACE) is None

        for _ in range(10):
            await world.skip(timedelta(minutes=6))

        assert await admins_of(await world.desk()) == STEERING
        assert await world.app.worker.stores.agenda.dead() == []


async def test_what_slack_refuses_to_list_is_tried_again_a_day_later(tmp_path: Path, redis_url: str):
    async with start_world(tmp_path, redis_url, scopes=["commands", "chat:write", "im:history"]) as world:
        await world.settle()

        coming = await world.app.worker.stores.agenda.upcoming(world.workspace)

        assert [it.kind for it in coming] == [READ_MEMBERS]
        assert coming[0].at - world.now > timedelta(hours=22)
        assert await world.app.worker.stores.agenda.dead() == []


@pytest.mark.parametrize("missing", ["is_set", "is_allowed"])
async def test_where_no_model_may_speak_nobodys_name_is_kept_and_what_was_kept_goes(
    opened_with_model: Callable[..., Opened], missing: str
):
    async with opened_with_model(**{missing: False}) as world:
        desk = await world.desk()
        await member_list.take(desk, some("Maya"), "", world.now)
        await world.skip(timedelta(hours=26))

        listed = await world.get(MemberList, MEMBERS)
        assert (listed.is_read, listed.pages, listed.zone) == (False, 0, "UTC")
        assert await world.find(MemberPage, page_id(1, 0)) is None
        assert await admins_of(await world.desk()) == STEERING


async def test_names_are_read_from_the_first_page_once_a_model_may_speak(office: Office):
    await member_list.take(office.desk, some("Maya"), "more", NOW, names=False)
    assert await office.find(MemberPage, page_id(1, 0)) is None

    await member_list.begin_anew(office.desk, NOW)
    await member_list.take(office.desk, some("Maya"), "", NOW, names=True)

    assert await named(office) == ["Maya", "maya.x"]


async def test_without_names_a_list_is_wanted_again_for_the_names(office: Office):
    await member_list.take(office.desk, some("Maya"), "", NOW, names=False)
    later = NOW + make.HOUR

    await member_list.want(office.desk, later, names=False)
    assert (await office.get(MemberList, MEMBERS)).moved_at == NOW
    await member_list.want(office.desk, later)
    assert (await office.get(MemberList, MEMBERS)).moved_at == later


async def test_owners_and_admins_are_known_without_having_used_the_app(socket_world: World):
    await socket_world.settle()

    assert await admins_of(await socket_world.desk()) == STEERING
    assert await socket_world.find(Person, STEERING[0]) is None


async def test_apps_and_whoever_left_do_not_steer(office: Office):
    boss, bot, gone = [SlackFacts(id=PersonId(f"U{it}"), name=it, is_admin=True) for it in "ABC"]
    page = [
        Member(facts=boss),
        Member(facts=bot.model_copy(update={"standing": "bot"})),
        Member(facts=gone.model_copy(update={"standing": "left"})),
        *some("Maya"),
    ]

    await member_list.take(office.desk, page, "", NOW)

    assert (await office.get(Admins, WORKSPACE)).ids == ("UA",)


async def test_who_is_an_admin_no_longer_does_not_steer_nor_does_a_policy_name_that_left(office: Office):
    was, left = PersonId("U0WAS"), PersonId("U0LEFT")
    office.policy = make.POLICY.model_copy(update={"admins": frozenset({left, PersonId("U0NAMED")})})
    await office.put(Admins(ids=(was, PersonId("U0BOSS")), read_at=NOW))
    await office.put(make.person(left, standing="left"), make.person(was, seen_at=NOW + make.HOUR))

    assert await admins_of(office.desk) == ("U0BOSS", "U0NAMED")


async def test_whom_the_policy_names_and_slack_does_not_list_is_told_nothing(office: Office):
    office.policy = make.POLICY.model_copy(
        update={"admins": frozenset({PersonId("UMaya"), PersonId("U0TYPO")})}
    )
    assert await admins_of(office.desk) == ("U0TYPO", "UMaya")

    await read_through(office, [some("Maya"), some("Priya")])

    assert await admins_of(office.desk) == ("UMaya",)


async def test_of_very_many_admins_only_so_many_are_kept(office: Office):
    crowd = [SlackFacts(id=PersonId(f"U{number:03}"), name="x", is_admin=True) for number in range(300)]

    for part, cursor in ((crowd[:150], "more"), (crowd[150:], "")):
        await member_list.take(office.desk, [Member(facts=it) for it in part], cursor, NOW)

    assert len((await office.get(Admins, WORKSPACE)).ids) == MOST


async def test_an_uninstall_takes_the_names_with_it(opened_with_model: Callable[..., Opened]):
    async with opened_with_model() as world:
        await member_list.want(await world.desk(), world.now)
        await world.settle()
        listed = await world.get(MemberList, MEMBERS)
        assert listed.is_read

        await world.app.worker.stores.erase(world.workspace)

        assert await world.find(MemberPage, listed.keys[0].id) is None
