"""Bringing people in: found in Slack by id or e-mail, met, and given what the sheet says."""

from datetime import timedelta

import pytest
from app_world import start_world

from mentoring.model.person import Person
from slackapp.people_import import importing
from slackapp.people_import import sheet as people_csv
from slackapp.process.errors import Stop

HEADING = "slack_id,email,level,topics,minutes_per_week\n"


async def find(world, text):
    place = await world.place()
    sheet = people_csv.read(text if "\n" in text[:-1] else HEADING + text, place.desk.topics)
    assert sheet.problems == ()
    return await importing.find(place, sheet.rows, lambda _read: None)


async def test_people_are_found_by_id_and_by_e_mail(socket_world):
    await socket_world.import_people(HEADING + "U0RAJ,,6,python:3,90\n,maya@northwind.example,2,sql:1,\n")

    raj, maya = await socket_world.get(Person, "U0RAJ"), await socket_world.get(Person, "U0MAYA")
    assert (raj.level, raj.topics, raj.minutes_per_week) == (6, {"python": 3}, 90)
    assert (maya.level, maya.topics) == (2, {"sql": 1})
    assert (raj.is_helper, maya.is_helper) == (True, True)
    assert maya.zone == "Europe/Berlin"


async def test_doing_it_again_changes_nothing_and_empty_cells_keep_what_was(socket_world):
    await socket_world.import_people(HEADING + "U0RAJ,,6,python:3,90\n")
    before = await socket_world.get(Person, "U0RAJ")

    await socket_world.import_people(HEADING + "U0RAJ,,,,\n")

    after = await socket_world.get(Person, "U0RAJ")
    assert after.model_copy(update={"seen_at": before.seen_at}) == before


async def test_everyone_of_the_demo_becomes_a_helper(socket_world):
    await socket_world.enrol_cast()

    assert await (await socket_world.desk()).store.count("helpers") >= 30


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("U0NOBODY,,,,", "line 2, slack_id: nobody in this workspace is U0NOBODY."),
        (",nobody@example.com,,,", "line 2, email: nobody in this workspace is nobody@example.com."),
        ("U0BUILDBOT,,,,", "line 2, slack_id: U0BUILDBOT is an app, not a person."),
    ],
)
async def test_who_cannot_be_enrolled_is_named_with_the_reason(socket_world, line, words):
    found = await find(socket_world, line + "\n")

    assert [str(problem) for problem in found.problems] == [words]
    assert found.rows == ()


async def test_one_person_is_one_row_by_whatever_name(socket_world):
    world = socket_world
    await world.slack.change_person("U0AIKO", deleted=True, email="raj@northwind.example")

    found = await find(
        world,
        "slack_id,email,topics,manager\n"
        "U0RAJ,,python:3,\n"
        ",Raj@northwind.example,sql:1,\n"
        "U0MAYA,lena@northwind.example,,\n"
        "U0NOA,,,who@x.example; U0NOBODY\n",
    )

    assert [str(problem) for problem in found.problems] == [
        "line 3, email: raj@northwind.example is the same person as in line 2.",
        "line 4, email: lena@northwind.example is U0LENA, not U0MAYA.",
        "line 5, manager: nobody in this workspace is who@x.example; write - where there is no manager.",
        "line 5, manager: nobody in this workspace is U0NOBODY; write - where there is no manager.",
    ]


async def test_of_two_accounts_with_one_address_the_open_one_counts(socket_world):
    await socket_world.slack.change_person("U0AIKO", deleted=True, email="raj@northwind.example")
    await socket_world.slack.change_person("U0ZOE", deleted=True, email="raj@northwind.example")

    for line in (",raj@northwind.example,,,", "U0AIKO,raj@northwind.example,,,"):
        found = await find(socket_world, line + "\n")
        assert [facts.id for _, facts in found.rows] == ["U0RAJ"]


async def test_managers_team_function_and_site_are_kept_and_the_line_goes_on(socket_world):
    world = socket_world
    await world.import_people(
        "Work Email;Manager Email;Department;Squad;Location\n"
        "maya@northwind.example;U0RAJ;Engineering;Web;Berlin\n"
        "raj@northwind.example;lena@northwind.example;;;\n"
        "lena@northwind.example;lena@northwind.example;;;\n"
    )

    maya, lena = await world.get(Person, "U0MAYA"), await world.get(Person, "U0LENA")
    said = (maya.managers, maya.function, maya.team, maya.site)
    assert said == (("U0RAJ",), "Engineering", "Web", "Berlin")
    assert lena.managers == ()
    assert (await (await world.desk()).directory.index()).lines.around("U0LENA") == {"U0MAYA", "U0RAJ"}
    await world.import_people("email,manager,team\nmaya@northwind.example,-,-\n")
    maya = await world.get(Person, "U0MAYA")
    assert (maya.managers, maya.team, maya.site) == ((), "", "Berlin")


async def texts(world, person):
    return [message.text for message in world.slack.dm(person)]


async def test_whoever_a_list_enrols_is_told_once_in_their_hours(socket_world):
    world = socket_world
    place = await world.place()

    async def bring_in(text):
        sheet = people_csv.read(text, place.desk.topics)
        found = await importing.find(place, sheet.rows, lambda _read: None)
        await importing.load(place, found, world.now, tell=True)
        await world.settle()

    await bring_in("slack_id,topics,hours\nU0RAJ,python:3,tue-wed 00:00-23:59\nU0MAYA,,\n")
    assert await texts(world, "U0RAJ") == []
    await world.skip(timedelta(days=1))

    (told,) = await texts(world, "U0RAJ")
    assert "You help with" in told
    assert "Python" in told
    assert "Not now" in told
    await bring_in("slack_id,topics\nU0RAJ,python:2;sql:1\nU0LENA,sql\n")
    await world.skip(timedelta(days=7))
    assert len(await texts(world, "U0RAJ")) == 1
    assert await texts(world, "U0MAYA") == []


async def test_a_partner_of_another_workspace_is_named_as_one(socket_world):
    await socket_world.slack.change_person("U0LINH", team_id="T0PARTNER")

    found = await find(socket_world, "U0LINH,,,,\n")

    assert [str(problem) for problem in found.problems] == [
        "line 2, slack_id: U0LINH belongs to another workspace."
    ]


async def test_someone_who_left_is_not_enrolled(socket_world):
    await socket_world.slack.change_person("U0RAJ", deleted=True)

    found = await find(socket_world, "U0RAJ,,,,\n")

    assert "has left the workspace" in found.problems[0].sentence


async def test_without_the_scope_for_e_mails_it_says_what_to_do(tmp_path, redis_url):
    scopes = ["commands", "chat:write", "im:history", "users:read", "dnd:read"]
    async with start_world(tmp_path, redis_url, scopes=scopes) as world:
        with pytest.raises(Stop, match="users:read"):
            await find(world, ",maya@northwind.example,,,\n")


async def test_a_large_workspace_is_read_page_by_page_within_slacks_limits(tmp_path, redis_url):
    async with start_world(tmp_path, redis_url, people=450) as world:
        world.slack.faults.rate_limit("users.list", times=1, retry_after=0)

        found = await find(world, "UP0000449,,,,\n")

        assert [facts.id for _, facts in found.rows] == ["UP0000449"]
        assert len(world.slack.calls("users.list")) >= 4
