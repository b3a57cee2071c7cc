"""The cast, the generated crowd, and what changes about people."""

import csv
from pathlib import Path

import pytest
from pydantic import ValidationError

from playground.driver import Playground
from playground.foundation.errors import SlackError
from playground.workspace.cast import CHANNELS
from playground.workspace.conversations import channels
from playground.workspace.people import SlackUser, SlackUsers, zone

CAST_CSV = Path(__file__).parents[2] / "playground" / "cast.csv"
TOPICS = [
    "python",
    "javascript",
    "java",
    "sql",
    "data-analysis",
    "machine-learning",
    "ai-tools",
    "cloud",
    "devops",
    "security",
    "testing",
    "architecture",
    "frontend",
    "mobile",
    "product",
    "ux-design",
    "project-management",
    "agile",
    "writing",
    "presenting",
    "negotiation",
    "feedback",
    "leadership",
    "hiring",
    "career",
    "onboarding",
    "sales",
    "customer-support",
    "finance",
    "accessibility",
    "well-being-at-work",
]


@pytest.fixture
def roster() -> SlackUsers:
    return SlackUsers("Waymark", crowd=1_000)


def enrolled() -> list[dict[str, str]]:
    with CAST_CSV.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_cast_has_everyone_an_app_must_cope_with(roster: SlackUsers):
    people = list(roster.named())

    assert len(people) >= 40
    assert len({zone(person.tz) for person in people}) >= 15
    assert sum(person.is_admin for person in people) >= 2
    for trait in ("is_owner", "is_restricted", "deleted", "is_bot", "is_stranger", "away"):
        assert any(getattr(person, trait) for person in people), trait
    assert max(len(person.real_name) for person in people) > 80


def test_those_who_help_are_people_who_can_be_asked(roster: SlackUsers):
    for row in enrolled():
        person = roster.get(row["slack_id"])
        assert person.email == row["email"]
        assert not any([person.deleted, person.is_bot, person.is_restricted, person.is_stranger])


def test_every_topic_has_somebody_who_helps_with_it():
    helped = {topic.partition(":")[0] for row in enrolled() for topic in row["topics"].split(";")}

    assert helped == set(TOPICS)


def test_every_level_of_the_career_is_there():
    assert {int(row["level"]) for row in enrolled()} == {1, 2, 3, 4, 5, 6, 7}


def test_channels_have_members_of_the_cast(roster: SlackUsers):
    assert len(channels()) == len(CHANNELS)
    for channel in channels():
        assert channel.members
        assert all(member in roster for member in channel.members)


def test_the_crowd_is_generated_as_it_is_asked_for(roster: SlackUsers):
    assert roster.get("UP0000999").real_name == "Person 999"
    assert roster.by_email("up0000042@crowd.example").id == "UP0000042"
    with pytest.raises(SlackError, match="user_not_found"):
        roster.get("UP0001000")


def test_pages_cover_everybody_once(roster: SlackUsers):
    pages = [roster.page(start, 300) for start in range(0, len(roster), 300)]

    ids = [person.id for page in pages for person in page]
    assert len(ids) == len(set(ids)) == len(roster)


def test_a_person_has_no_unknown_fields():
    with pytest.raises(ValidationError):
        SlackUser.model_validate({"id": "U1", "name": "a", "real_name": "A", "age": 7})


@pytest.mark.parametrize(
    ("name", "initials"), [("Maya Lindqvist", "ML"), ("王伟", "王"), ("Inès de la Tour", "IT")]
)
def test_initials_are_of_the_first_and_last_word(name: str, initials: str):
    assert SlackUser(id="U1", name="x", real_name=name).initials == initials


async def test_somebody_new_is_in_the_general_channel_and_in_the_lists():
    async with Playground.start() as slack:
        await slack.join("U0NEWBIE", "Nia Newbie")

        assert "C0GENERAL" in [place.id for place in slack.conversations("U0NEWBIE")]
        assert (await slack.say("U0NEWBIE", "Hi!")).user == "U0NEWBIE"
