"""What Slack says about people and about the installation, on its way to the domain."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kernel.store import Changes, Later
from mentoring.model.person import Person
from slackapp.workspaces.people import facts_of, standing_of

MAYA, RAJ = "U0MAYA", "U0RAJ"
HOME = frozenset({"T1"})
USER = {"id": "U1", "team_id": "T1", "name": "maya", "tz": "Europe/Berlin"}


@pytest.mark.parametrize(
    ("changed", "standing"),
    [
        ({}, "active"),
        ({"deleted": True, "is_bot": True}, "left"),
        ({"is_bot": True}, "bot"),
        ({"id": "USLACKBOT"}, "bot"),
        ({"team_id": "T2", "is_restricted": True}, "outside"),
        ({"is_stranger": True}, "outside"),
        ({"is_restricted": True}, "guest"),
        ({"is_ultra_restricted": True}, "guest"),
        ({"team_id": "T2", "enterprise_user": {"enterprise_id": "T1"}}, "active"),
    ],
)
def test_each_flag_of_slack_gives_a_standing(changed, standing):
    assert standing_of(USER | changed, HOME) == standing


def test_a_zone_that_this_machine_does_not_know_becomes_utc():
    assert facts_of(USER | {"tz": "Mars/Base"}, HOME).zone == "UTC"
    assert facts_of(USER, HOME).zone == "Europe/Berlin"


@pytest.mark.parametrize("name", [None, "", "Mars/Base", 5])
@pytest.mark.parametrize(
    "minutes", [-720, -570, -480, -210, 0, 60, 210, 270, 330, 345, 390, 525, 570, 630, 765, 840]
)
def test_without_a_name_a_zone_is_as_far_from_utc_as_slack_says(name, minutes):
    zone = facts_of(USER | {"tz": name, "tz_offset": minutes * 60}, HOME).zone

    offsets = {datetime(2026, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() for month in (1, 7)}
    assert timedelta(minutes=minutes) in offsets


@pytest.mark.parametrize(
    ("status", "until"),
    [
        ({"status_emoji": ":palm_tree:", "status_expiration": 1_800_000_000}, 1_800_000_000),
        ({"status_emoji": ":palm_tree:", "status_expiration": 0}, None),
        ({"status_emoji": ":palm_tree:"}, None),
        ({"status_emoji": ":palm_tree:", "status_expiration": 10**12}, None),
        ({"status_emoji": ":spiral_calendar_pad:", "status_expiration": 1_800_000_000}, None),
    ],
)
def test_a_vacation_in_the_status_lasts_until_its_end(status, until):
    found = facts_of(USER | {"profile": status}, HOME).vacation_until

    assert found == (until and datetime.fromtimestamp(until, UTC))


async def test_who_goes_on_vacation_is_not_asked_before_its_end(socket_world):
    world = socket_world
    await world.enrol(RAJ, topics={"python": 3})
    end = world.now + timedelta(days=10)
    await world.slack.command(MAYA, "/ask-mentor", "How do I profile asyncio? #python")
    await world.settle()
    assert len(await (await world.desk()).store.ids(f"pending-offers-to:{RAJ}")) == 1

    status = {"status_emoji": ":palm_tree:", "status_expiration": int(end.timestamp())}
    await world.slack.change_person(RAJ, **status)
    await world.settle()

    raj = await world.get(Person, RAJ)
    assert (raj.back_at, raj.is_paused(world.now)) == (end.replace(microsecond=0), True)
    assert await (await world.desk()).store.ids(f"pending-offers-to:{RAJ}") == []
    await world.slack.command(RAJ, "/ask-mentor", "resume")
    await world.slack.change_person(RAJ, title="Back already")
    await world.settle()
    assert not (await world.get(Person, RAJ)).is_paused(world.now)


@pytest.mark.parametrize("offset", [None, "19800", 10**9, -(10**9), 1800])
def test_an_offset_that_no_land_has_is_utc(offset):
    assert facts_of(USER | {"tz": None, "tz_offset": offset}, HOME).zone == "UTC"


@pytest.mark.parametrize(
    ("profile", "name"),
    [
        ({"display_name": "Maya", "real_name": "Maya Weber"}, "Maya"),
        ({"display_name": "", "real_name": "Maya Weber"}, "Maya Weber"),
        ({}, "maya"),
    ],
)
def test_a_person_is_called_as_they_call_themselves(profile, name):
    assert facts_of(USER | {"profile": profile}, HOME).name == name


@pytest.mark.parametrize("flag", ["is_admin", "is_owner", "is_primary_owner"])
def test_owners_and_admins_steer(flag):
    assert facts_of(USER | {flag: True}, HOME).is_admin
    assert not facts_of(USER, HOME).is_admin


async def test_whoever_asks_for_the_first_time_is_looked_up_in_slack(world):
    await world.slack.command(MAYA, "/ask-mentor", "Why does my asyncio service stall? #python")
    await world.settle()

    person = await world.get(Person, MAYA)
    assert (person.standing, person.zone) == ("active", "Europe/Berlin")


async def test_someone_whom_slack_does_not_know_belongs_elsewhere(socket_world):
    desk = await socket_world.desk()
    await desk.store.commit(lambda read: (None, Changes(later=[Later("meet", "U0NOBODY", socket_world.now)])))
    await socket_world.settle()

    assert (await socket_world.get(Person, "U0NOBODY")).standing == "outside"


async def test_a_changed_zone_is_taken_over(world):
    await world.enrol(MAYA, topics={"python": 2})

    await world.slack.change_person(MAYA, tz="Asia/Tokyo")
    await world.settle()

    assert (await world.get(Person, MAYA)).zone == "Asia/Tokyo"


async def test_a_change_of_someone_unknown_makes_no_person(socket_world):
    await socket_world.slack.change_person(MAYA, tz="Asia/Tokyo")
    await socket_world.settle()

    assert await socket_world.find(Person, MAYA) is None


async def test_whoever_leaves_is_asked_no_more_and_their_offer_goes_on(socket_world):
    await socket_world.enrol(RAJ, topics={"python": 3})
    await socket_world.enrol("U0AIKO", topics={"python": 1})
    await socket_world.slack.command(MAYA, "/ask-mentor", "Why does my asyncio service stall? #python")
    await socket_world.settle()
    asked = [who for who in (RAJ, "U0AIKO") if socket_world.slack.dm(who)]

    await socket_world.slack.change_person(asked[0], deleted=True)
    await socket_world.settle()

    (other,) = {RAJ, "U0AIKO"} - set(asked)
    assert len(asked) == 1
    assert await socket_world.slack.message(other, containing="Can you help")
    assert (await socket_world.get(Person, asked[0])).standing == "left"


async def test_removing_the_app_erases_everything_of_the_workspace(http_world):
    await http_world.slack.command(MAYA, "/ask-mentor", "Why does my asyncio service stall? #python")
    await http_world.settle()
    stores = http_world.app.worker.stores

    await http_world.slack.uninstall()
    await http_world.slack.settled()

    store = stores.of(http_world.workspace)
    assert await store.count("people") == 0
    assert await stores.agenda.upcoming(http_world.workspace) == []
    await http_world.slack.skip(timedelta(days=3))
    await http_world.app.quiet()
    assert await stores.agenda.dead() == []
