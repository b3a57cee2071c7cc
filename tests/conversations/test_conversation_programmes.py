"""A mentoring programme through the whole of Waymark: from an admin's first press to pairs that say yes."""

import json
from datetime import timedelta
from typing import Any

from app_world import World
from test_conversation_home import home

from kernel.values import PersonId
from playground.workspace.views import OpenView
from relationships.cohorts.programme import WORKSPACE, OpenProgrammes, Programme
from relationships.cohorts.sign_up import SignUp, sign_up_id

RUBY, ADA, MAYA, TOMAS, AIKO, PRIYA, JONAS, EWAN = (
    PersonId(f"U0{it}") for it in ("RUBY", "ADA", "MAYA", "TOMAS", "AIKO", "PRIYA", "JONAS", "EWAN")
)
NAME = "Mentoring <2027> *now*"


async def started(world: World) -> Programme:
    """Have Ruby, who is an admin, start a programme by the command."""
    await world.slack.command(RUBY, "/ask-mentor", "programme")
    await world.slack.press(RUBY, world.slack.modal(RUBY), "Start a programme")
    assert not (await world.slack.submit(RUBY, {"name": NAME})).errors
    return await programme(world)


async def programme(world: World) -> Programme:
    [line, *_] = (await world.get(OpenProgrammes, WORKSPACE)).all
    return await world.get(Programme, line.id)


async def signs_up(world: World, person: PersonId, **filled: Any) -> None:
    """Put somebody forward by the command."""
    await world.slack.command(person, "/ask-mentor", "programme")
    sent = await world.slack.submit(person, filled)
    assert not sent.errors, sent.errors


async def page(world: World, admin: PersonId = RUBY) -> OpenView:
    """Return an admin's window as it stands once nothing is under way."""
    await world.settle()
    shown = world.slack.modal(admin)
    assert shown is not None
    return shown


async def pressed(world: World, button: str, admin: PersonId = RUBY) -> OpenView:
    await world.slack.press(admin, await page(world, admin), button)
    return await page(world, admin)


async def chosen(world: World, row: str) -> OpenView:
    """Have Ruby choose something beside a pair."""
    shown = await page(world)
    menus = [it["accessory"] for it in shown.blocks if it.get("accessory", {}).get("type") == "overflow"]
    [value] = [it["value"] for menu in menus for it in menu["options"] if it["value"].startswith(row)]
    [block] = [it["block_id"] for it in shown.blocks if value in json.dumps(it)]
    await world.slack.choose(RUBY, shown, "programme.row", value, block)
    return await page(world)


def dm(world: World, person: PersonId) -> str:
    return "\n".join(it.words for it in world.slack.dm(person))


async def test_from_an_admins_first_press_to_pairs_that_say_yes(socket_world: World):
    world, slack = socket_world, socket_world.slack
    for person, topics, level in (
        (PRIYA, {"python": 3}, 5),
        (JONAS, {"python": 2}, 5),
        (AIKO, {"python": 1}, 3),
        (MAYA, {"python": 1}, 2),
    ):
        await world.enrol(person, topics=topics, level=level)
    nobody = await slack.command(MAYA, "/ask-mentor", "programme")
    assert "No mentoring programme is looking" in nobody.shown.words
    made = await started(world)

    # Who takes part: what can't be is said in the form, and what was chosen stays.
    await slack.command(MAYA, "/ask-mentor", "programme")
    wrong = await slack.submit(MAYA, {"roles": ["mentee"], "wishes": [MAYA]})
    assert wrong.errors == {"wishes": "That's you. Choose colleagues."}
    assert not (
        await slack.submit(MAYA, {"roles": ["mentee"], "wishes": [PRIYA], "wants": ["python"]})
    ).errors
    assert "You're in Mentoring &lt;2027&gt; ∗now∗ as a mentee" in slack.modal(MAYA).words
    await signs_up(world, AIKO, roles=["mentee", "mentor"], wishes=[PRIYA])
    await signs_up(world, TOMAS, roles=["mentee"], needs=["security"])
    await signs_up(world, PRIYA, roles=["mentor"], places="1")
    await signs_up(world, JONAS, roles=["mentor"], places="1")
    assert "You're in as a mentee." in (await home(world, MAYA, "You're in as")).words
    assert "Start a programme" not in (await home(world, MAYA)).words

    # The admin's page: two taps from Home, and nobody else's.
    await slack.open_home(RUBY)
    await slack.command(RUBY, "/ask-mentor", "programme")
    await slack.press(RUBY, slack.modal(RUBY), "Pairs and people")
    shown = await pressed(world, "Add people")
    empty = await slack.submit(RUBY, {})
    assert empty.errors == {"mentees_added": "Choose at least one person, in either field."}
    await slack.submit(RUBY, {"mentees_added": [EWAN]})
    shown = await page(world)
    assert "4 people look for a mentor. 3 people would mentor: 3 places." in shown.words
    assert "Nobody is paired yet." in shown.words

    shown = await pressed(world, "Pair most people")
    assert "3 of 4 mentees paired: nobody more can be, and no other such pairing fits better" in shown.words
    shown = await pressed(world, "Without a mentor (1)")
    assert f"<@{TOMAS}>*\nNo mentor has Security." in shown.words
    await pressed(world, "Back")
    shown = await pressed(world, "See the pairs (3)")
    assert f"*<@{MAYA}>* with *<@{PRIYA}>*\n+ <@{MAYA}>'s first wish" in shown.words
    assert "%" not in shown.words

    # A ban moves people, and says whom and by how much; the undo puts everything back.
    first = (await programme(world)).result.mentors
    shown = await chosen(world, f"ban {made.id} {MAYA} {PRIYA}")
    shown = await pressed(world, "Who moves (2)")
    assert f"<@{MAYA}>: from <@{PRIYA}> to" in shown.words
    assert "worse (was: " in shown.words
    await pressed(world, "Back")
    shown = await pressed(world, "Undo the last change")
    assert (await programme(world)).result.mentors == first
    assert (await programme(world)).bans == ()

    # A swap with somebody who has no mentor is refused in the form; two admins don't pair at once.
    await pressed(world, "Pin, ban or swap")
    refused = await slack.submit(RUBY, {"edit": "swap", "one": MAYA, "other": TOMAS})
    assert refused.errors == {"other": "This person has no mentor yet, so there is nothing to swap."}
    await slack.submit(RUBY, {"edit": "pin", "one": MAYA, "other": PRIYA})
    shown = await page(world)
    await pressed(world, "See the pairs (3)")
    assert "· pinned" in (await page(world)).words
    await pressed(world, "Back")

    # A mentor leaves before the pairs are proposed: the others are, and the admin sees why one was not.
    gone = next(it for it in (JONAS, AIKO) if it in first.values() and it != first[MAYA])
    await slack.change_person(gone, deleted=True)
    await world.settle()
    shown = await pressed(world, "Propose 3 pairs")
    assert "pairs are proposed: 2 waiting for a yes." in shown.words or "1 pair is proposed" in shown.words
    assert "Not proposed (1)" in shown.words
    shown = await pressed(world, "Not proposed (1)")
    assert "one of the two has left. Pair again, and I find somebody else." in shown.words
    await pressed(world, "Back")
    assert NAME in dm(world, MAYA).replace("&lt;", "<").replace("&gt;", ">").replace("∗", "*")
    assert "I found no mentor for you this time.* No mentor has Security." in dm(world, TOMAS)

    # Taken back within 24 hours, both hear it; proposed anew, both say yes.
    await pressed(world, "Take proposals back")
    assert "didn't both agree, so nothing begins" in dm(world, MAYA)
    assert "the pairs are being changed" in dm(world, TOMAS)
    await pressed(world, "Pair most people again")
    shown = await page(world)
    await slack.press(RUBY, shown, "programme.propose")
    await world.settle()
    for person in (MAYA, PRIYA):
        card = await slack.message(person, containing="Agree")
        await slack.press(person, card, "Agree")
    await world.settle()
    await slack.command(RUBY, "/ask-mentor", "programme")
    await slack.press(RUBY, slack.modal(RUBY), "Pairs and people")
    assert "1 agreed by both" in (await page(world)).words

    # A day later nothing can be taken back; closed, nobody joins.
    await world.skip(timedelta(hours=25))
    await slack.press(RUBY, await page(world), "Take proposals back")
    await world.settle()
    assert "This has come to its end" in (await page(world)).words
    await pressed(world, "Close the programme")
    late = await slack.command(EWAN, "/ask-mentor", "programme")
    assert "No mentoring programme is looking" in late.shown.words
    assert await world.find(SignUp, sign_up_id(made.id, EWAN)) is not None
