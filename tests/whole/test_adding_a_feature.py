"""A feature is added by its own files and one line: kudos, given, seen and faded in a running app."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from app_world import MANIFEST, World, start_world, whole_help
from kudos import (
    CONVERSATION,
    KUDOS_FADES,
    KUDOS_GIVEN,
    KUDOS_TO,
    RULES,
    Kudos,
    KudosRules,
    OwnThanks,
    called,
    commanded,
    fade,
    give,
)
from test_conversation_home import home

from handlers.conversations import ALL, CONVERSATIONS, Conversations
from handlers.interactions.conversation import Conversation, HomePart, Overlay, unchanged
from handlers.interactions.sub_words import SubWord
from kernel.errors import Undeclared
from kernel.features import Feature
from kernel.kinds import AgendaKind, CardKind
from kernel.policy import Section
from kernel.store import Changes, Later, Show
from kernel.values import Document, PersonId, Value
from mentoring import own_data
from mentoring.model.person import MEET
from mentoring.people.people import LEFT_KEPT, SlackFacts, meet
from slackapp.background.scheduler import Duties
from slackapp.bootstrap.manifests import open_manifest
from slackapp.bootstrap.wiring import running
from slackapp.manifest.manifest import read_file

EVERY = Conversations((*CONVERSATIONS, CONVERSATION))
MAYA, PRIYA, LENA = PersonId("U0MAYA"), PersonId("U0PRIYA"), PersonId("U0LENA")
FEATURE = CONVERSATION.feature
STRANGE = AgendaKind("of_a_newer_release", "kudos.unheard_of")


@pytest.fixture
async def world(tmp_path: Path, redis_url: str) -> AsyncIterator[World]:
    """The whole of Waymark, and kudos; Slack's part of the manifest names its command."""
    manifest = written(tmp_path, rules="")
    async with start_world(tmp_path, redis_url, manifest=manifest, conversations=EVERY) as started:
        yield started


def written(folder: Path, *, rules: str) -> Path:
    """Write a manifest with the command of kudos, and these *rules* in its policy."""
    named = "- command: /kudos\n      description: Thank a colleague\n    - command: /coach-me"
    text = MANIFEST.read_text("utf-8").replace("- command: /coach-me", named)
    (folder / "manifest.yml").write_text(text.replace("\npolicy:", f"\npolicy:\n  {rules}"), "utf-8")
    return folder / "manifest.yml"


async def test_it_is_used_from_its_word_to_its_end(world: World):
    slack, desk = world.slack, await world.desk()
    help = await whole_help(world, MAYA, "/coach-me")
    await slack.command(MAYA, "/coach-me", "kudos for yesterday")
    oneself = await slack.submit(MAYA, {"to": MAYA, "text": "Well done"})
    refused = await slack.submit(MAYA, {"to": PRIYA, "text": " "})
    assert (await slack.submit(MAYA, {"text": "You stayed until it worked"})).closed
    await world.settle()
    tab = await home(world, PRIYA, "You stayed until it worked")
    [kudos_id] = await desk.store.ids(KUDOS_TO.of(PRIYA))

    assert "`/coach-me kudos` thanks a colleague." in help
    assert oneself.errors == {"to": "That's you. Thank a colleague."}
    assert refused.errors == {"text": "Say in a few words what for."}
    assert "thanks you" in (await slack.message(PRIYA, containing="You stayed until it worked")).words
    assert "on its way" in (await slack.message(MAYA, containing="Your thanks to")).words

    await slack.press(PRIYA, tab, "Seen")
    await world.settle()

    assert ": seen." in (await slack.message(MAYA, containing="Your thanks to")).words
    assert "You stayed" not in (await home(world, PRIYA)).words

    await world.skip(timedelta(days=8))

    assert await world.find(Kudos, kudos_id) is None
    assert await desk.store.ids(KUDOS_TO.of(PRIYA)) == []


@pytest.mark.parametrize(
    ("command", "typed"),
    [
        ("/kudos", "for your patience with me yesterday"),
        ("/ask-mentor", "kudos for your patience with me yesterday"),
        ("/ask-mentor", "Thanks for your patience with me yesterday"),
        ("/coach-me", "kudos for your patience with me yesterday"),
    ],
)
async def test_its_form_opens_from_its_command_and_its_words(world: World, command: str, typed: str):
    await world.slack.command(MAYA, command, typed)

    form = world.slack.modal(MAYA)
    assert form is not None
    assert "for your patience with me yesterday" in str(form.blocks)


async def test_it_fades_when_admins_say(tmp_path: Path, redis_url: str):
    manifest = written(tmp_path, rules="kudos: {fade_days: 2}")
    async with start_world(tmp_path, redis_url, manifest=manifest, conversations=EVERY) as world:
        await give(await world.desk(), MAYA, world.now, to=PRIYA, text="You stayed", id="K1")

        await world.skip(timedelta(days=1))
        assert await world.find(Kudos, "K1") is not None
        await world.skip(timedelta(days=2))
        assert await world.find(Kudos, "K1") is None


@pytest.mark.parametrize(
    ("rules", "problem"),
    [
        ("kudos: {fade_dayz: 2}", "unknown key `fade_dayz` in `policy.kudos`; did you mean `fade_days`?"),
        ("kudoss: {fade_days: 2}", "unknown key `kudoss` in `policy`; did you mean `kudos`?"),
        ("kudos: {fade_days: 0}", "`fade_days` must be at least 1, not 0"),
    ],
)
def test_what_is_wrong_in_its_section_is_said_with_its_place(tmp_path: Path, rules: str, problem: str):
    path = written(tmp_path, rules=rules)

    reading = read_file(path, EVERY.features.policy)

    line = next(number for number, it in enumerate(path.read_text("utf-8").splitlines(), 1) if rules in it)
    assert [str(it) for it in reading.problems] == [f"{path}:{line}:{column(rules, problem)}: {problem}"]


def column(rules: str, problem: str) -> int:
    """Where the key, or the value, stands that a problem is about."""
    about = "0}" if "must be" in problem else problem.split("`")[1]
    return 3 + rules.index(about)


async def test_a_manifest_that_was_read_without_its_section_is_refused(tmp_path: Path, world: World):
    read_without = open_manifest(written(tmp_path, rules=""))

    with pytest.raises(Undeclared, match="section of policy kudos: the manifest was read without it"):
        async with running(world.settings, read_without, world.clock, conversations=EVERY):
            pass


async def test_what_is_written_below_its_card_reaches_its_giver_once_and_nothing_else_does(world: World):
    slack = world.slack
    await give(await world.desk(), MAYA, world.now, to=PRIYA, text="You stayed", id="K1")
    await world.settle()
    card = await slack.message(PRIYA, containing="You stayed")

    await slack.say(PRIYA, "It was a pleasure", thread_ts=card.ts)
    await world.settle()
    await slack.say(PRIYA, "And now something else", thread_ts=card.ts)
    await slack.say(PRIYA, "How do I profile asyncio?")
    await world.settle()

    of_maya = (await slack.message(MAYA, containing="Your thanks to")).words
    assert "Their answer:" in of_maya
    assert "It was a pleasure" in of_maya
    assert "something else" not in of_maya
    assert "asyncio" not in of_maya
    kept = [it.words for it in slack.dm(PRIYA) if "Nobody has seen it so far" in it.words]
    assert sorted(("something else" in it, "asyncio" in it) for it in kept) == [(False, True), (True, False)]


async def test_what_admins_are_told_of_it_is_its_own_and_they_see_to_it_like_to_any_alert(world: World):
    slack, desk = world.slack, await world.desk()
    await give(desk, MAYA, world.now, to=PRIYA, text="You stayed", id="K1")
    await world.settle()
    await meet(desk, SlackFacts(id=LENA, name="Lena", is_admin=True), world.now)

    await slack.press(PRIYA, await slack.message(PRIYA, containing="You stayed"), "It's unkind")
    await world.settle()
    alert = await slack.message(LENA, containing="unkind")
    tab = await home(world, LENA, "unkind")
    await slack.press(LENA, alert, "I'm on it")
    await world.settle()

    assert "finds kudos of" in alert.words
    assert "finds kudos of" in tab.words
    assert "Hand it back" in str((await slack.message(LENA, containing="unkind")).blocks)


async def test_its_words_are_in_the_help_and_suggested_where_one_is_mistyped(world: World):
    help = await whole_help(world, MAYA, "/ask-mentor")
    mistyped = await world.slack.command(MAYA, "/ask-mentor", "kudoss")

    assert "• `/ask-mentor kudos` thanks a colleague." in help
    assert mistyped.shown is not None
    assert "Did you mean `/ask-mentor kudos`?" in mistyped.shown.words


async def test_a_message_that_is_one_of_its_words_goes_to_nobody(world: World):
    await world.slack.say(MAYA, "kudos to you")
    await world.settle()

    assert (
        "`/ask-mentor kudos` thanks a colleague."
        in (await world.slack.message(MAYA, containing="alone opens a form")).words
    )


async def test_it_is_in_the_export_of_both(world: World):
    desk, features = await world.desk(), world.conversations.features
    kudos = await give(desk, MAYA, world.now, to=PRIYA, text="You stayed", id="K1")

    of_maya, of_priya = [await own_data.export(desk, features, it, world.now) for it in (MAYA, PRIYA)]

    part = {"to_id": PRIYA, "text": "You stayed", "given_at": kudos.model_dump(mode="json")["given_at"]}
    assert (of_maya["data"]["kudos given"], of_maya["data"]["kudos"]) == ([part], [])
    assert of_priya["data"]["kudos"] == [kudos.model_dump(mode="json")]


@pytest.mark.parametrize("whoever", [MAYA, PRIYA])
async def test_it_goes_when_either_asks_to_be_erased(world: World, whoever: PersonId):
    desk, features = await world.desk(), world.conversations.features
    await give(desk, MAYA, world.now, to=PRIYA, text="You stayed", id="K1")

    await own_data.erase(desk, features, whoever, world.now)

    assert await world.find(Kudos, "K1") is None


async def test_what_was_given_to_somebody_who_left_goes_with_them(world: World):
    await world.enrol(PRIYA, topics={"python": 3})
    await world.slack.change_person(PRIYA, deleted=True)
    await world.settle()
    await world.skip(LEFT_KEPT - timedelta(days=1))
    await give(await world.desk(), MAYA, world.now, to=PRIYA, text="Thanks", id="K1")

    await world.skip(timedelta(days=2))  # it fades after seven

    assert await world.find(Kudos, "K1") is None


async def test_an_entry_that_no_feature_knows_is_set_aside_whole_and_counted(world: World):
    desk = await world.desk()
    await desk.store.commit(lambda _: (None, Changes(later=[Later(STRANGE, "K1.newer", world.now)])))

    for _ in range(8):  # each try may meet a process of the newer release
        await world.skip(timedelta(days=1))

    [letter] = await world.app.worker.stores.agenda.dead()
    assert (letter.kind, letter.thing) == (STRANGE, "K1.newer")


async def test_a_card_that_no_feature_knows_waits_for_a_process_that_does(socket_world: World):
    kudos = Kudos(
        id="K1", from_id=MAYA, to_id=PRIYA, text="You stayed until it worked", given_at=socket_world.now
    )
    newer = Changes(put=[kudos], show=[Show(kudos.thing, PRIYA)])
    await (await socket_world.desk()).store.commit(lambda _: (None, newer))
    await socket_world.settle()
    assert socket_world.slack.dm(PRIYA) == []

    socket_world.conversations = EVERY
    socket_world.manifest = open_manifest(MANIFEST, rules=EVERY.features.policy)
    await socket_world.restart()

    assert "thanks you" in (await socket_world.slack.message(PRIYA, containing="You stayed")).words


def test_the_manifest_lists_every_command_that_is_answered():
    listed = open_manifest(MANIFEST).manifest.slack["features"]["slash_commands"]

    assert {it["command"] for it in listed} == set(ALL.commands)


def more(**changed: Any) -> Conversation:
    return Conversation(feature=Feature(name="more", **changed))


def without(**changed: Any) -> Conversation:
    return replace(CONVERSATION, feature=replace(FEATURE, **changed))


class Bare(Value):
    """Rules without a reason."""

    days: int = 7


class More(Document):
    """Another document of the same feature."""

    kind: ClassVar[str] = "more"


NEW = Feature(name="more")
COACH = Conversation(feature=NEW, coach_words=CONVERSATION.coach_words)
ASK = Conversation(feature=NEW, ask_words=CONVERSATION.ask_words)
SAID = Conversation(feature=NEW, refusals=CONVERSATION.refusals)
OF_FIELD = Conversation(feature=NEW, field_refusals=CONVERSATION.field_refusals)
ALERTING = Conversation(feature=NEW, alerts=CONVERSATION.alerts)
THANK = SubWord(answer=called)
THREADS = CONVERSATION.threads


ADDED = Overlay(lambda _reader: (), lambda _read, _reader: unchanged)
OVERLAYS = {"request": ADDED}
[EXPORT] = FEATURE.exports
AN_OTHER = replace(EXPORT, document=More, only=())
SILENT = without(documents=(Kudos, More), belongings={}, exports=(AN_OTHER,))
ROWS = Conversation(feature=Feature(name="more"), home=(HomePart(name="b", lists={KUDOS_TO: Kudos}),))


@pytest.mark.parametrize(
    ("declared", "why"),
    [
        ([CONVERSATION, more(documents=(Kudos,))], "document kudos: declared twice"),
        ([replace(CONVERSATION, painters={})], "card kudos-given: nothing draws it"),
        ([without(documents=())], "card of a document that no feature has"),
        ([without(cards=())], "painter of kudos-given: no feature has"),
        ([CONVERSATION, more(agenda={KUDOS_FADES: fade})], "agenda entry kudos_fades: declared twice"),
        (
            [more(agenda={AgendaKind("fades", "kudos.give"): fade})],
            "fade does it, and its kind says",
        ),
        ([CONVERSATION, more(cards=(CardKind(KUDOS_GIVEN, "person"),))], "card kudos-given: declared twice"),
        ([CONVERSATION, COACH], "word of /coach-me kudos: declared twice"),
        ([CONVERSATION, ASK], "word of /ask-mentor kudos: declared twice"),
        ([Conversation(feature=NEW, coach_words={"stop": THANK})], "word of /coach-me stop: declared twice"),
        (
            [Conversation(feature=NEW, ask_words={"usage": THANK})],
            "word of /ask-mentor usage: declared twice",
        ),
        ([replace(CONVERSATION, commands={"/ask-mentor": commanded})], "command /ask-mentor: declared twice"),
        ([replace(CONVERSATION, commands={"kudos": commanded})], "command kudos: it begins with /"),
        ([replace(CONVERSATION, refusals={})], "refusal kudos.OwnThanks: no feature says it in words"),
        ([CONVERSATION, more(errors=(OwnThanks,))], "refusal kudos.OwnThanks: declared twice"),
        ([CONVERSATION, Conversation(feature=NEW, overlays=OVERLAYS)], "overlay of request: declared twice"),
        ([Conversation(feature=NEW, overlays={"kudos": ADDED})], "overlay of kudos: nothing draws the"),
        ([CONVERSATION, SAID], "sentence of refusal kudos.OwnThanks: declared twice"),
        ([without(errors=())], "sentence of refusal kudos.OwnThanks: no feature has it among its errors"),
        ([CONVERSATION, OF_FIELD], "sentence of field thanks.empty: declared twice"),
        ([CONVERSATION, ALERTING], "alert kudos_flagged: declared twice"),
        ([CONVERSATION, more(exports=FEATURE.exports)], "export kudos given: declared twice"),
        ([more(exports=FEATURE.exports)], "export of kudos: no feature has such a document"),
        ([without(left_out={Kudos: "it fades"})], "export of kudos: it is left out, too"),
        ([without(exports=(replace(EXPORT, only=("colour",)),))], "kudos has no field colour"),
        ([CONVERSATION, Conversation(feature=NEW, threads=THREADS)], "thread of kudos: declared twice"),
        ([Conversation(feature=NEW, threads=THREADS)], "thread of kudos: nothing draws the card"),
        ([CONVERSATION, more(policy=RULES)], "section of policy kudos: declared twice"),
        (
            [more(policy=Section("pool", KudosRules, ""))],
            "section of policy pool: there is a key",
        ),
        ([more(policy=Section("bare", Bare, ""))], "policy bare.days: it needs a default, and its reason"),
        ([SILENT], "document kudos: is it in an export, or left out, and why?"),
        ([CONVERSATION, ROWS], "list on Home kudos-to: declared twice"),
    ],
)
def test_what_is_missing_or_twice_is_refused_at_the_start(declared: list[Conversation], why: str):
    with pytest.raises(Undeclared, match=re.escape(why)):
        Conversations((*CONVERSATIONS, *declared))


async def test_an_entry_that_the_program_is_to_do_and_does_not_is_refused_too(world: World):
    with pytest.raises(Undeclared, match=r"agenda entry \w+: nothing does it"):
        Duties(world.app.worker, {})
    with pytest.raises(Undeclared, match=r"World\.settle does it, and its kind says"):
        Duties(world.app.worker, {MEET: world.settle})
