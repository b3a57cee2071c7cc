"""Reports as the people live them: what the writer is told is true, and the admins read what they need."""

from pathlib import Path

import pytest
from app_world import HELP_LINE, World, start_world, with_support
from test_conversation_talking import DAY, MAYA, PRIYA, card_of, talk

from kernel.store import Changes, Key, Show
from kernel.values import WORKSPACE
from mentoring.admins.admins import Admins
from mentoring.admins.alerts import raise_alert
from mentoring.model.alert import Alert
from mentoring.model.person import Person
from playground.workspace.messages import Message
from playground.workspace.views import OpenView
from slackapp.background.housekeeping import clean

RUBY, ADA, EMILY = "U0RUBY", "U0ADA", "U0EMILY"
ADMINS = (RUBY, ADA, EMILY)
WORDS = "They asked for my number <twice> & would not stop."


async def report(
    world: World, person: str = MAYA, *, also: tuple[str, ...] = (), text: str = WORDS
) -> OpenView:
    """Report the talk that a person is in, and return what the window says then."""
    await world.slack.press(person, await card_of(world, person), "Something is wrong")
    done = await world.slack.submit(person, {"text": text, "also": list(also)})
    await world.settle()
    assert done.view is not None
    return done.view


def cards(world: World, person: str, words: str) -> list[Message]:
    return [it for it in world.slack.dm(person) if it.bot and words in it.words]


async def unknown_admins(world: World) -> None:
    """Let it be as before the first reading of the members."""
    gone = Changes(drop=[Key(Admins, WORKSPACE)])
    await (await world.desk()).store.commit(lambda _: (None, gone))


async def no_admins(world: World) -> None:
    """Let nobody steer here, as far as Slack says."""
    nobody = Changes(put=[Admins(read_at=world.now)])
    await (await world.desk()).store.commit(lambda _: (None, nobody))


async def now_known(world: World, *ids: str) -> None:
    """Let the members be read, with these people as admins."""
    from_now_on = Changes(put=[Admins(ids=ids, read_at=world.now)])
    await (await world.desk()).store.commit(lambda _: (None, from_now_on))
    await world.restart()
    await world.settle()


async def test_admins_who_never_used_the_app_read_who_reports_whom(socket_world: World):
    world = socket_world
    await world.settle()
    await talk(world)

    said = await report(world)

    assert "Your report is with 3 admins" in said.words
    assert all(f"<@{admin}>" in said.words for admin in ADMINS)
    for admin in ADMINS:
        [card] = cards(world, admin, "reports something about a talk")
        assert f"<@{MAYA}> reports something about a talk with <@{PRIYA}>" in card.words
        assert f"Write to <@{MAYA}>. <@{PRIYA}> doesn't know." in card.words
        assert "They asked for my number &lt;twice&gt; &amp; would not stop." in card.words
        assert "was told that admins have this" in card.words
    assert not cards(world, PRIYA, "report")


@pytest.mark.parametrize("is_writer", [True, False])
async def test_an_admin_who_is_one_of_the_two_is_not_told(socket_world: World, is_writer: bool):
    world = socket_world
    await world.settle()
    await talk(world, helper=RUBY)

    said = await report(world, RUBY if is_writer else MAYA)

    assert "Your report is with 2 admins" in said.words
    assert not cards(world, RUBY, "reports something")
    assert len(cards(world, ADA, "reports something")) == 1


async def test_as_long_as_the_admins_are_unknown_nobody_is_said_to_know(tmp_path: Path, redis_url: str):
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path)) as world:
        await world.settle()
        await talk(world)
        await unknown_admins(world)

        said = await report(world)

        assert "I'm passing this on to the admins" in said.words
        assert HELP_LINE in said.words
        assert "is with" not in said.words
        assert not [it for admin in ADMINS for it in cards(world, admin, "reports")]

        await now_known(world, RUBY)

        assert len(cards(world, RUBY, "reports something about a talk")) == 1
        assert len(cards(world, MAYA, f"Your report is with an admin: <@{RUBY}>")) == 1


async def test_where_the_only_admin_is_the_one_reported_nobody_is_said_to_have_it(socket_world: World):
    world = socket_world
    await world.settle()
    await talk(world, helper=RUBY)
    await now_known(world, RUBY)

    said = await report(world)

    assert "Nobody has this right now" in said.words
    assert "turn to somebody you trust" in said.words
    assert not cards(world, RUBY, "reports something")


async def test_of_a_talk_without_names_the_writer_is_not_told_which_admins_have_it(socket_world: World):
    world = socket_world
    await world.settle()
    await talk(world, "How do I profile asyncio? #python #anonymous", helper=RUBY)

    said = await report(world)

    assert "Your report is with admins of this workspace." in said.words
    assert not [admin for admin in ADMINS if admin in said.words]
    await world.slack.press(ADA, cards(world, ADA, "reports something")[0], "I'm on it")
    await world.settle()
    [mine] = cards(world, MAYA, "Your report is with admins")
    assert "An admin is on it." in mine.words
    assert RUBY not in mine.words


async def test_taking_on_closing_and_opening_again_leaves_the_content_with_every_admin(socket_world: World):
    world = socket_world
    await world.settle()
    await talk(world)
    await report(world)

    async def press(admin: str, label: str) -> None:
        await world.slack.press(admin, cards(world, admin, "reports something")[-1], label)
        await world.settle()

    def seen(admin: str) -> str:
        words = cards(world, admin, "reports something")[-1].words
        assert "asked for my number" in words
        return words

    await press(RUBY, "I'm on it")
    assert all(f"Taken on by <@{RUBY}>" in seen(admin) for admin in ADMINS)
    assert f"<@{RUBY}> is on it" in cards(world, MAYA, "Your report is with")[-1].words
    await press(RUBY, "Hand it back")
    assert all("Nobody is on it yet" in seen(admin) for admin in ADMINS)
    await press(ADA, "I'm on it")
    await press(EMILY, "Take it over")
    assert f"Taken on by <@{EMILY}>" in seen(RUBY)
    await press(EMILY, "Close it")
    assert all(f"Closed by <@{EMILY}>" in seen(admin) for admin in ADMINS)
    assert cards(world, MAYA, "has closed your report")
    await press(RUBY, "Reopen it")
    assert all("Nobody is on it yet" in seen(admin) for admin in ADMINS)


async def test_an_open_report_stands_on_the_home_of_an_admin_who_never_used_the_app(socket_world: World):
    world = socket_world
    await world.settle()
    await talk(world)
    await report(world)

    await world.slack.open_home(RUBY)
    await world.settle()

    shown = world.slack.home(RUBY)
    assert f"<@{MAYA}> reports something" in shown.words
    assert "asked for my number" in shown.words
    await world.slack.press(RUBY, shown, "I'm on it")
    await world.settle()
    assert f"Taken on by <@{RUBY}>" in world.slack.home(RUBY).words


@pytest.mark.parametrize("writer", [MAYA, PRIYA])
async def test_of_a_reported_talk_nobody_is_asked_how_it_was(socket_world: World, writer: str):
    world = socket_world
    await world.settle()
    await talk(world)
    await report(world, writer)
    await world.slack.press(MAYA, await card_of(world, MAYA), "Wrap up")
    await world.slack.submit(MAYA, {"action": "ask again", "cue": "Monday"})
    await world.settle()

    for days in (1, 2, 5, 24):
        await world.skip(days * DAY)

    for person in (MAYA, PRIYA):
        assert not cards(world, person, "Was it worth")
        assert not cards(world, person, "Did it help")
        assert not cards(world, person, "Did you use")
    asks_again = bool(cards(world, MAYA, "Ask the same person again"))
    assert asks_again is (writer == PRIYA)


async def test_what_was_asked_before_a_report_waits_no_longer(socket_world: World):
    world = socket_world
    await world.settle()
    await talk(world)
    await world.slack.press(MAYA, await card_of(world, MAYA), "Wrap up")
    await world.slack.submit(MAYA, {})
    await world.skip(DAY)
    asked = await (await world.desk()).store.count(f"feedback-asked-of:{MAYA}")

    await report(world)

    assert asked == 1
    assert await (await world.desk()).store.count(f"feedback-asked-of:{MAYA}") == 0


async def test_a_report_ends_the_talk_and_keeps_the_two_apart_where_that_is_wished(socket_world: World):
    world = socket_world
    await world.settle()
    session = await talk(world)

    await report(world, also=("end", "apart"))

    assert not (await world.get(type(session), session.id)).is_open
    maya, priya = await world.get(Person, MAYA), await world.get(Person, PRIYA)
    assert maya.is_kept_from(priya)
    assert priya.is_kept_from(maya)
    assert f"<@{MAYA}> won't be matched with <@{PRIYA}> again" in cards(world, RUBY, "reports")[0].words


async def test_the_way_out_to_the_admins_claims_nothing_where_nobody_was_told(socket_world: World):
    world = socket_world
    await world.settle()
    await no_admins(world)
    await world.slack.command(MAYA, "/ask-mentor", "How do I profile asyncio? #python")
    await world.settle()
    card = await world.slack.message(MAYA, containing="No one yet")

    await world.slack.press(MAYA, card, "Ask the admins")
    await world.settle()
    assert cards(world, MAYA, "nobody was told")

    await now_known(world, RUBY, ADA)
    assert cards(world, MAYA, "I've asked 2 admins to find someone")
    assert len(cards(world, RUBY, "Nobody could take this question")) == 1

    await world.slack.press(MAYA, card, "Withdraw")
    await world.settle()
    assert "Not needed any more" in cards(world, RUBY, "Nobody could take this question")[0].words


async def test_an_alert_whose_cause_has_gone_says_so(tmp_path: Path, redis_url: str):
    async with start_world(tmp_path, redis_url) as world:
        await world.settle()
        facts: dict[str, str | int] = {"problem": "no", "problems": 1}
        await raise_alert(await world.desk(), "bad_manifest.1", "bad_manifest", facts, world.now)
        await world.settle()
        assert cards(world, RUBY, "Nobody is on it yet")

        await world.restart()
        await world.settle()

        assert not (await world.get(Alert, "bad_manifest.1")).is_open
        assert cards(world, RUBY, "Fixed")


async def test_an_alert_that_was_left_without_an_end_gets_one(socket_world: World):
    desk, store = await socket_world.desk(), socket_world.app.worker.stores
    facts = {"person_id": RUBY, "code": "x"}
    old = Alert(id="a", about="undeliverable", facts=facts, raised_at=socket_world.now - 91 * DAY)
    new = old.model_copy(update={"id": "b", "raised_at": socket_world.now})
    await desk.store.commit(lambda read: (None, Changes(put=[old, new])))

    await clean(socket_world.app.worker)
    await socket_world.settle()

    assert await socket_world.find(Alert, "a") is None
    planned = {(it.kind, it.thing): it.at for it in await store.agenda.upcoming(socket_world.workspace)}
    assert planned["forget_alert", "b"] == new.raised_at + 90 * DAY


async def test_a_report_is_drawn_for_nobody_it_is_kept_from(socket_world: World):
    world = socket_world
    await world.settle()
    await talk(world, helper=RUBY)
    await report(world)
    [alert] = [it for it in await (await world.desk()).store.ids("alerts") if it.startswith("report.")]
    forged = Changes(show=[Show(f"alert:{alert}", to=RUBY), Show(f"report:{alert[7:]}", to=RUBY)])

    await (await world.desk()).store.commit(lambda _: (None, forged))
    await world.settle()

    assert not cards(world, RUBY, "report")
