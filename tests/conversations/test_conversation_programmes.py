"""A mentoring programme through the whole of Waymark: from an admin's first press to pairs that say yes."""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from app_world import World, start_world
from test_conversation_home import home

from kernel.values import WORKSPACE, PersonId
from playground.workspace.views import OpenView
from relationships.cohorts.programme import OpenProgrammes, Programme
from relationships.cohorts.sign_up import SignUp, sign_up_id
from slackapp.demo.demo import seed

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
    """An admin's window as it stands once nothing is under way."""
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
    made = await people_put_themselves_forward(socket_world)
    first = await an_admin_pairs_them(socket_world)
    await a_ban_is_undone_and_a_swap_refused(socket_world, made, first)
    await pairs_are_proposed_though_a_mentor_has_left(socket_world, first)
    await they_are_taken_back_and_proposed_anew(socket_world)
    await a_day_later_it_is_too_late(socket_world, made)


async def people_put_themselves_forward(world: World) -> Programme:
    """What can't be is said in the form; who takes part sees it on Home, and nothing of an admin's."""
    slack = world.slack
    for person, topics, level in (
        (PRIYA, {"python": 3}, 5),
        (JONAS, {"python": 2}, 5),
        (AIKO, {"python": 1}, 3),
        (MAYA, {"python": 1}, 2),
    ):
        await world.enrol(person, topics=topics, level=level)
    nobody = await slack.command(MAYA, "/ask-mentor", "programme")
    assert nobody.shown
    assert "No mentoring programme is looking" in nobody.shown.words
    made = await started(world)

    await slack.command(MAYA, "/ask-mentor", "programme")
    wrong = await slack.submit(MAYA, {"sides": ["mentee"], "wishes": [MAYA]})
    assert wrong.errors == {"wishes": "That's you. Choose colleagues."}
    await slack.submit(MAYA, {"sides": ["mentee"], "wishes": [PRIYA], "wants": ["python"]})
    assert "You're in as a mentee:* “Mentoring &lt;2027&gt; ∗now∗”" in (await page(world, MAYA)).words
    await signs_up(world, AIKO, sides=["mentee", "mentor"], wishes=[PRIYA])
    await signs_up(world, TOMAS, sides=["mentee"], needs=["security"])
    await signs_up(world, PRIYA, sides=["mentor"], places="1")
    await signs_up(world, JONAS, sides=["mentor"], places="1")
    mine = await home(world, MAYA, "You're in as a mentee.")
    assert "Start a programme" not in mine.words
    assert "Pairs and people" not in mine.words
    return made


async def an_admin_pairs_them(world: World) -> Mapping[str, str]:
    """Two taps from Home: pairs with reasons, the one without a mentor with theirs, no percentages."""
    slack = world.slack
    await slack.press(RUBY, await home(world, RUBY, "nobody is paired yet"), "Pairs and people")
    await pressed(world, "Add people")
    empty = await slack.submit(RUBY, {})
    assert empty.errors == {"mentees_added": "Choose at least one person, in either field."}
    await slack.submit(RUBY, {"mentees_added": [EWAN]})
    shown = await page(world)
    assert "*Saved:* 1 person is new." in shown.words
    assert "4 people are looking for a mentor. 3 people would mentor, with 3 places." in shown.words
    assert "Nobody is paired yet." in shown.words

    shown = await pressed(world, "Pair most people")
    assert "3 of 4 mentees paired: nobody more can be, and no other such pairing fits better" in shown.words
    shown = await pressed(world, "Without a mentor (1)")
    assert f"<@{TOMAS}>*\nNo mentor has Security." in shown.words
    await pressed(world, "Back")
    shown = await pressed(world, "See the pairs (3)")
    assert f"*<@{MAYA}>* with *<@{PRIYA}>*\n+ <@{MAYA}>'s first wish" in shown.words
    assert "%" not in shown.words
    result = (await programme(world)).result
    assert result
    return result.mentors


async def a_ban_is_undone_and_a_swap_refused(world: World, made: Programme, first: Mapping[str, str]) -> None:
    """A ban says who moves and by how much, and is put back whole; a swap needs two who have mentors."""
    saved = await chosen(world, f"ban {made.id} {MAYA} {PRIYA}")
    assert (
        f"*Saved:* <@{MAYA}> and <@{PRIYA}> won't be paired. 2 people have another mentor now." in saved.words
    )
    shown = await pressed(world, "Who moves (2)")
    assert f"<@{MAYA}>: from <@{PRIYA}> to" in shown.words
    assert "worse (was: " in shown.words
    await pressed(world, "Back")
    assert "*The last change is undone.*" in (await pressed(world, "Undo the last change")).words
    undone = await programme(world)
    assert (undone.result.mentors if undone.result else {}, undone.bans) == (first, ())

    await pressed(world, "Pin, ban or swap")
    refused = await world.slack.submit(RUBY, {"edit": "swap", "one": MAYA, "other": TOMAS})
    assert refused.errors == {"other": "This person has no mentor yet, so there is nothing to swap."}
    await world.slack.submit(RUBY, {"edit": "pin", "one": MAYA, "other": PRIYA})
    assert "With your pins and bans, nobody more can be" in (await page(world)).words
    shown = await pressed(world, "See the pairs (3)")
    assert f"<@{PRIYA}>* · pinned" in shown.words
    await pressed(world, "Back")


async def pairs_are_proposed_though_a_mentor_has_left(world: World, first: Mapping[str, str]) -> None:
    """The others are proposed, the admin sees why one was not, and who has no mentor hears why."""
    gone = next(it for it in (JONAS, AIKO) if it in first.values())
    await world.slack.change_person(gone, deleted=True)
    await world.settle()
    shown = await pressed(world, "Propose 3 pairs")
    assert "waiting for a yes." in shown.words
    shown = await pressed(world, "Not proposed (1)")
    assert "one of the two has left. Pair again, and I'll find somebody else." in shown.words
    await pressed(world, "Back")
    assert "Mentoring &lt;2027&gt;" in dm(world, MAYA)
    assert "are proposed as a pair" in dm(world, MAYA)
    knows = "Python in depth, as"
    assert f"you asked for <@{PRIYA}>; <@{PRIYA}> knows {knows} you'd like" in dm(world, MAYA)
    assert f"<@{MAYA}> asked for you; you know {knows} <@{MAYA}> would like" in dm(world, PRIYA)
    assert "2 proposed · 2 waiting" in dm(world, RUBY)
    assert "Swap roles" not in dm(world, MAYA)
    assert (
        "I couldn't find a mentor for you this time* in “Mentoring &lt;2027&gt; ∗now∗”. "
        "No mentor has Security." in dm(world, TOMAS)
    )
    assert "couldn't find a mentor for you" not in dm(world, EWAN)


async def they_are_taken_back_and_proposed_anew(world: World) -> None:
    """Within 24 hours both hear that nothing begins; what is proposed anew can be agreed on."""
    slack = world.slack
    await pressed(world, "Take proposals back")
    assert "were taken back." in dm(world, RUBY)
    assert f"The proposal of you and <@{PRIYA}> was taken back, so it won't start.*" in dm(world, MAYA)
    assert "didn't both agree" not in dm(world, MAYA)
    assert "the pairs are being changed" in dm(world, TOMAS)
    await pressed(world, "Pair most people again")
    await pressed(world, "programme.propose")
    for person in (MAYA, PRIYA):
        await slack.press(person, await slack.message(person, containing="Agree"), "Agree")
    await world.settle()
    await slack.press(RUBY, await home(world, RUBY, "proposed"), "Pairs and people")
    assert "1 agreed by both" in (await page(world)).words


async def a_day_later_it_is_too_late(world: World, made: Programme) -> None:
    """What was proposed can't be taken back any more; closed, nobody joins, and nothing is lost."""
    await world.skip(timedelta(hours=25))
    assert "1 yes" in dm(world, RUBY)
    shown = await pressed(world, "Take proposals back")
    assert "This has come to its end" in shown.words
    await pressed(world, "Close the programme")
    late = await world.slack.command(EWAN, "/ask-mentor", "programme")
    assert late.shown
    assert "No mentoring programme is looking" in late.shown.words
    assert await world.find(SignUp, sign_up_id(made.id, EWAN)) is not None


async def test_the_demo_has_a_programme_two_taps_from_its_admins_home(socket_world: World):
    world = socket_world
    await seed(world.app)

    await world.slack.press(RUBY, await home(world, RUBY, "nobody is paired yet"), "Pairs and people")
    shown = await pressed(world, "Pair most people")

    assert "7 of 8 mentees paired" in shown.words
    shown = await pressed(world, "Without a mentor (1)")
    assert "No mentor has Mobile apps." in shown.words


async def brings(world: World, side: str, name: str, text: str) -> OpenView:
    """Have Ruby bring a list in by the page's form."""
    await pressed(world, "Import a list")
    file = world.slack.hand_in(name, text.encode())
    assert not (await world.slack.submit(RUBY, {"side": side, "list_file": [file]})).errors
    return await page(world)


async def test_lists_come_in_and_the_pairs_go_out_from_the_page(socket_world: World):
    world = socket_world
    for person in (PRIYA, JONAS):
        await world.enrol(person, topics={"python": 3}, level=5)
    await started(world)

    wrong = await brings(
        world, "mentees", "mentees.csv", "slack_id,wishes,needs\nU0MAYA,Priya,site=Berlin\nU0GONE,,\n"
    )
    assert "*Nothing was changed:* the list has 3 mistakes." in wrong.words
    assert "line 2, list: “Priya” is neither a Slack id nor an e-mail address" in wrong.words
    assert "line 2, needs: site=Berlin is no topic" in wrong.words
    assert "line 3, slack_id: nobody in this workspace is U0GONE." in wrong.words
    assert "0 people are looking for a mentor." in wrong.words

    added = await brings(
        world, "mentees", "mentees.csv", "slack_id,wishes,needs\nU0MAYA,U0PRIYA,python\nU0TOMAS,,\n"
    )
    assert "*Saved:* mentees: 2 new." in added.words
    odd = await brings(world, "mentors", "mentors.csv", "slack_id;places\nU0PRIYA;x\nU0GONE;1\n")
    assert "the list has 2 mistakes." in odd.words
    assert "line 2, places: “x” should be" in odd.words
    assert "line 3, slack_id: nobody in this workspace is U0GONE." in odd.words
    again = await brings(world, "mentors", "mentors.csv", "slack_id;places\nU0PRIYA;2\nU0JONAS;1\n")
    assert "*Saved:* mentors: 2 new." in again.words
    changed = await brings(world, "mentors", "mentors.csv", "slack_id;places\nU0PRIYA;1\nU0JONAS;1\n")
    assert "*Saved:* mentors: 0 new, 1 changed, 1 unchanged." in changed.words
    strange = await brings(world, "pairs", "pairs.csv", "mentee,mentor,decision\nU0RUBY,U0PRIYA,ban\n")
    assert "line 2, mentee: U0RUBY doesn't look for a mentor in this programme" in strange.words
    pinned = await brings(world, "pairs", "pairs.csv", "mentee,mentor,decision\nU0TOMAS,U0PRIYA,ban\n")
    assert "*Saved:* 1 pin or ban." in pinned.words

    await pressed(world, "Pair most people")
    shown = await pressed(world, "Send me the pairs as a list")
    assert "*The pairs come as a list in your messages with me.*" in shown.words
    await world.skip(timedelta(minutes=5))
    [file] = [it for message in world.slack.dm(RUBY) for it in message.files]
    assert file["name"] == "pairs.csv"
    told = (world.slack.slack.uploads.get(file["id"]).content or b"").decode("utf-8-sig").splitlines()
    assert told[0] == "mentee,mentee_name,mentor,mentor_name,decision,for,against,why_not,why"
    [maya] = [it for it in told if it.startswith("U0MAYA,")]
    assert maya.split(",")[2] == PRIYA
    assert "first wish" in maya
    assert [it for it in told if it.startswith("U0TOMAS,") and ",ban," in it]
    decided = await brings(world, "pairs", "pairs.csv", "mentee,mentor,decision\nU0MAYA,U0PRIYA,pin\n")
    assert "Your pins and bans aren't applied yet: pair again." in decided.words
    assert "fits better" not in decided.words
    shown = await pressed(world, "Pair most people again")
    assert "aren't applied yet" not in shown.words
    assert "fits better" in shown.words


async def test_without_the_scopes_a_list_comes_as_messages_and_the_command_is_named(
    tmp_path: Path, redis_url: str
):
    scopes = ["commands", "chat:write", "im:history", "users:read"]
    async with start_world(tmp_path, redis_url, scopes=scopes) as world:
        await seed(world.app)
        await world.slack.press(RUBY, await home(world, RUBY, "nobody is paired yet"), "Pairs and people")
        shown = await pressed(world, "Import a list")
        assert "I'm not allowed to read files here." in shown.words
        assert "waymark propose pairs.csv" in shown.words
        await pressed(world, "Back")
        await pressed(world, "Pair most people")
        await pressed(world, "Send me the pairs as a list")

        await world.skip(timedelta(minutes=5))
        assert "*Here are the pairs of “Northwind mentoring 2027”.*" in dm(world, RUBY)
        assert "mentee,mentee_name,mentor,mentor_name" in dm(world, RUBY)
