"""Every form of help for more than one question: at most two taps from either command, and from Home."""

from collections.abc import Sequence
from typing import NamedTuple

from app_world import World
from test_conversation_home import home
from test_conversation_programmes import RUBY

from kernel.values import PersonId

GRACE = PersonId("U0GRACE")
ASK, COACH, HOME = "/ask-mentor", "/coach-me", "Home"
MOST_TAPS = 2


class Way(NamedTuple):
    """What is typed after a command, or nothing on Home; and what is pressed then, one tap each."""

    door: str
    typed: str = ""
    taps: Sequence[str] = ()


def by_word(word: str, on_home: Sequence[str], *then: str, coach: str = "") -> list[Way]:
    """The ways to a form that both commands have a word for."""
    return [Way(ASK, word, then), Way(COACH, coach or word, then), Way(HOME, "", [*on_home, *then])]


FORMS = {
    "Find a mentor": by_word("mentor", ["Find a long-term mentor"]),
    "Learn from a junior": by_word("reverse", ["Learn from a junior colleague"]),
    "Take part": by_word("programme", ["Take part"]),
    "Second opinion": by_word("second opinion", ["Get a second opinion"], coach="opinion"),
    "New goal": by_word("goals", ["My goals"], "New goal"),
    "My board": by_word("board", ["My board"]),
    "Sponsorship": by_word("sponsor", ["Find a sponsor"]),
    # Answer cards are found by asking, and written where a talk is wrapped up.
    "Ask a mentor": [Way(ASK), Way(COACH, "", ["Ask a mentor"]), Way(HOME, "", ["Ask a mentor"])],
}


async def test_every_form_is_two_taps_away_at_most_from_every_door(socket_world: World):
    world = socket_world
    await world.enrol(GRACE, topics={"career": 3}, level=6)
    await world.slack.command(RUBY, ASK, "programme")
    await world.slack.press(RUBY, world.slack.modal(RUBY), "Start a programme")
    await world.slack.submit(RUBY, {"name": "Mentoring"})

    found = {(way.door, form): await reached(world, way) for form, ways in FORMS.items() for way in ways}

    assert found == {(door, form): form for door, form in found}
    assert {door for door, _ in found} == {ASK, COACH, HOME}
    assert max(len(way.taps) for ways in FORMS.values() for way in ways) <= MOST_TAPS


async def reached(world: World, way: Way) -> str:
    """The title of the window to which a way leads, and close it."""
    slack = world.slack
    said = None if way.door == HOME else await slack.command(GRACE, way.door, way.typed)
    at = await home(world, GRACE) if said is None else slack.modal(GRACE) or said.shown
    for tap in way.taps:
        await slack.press(GRACE, at, tap)
        at = slack.modal(GRACE)
    shown = slack.modal(GRACE)
    assert shown is not None, way
    while slack.modal(GRACE) is not None:
        await slack.close(GRACE)
    return shown.title
