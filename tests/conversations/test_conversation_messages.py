"""Writing to the app: what is passed on, to whom, and what is kept until its writer says what it is for."""

import json
import re
from datetime import timedelta

import pytest
from app_world import World

from handlers.block_kit.mrkdwn import escape
from mentoring.model.request import Request
from mentoring.model.said import Said
from mentoring.requests.drafts import Draft
from playground.line.envelopes import Sending
from playground.workspace.messages import Message

MAYA, PRIYA, JONAS = "U0MAYA", "U0PRIYA", "U0JONAS"
LENA = "U0LENA"


async def anonymous_talk(world: World, words: str, helper: str = PRIYA, asker: str = MAYA) -> Message:
    """Ask without a name, say yes, and return the asker's card, which heads the thread."""
    await world.enrol(helper, topics={"python": 3})
    await world.slack.command(asker, "/ask-mentor", f"<@{helper}> {words} #python #anonymous")
    card = await world.slack.message(helper, containing=words)
    await world.slack.press(helper, card, "I can help")
    await world.settle()
    return await world.slack.message(asker, containing="Your talk with")


async def said(world: World, person: str, text: str, thread_ts: str | None = None) -> None:
    await world.slack.say(person, text, thread_ts=thread_ts)
    await world.settle()


def from_app(world: World, person: str, words: str) -> list[Message]:
    return [it for it in world.slack.dm(person) if it.bot and words in it.words]


async def test_a_message_becomes_a_draft_and_then_a_question(world: World):
    await said(world, MAYA, "Why does asyncio.gather swallow my <errors>?")
    card = await world.slack.message(MAYA, containing="Shall I find someone")
    assert "Nobody has seen it so far" in card.words

    await world.slack.press(MAYA, card, "Ask this")
    await world.settle()

    desk = await world.desk()
    [request_id] = await desk.store.ids(f"requests-of:{MAYA}")
    assert (await world.get(Request, request_id)).question == "Why does asyncio.gather swallow my <errors>?"
    assert from_app(world, MAYA, "You asked this.")


async def test_an_unclear_draft_opens_the_form_and_files_once(socket_world: World):
    world = socket_world
    await said(world, MAYA, "I am stuck with my thing and need a person")
    card = await world.slack.message(MAYA, containing="What is this about?")

    await world.slack.press(MAYA, card, "Something else")
    await world.slack.submit(MAYA, {"topics": ["Python"]})
    await world.slack.press(MAYA, card, "Something else")
    await world.settle()

    desk = await world.desk()
    assert len(await desk.store.ids(f"requests-of:{MAYA}")) == 1
    assert (await world.slack.message(MAYA, containing="come to its end")).ephemeral


async def test_a_draft_can_be_changed_or_forgotten(socket_world: World):
    world = socket_world
    await said(world, MAYA, "Why does asyncio hang?")
    card = await world.slack.message(MAYA, containing="Shall I find someone")
    await world.slack.press(MAYA, card, "Change")
    form = world.slack.modal(MAYA)
    assert form is not None
    assert "Why does asyncio hang?" in str(form.blocks)
    await world.slack.close(MAYA)

    await world.slack.press(MAYA, card, "Forget it")
    await world.settle()

    desk = await world.desk()
    assert await desk.store.ids(f"drafts-of:{MAYA}") == []
    assert from_app(world, MAYA, "I kept none of it")


async def test_a_bare_yes_asks_the_newest_draft_and_a_bare_no_forgets_it(socket_world: World):
    world = socket_world
    desk = await world.desk()

    async def drafts() -> list[str]:
        return [(await world.get(Draft, id)).text for id in await desk.store.ids(f"drafts-of:{MAYA}")]

    async def asked() -> list[str]:
        return [(await world.get(Request, id)).question for id in await desk.store.ids(f"requests-of:{MAYA}")]

    await said(world, MAYA, "How do I profile asyncio?")
    for words in ("Why does asyncio hang?", "No, thanks."):
        await said(world, MAYA, words)
    assert await drafts() == ["How do I profile asyncio?"]
    assert from_app(world, MAYA, "I kept none of it")

    await world.enrol(PRIYA, topics={"python": 3})
    message = await world.slack.say(MAYA, "Why does asyncio hang?")
    await world.settle()
    await said(world, MAYA, "Yes!")
    await rewritten(world, message, "Why does asyncio stall?")
    await again(world, "Yes!")
    assert await world.slack.message(PRIYA, containing="Why does asyncio stall?")
    assert (await asked(), await drafts()) == (["Why does asyncio stall?"], ["How do I profile asyncio?"])
    assert not from_app(world, MAYA, "alone opens a form")

    await world.slack.press(MAYA, await world.slack.message(MAYA, containing="asyncio stall?"), "Edit")
    await world.slack.submit(MAYA, {"question": "Why does asyncio block?"})
    await rewritten(world, message, "Why does asyncio wait?")
    assert await asked() == ["Why does asyncio block?"]

    first = await world.slack.message(MAYA, containing="How do I profile asyncio?")
    await said(world, MAYA, "sure")
    assert len(await asked()) == 1
    await said(world, MAYA, "yes")
    assert from_app(world, MAYA, "press one of its buttons")
    await said(world, MAYA, "yes please", first.ts)
    assert sorted(await asked()) == ["How do I profile asyncio?", "Why does asyncio block?"]

    for words in ("they keep changing the deadlines on me", "no"):
        await said(world, MAYA, words)
    await said(world, MAYA, "How do I cache a slow pandas query?")
    await world.skip(timedelta(minutes=11))
    await said(world, MAYA, "yes")
    assert "they keep changing the deadlines on me" in await drafts()
    assert len(await asked()) == 2


async def test_who_deletes_the_message_of_a_question_takes_it_back_as_long_as_it_says_the_same(
    socket_world: World,
):
    world = socket_world
    await world.enrol(PRIYA, topics={"python": 3})
    desk = await world.desk()

    async def asked(words: str) -> tuple[Message, Request]:
        message = await world.slack.say(MAYA, words)
        await world.settle()
        await said(world, MAYA, "yes")
        newest, *_ = await desk.store.ids(f"requests-of:{MAYA}")
        return message, await world.get(Request, newest)

    message, request = await asked("Why does asyncio hang?")
    assert await world.slack.message(PRIYA, containing="Can you help")
    await rewritten(world, message, "")

    assert (await world.get(Request, request.id)).state == "withdrawn"
    assert not [it for it in from_app(world, PRIYA, "asyncio hang") if "I can help" in it.words]
    card = world.slack.dm(MAYA)[-1]
    assert "You deleted the message that this question came from" in card.words
    await world.slack.press(MAYA, card, "Undo")
    await world.settle()
    [deletion] = [it.request or {} for it in world.slack.calls("message") if "deleted_ts" in str(it.request)]
    await world.slack.slack.link.send(Sending("events_api", {**deletion, "event_id": "Ev0TWIN"}))
    await world.settle()
    assert (await world.get(Request, request.id)).state == "offered"

    changed, in_form = await asked("How do I profile asyncio?")
    assert in_form.id != request.id
    await world.slack.press(MAYA, await world.slack.message(MAYA, containing="profile asyncio"), "Edit")
    await world.slack.submit(MAYA, {"question": "How do I profile a slow event loop?"})
    await rewritten(world, changed, "")
    assert (await world.get(Request, in_form.id)).is_looking

    await world.enrol(LENA, topics={"sql": 3})
    with_yes, _ = await asked("Why is my SQL query slow?")
    await world.slack.press(LENA, await world.slack.message(LENA, containing="SQL query"), "I can help")
    await world.settle()
    await rewritten(world, with_yes, "")
    for person, words in ((MAYA, "You deleted the message"), (LENA, f"was deleted by <@{MAYA}>")):
        card = await world.slack.message(person, containing="Your talk with")
        assert words in card.words
        assert "Your talk goes on until one of you wraps it up" in card.words
        assert "[Wrap up]" in card.words


async def test_a_question_that_is_only_begun_is_to_be_finished(socket_world: World):
    await said(socket_world, MAYA, "What should I do?")

    card = await socket_world.slack.message(MAYA, containing="Please finish your question")
    await socket_world.slack.press(MAYA, card, "Change")

    form = socket_world.slack.modal(MAYA)
    assert form is not None
    assert "What should I do?" in str(form.blocks)


async def test_help_is_answered_with_what_can_be_typed(socket_world: World):
    await said(socket_world, MAYA, "help")

    [help] = from_app(socket_world, MAYA, "alone opens a form")
    await socket_world.slack.press(MAYA, help, "Show everything")
    window = socket_world.slack.modal(MAYA)
    assert window is not None
    assert "/ask-mentor status" in window.words


async def test_with_one_talk_open_a_message_goes_there(socket_world: World):
    world = socket_world
    await anonymous_talk(world, "How do I profile asyncio?")

    await said(world, MAYA, "It hangs at the first await")
    await said(world, PRIYA, "Which version?")

    assert from_app(world, PRIYA, "It hangs at the first await")
    assert from_app(world, MAYA, "Which version?")
    assert not from_app(world, JONAS, "")


async def test_a_command_is_never_passed_on(socket_world: World):
    world = socket_world
    await anonymous_talk(world, "How do I profile asyncio?")

    await said(world, MAYA, "status")

    assert not from_app(world, PRIYA, "status")


async def test_with_two_talks_the_app_asks_before_it_passes_anything_on(socket_world: World):
    world = socket_world
    await anonymous_talk(world, "How do I profile asyncio?", PRIYA)
    await anonymous_talk(world, "How do I test asyncio?", JONAS)

    await said(world, MAYA, "A secret for one of you")

    assert not from_app(world, PRIYA, "A secret")
    assert not from_app(world, JONAS, "A secret")
    card = await world.slack.message(MAYA, containing="A new question, or part of a talk?")
    [first, *_] = [one for block in card.blocks for one in block.get("elements", ()) if "Send to" in str(one)]
    await world.slack.press(MAYA, card, first["action_id"])
    await world.settle()
    reached = [person for person in (PRIYA, JONAS) if from_app(world, person, "A secret")]
    assert len(reached) == 1
    assert from_app(world, MAYA, "It's in the talk that you chose")


async def test_a_thread_decides_between_two_talks(socket_world: World):
    world = socket_world
    first = await anonymous_talk(world, "How do I profile asyncio?", PRIYA)
    second = await anonymous_talk(world, "How do I test asyncio?", JONAS)

    await said(world, MAYA, "For the second", second.ts)
    await said(world, MAYA, "For the first", first.ts)

    assert from_app(world, JONAS, "For the second")
    assert not from_app(world, PRIYA, "For the second")
    assert from_app(world, PRIYA, "For the first")
    assert not from_app(world, JONAS, "For the first")


async def test_a_thread_below_anything_else_is_kept_and_asked_about(socket_world: World):
    world = socket_world
    await world.enrol(PRIYA, topics={"python": 3})
    await world.slack.command(MAYA, "/ask-mentor", "How do I profile asyncio? #python")
    offer = await world.slack.message(PRIYA, containing="Can you help")

    await said(world, PRIYA, "Could you send me a flame graph first?", offer.ts)

    assert not from_app(world, MAYA, "flame graph")
    assert from_app(world, PRIYA, "Nobody has seen it so far")


async def test_after_the_talk_words_in_its_thread_reach_nobody(socket_world: World):
    world = socket_world
    root = await anonymous_talk(world, "How do I profile asyncio?")
    await world.slack.press(MAYA, root, "Wrap up")
    await world.slack.submit(MAYA, {})
    await world.settle()

    await said(world, MAYA, "One more thing", root.ts)

    assert not from_app(world, PRIYA, "One more thing")
    assert from_app(world, MAYA, "Nobody has seen it so far")


async def test_a_repeated_event_is_passed_on_once(socket_world: World):
    world = socket_world
    root = await anonymous_talk(world, "How do I profile asyncio?")
    world.slack.faults.repeat_events = True

    await said(world, MAYA, "Only once, please", root.ts)
    await said(world, MAYA, "Only one draft, please")

    assert len(from_app(world, PRIYA, "Only once, please")) == 1
    desk = await world.desk()
    assert len(await desk.store.ids(f"drafts-of:{MAYA}")) <= 1


@pytest.mark.gated
async def test_with_redis_away_slack_sends_the_message_again(http_world: World):
    world = http_world
    await world.redis_away()
    await world.slack.say(MAYA, "Why does asyncio hang?")
    await world.slack.until(lambda: [it for it in world.slack.calls("message") if it.status >= 400] or None)
    await world.redis_back()

    await world.skip(timedelta(minutes=7))

    assert await world.slack.message(MAYA, containing="Shall I find someone")
    desk = await world.desk()
    [draft_id] = await desk.store.ids(f"drafts-of:{MAYA}")
    assert (await world.get(Draft, draft_id)).text == "Why does asyncio hang?"


async def again(world: World, text: str, **changed: str) -> None:
    """Let Slack send a message's event once more, as it does when it missed the answer to the first."""
    [first] = [it for it in world.slack.calls("message") if (it.request or {})["event"].get("text") == text]
    await world.slack.slack.link.send(Sending("events_api", {**(first.request or {}), **changed}, retry=1))
    await world.settle()


async def test_one_message_that_comes_as_two_events_is_passed_on_once(socket_world: World):
    root = await anonymous_talk(socket_world, "How do I profile asyncio?")
    await said(socket_world, MAYA, "Only once, please", root.ts)

    await again(socket_world, "Only once, please", event_id="Ev0TWIN")

    assert len(from_app(socket_world, PRIYA, "Only once, please")) == 1


async def test_one_message_that_comes_as_two_events_is_kept_once(socket_world: World):
    await said(socket_world, MAYA, "Why does asyncio hang?")

    await again(socket_world, "Why does asyncio hang?", event_id="Ev0TWIN")

    assert len(await (await socket_world.desk()).store.ids(f"drafts-of:{MAYA}")) == 1
    assert len(from_app(socket_world, MAYA, "Shall I find someone")) == 1


async def test_one_message_of_danger_that_comes_as_two_events_is_answered_once(socket_world: World):
    await said(socket_world, MAYA, "I want to kill myself")

    await again(socket_world, "I want to kill myself", event_id="Ev0TWIN")

    assert len([it for it in socket_world.slack.dm(MAYA) if it.bot]) == 1


async def test_a_message_sent_again_after_its_talk_has_ended_is_no_draft(socket_world: World):
    card = await anonymous_talk(socket_world, "How do I profile asyncio?")
    await said(socket_world, MAYA, "Thank you for all of it", thread_ts=card.ts)
    await socket_world.slack.press(MAYA, card, "Wrap up")
    await socket_world.slack.submit(MAYA)
    await socket_world.settle()

    await again(socket_world, "Thank you for all of it")

    assert await (await socket_world.desk()).store.ids(f"drafts-of:{MAYA}") == []


async def test_a_message_sent_again_after_a_talk_has_begun_does_not_go_there(socket_world: World):
    await said(socket_world, MAYA, "I wonder about something private")
    await anonymous_talk(socket_world, "How do I profile asyncio?")

    await again(socket_world, "I wonder about something private")

    assert not [it for it in socket_world.slack.dm(PRIYA) if "private" in it.words]


async def rewritten(world: World, message: Message, text: str) -> None:
    """Let a person change a message of theirs, or delete it where no text is left."""
    if text:
        world.slack.slack.edit(message, text=text)
    else:
        await world.slack.take_away(message.user, message)
    await world.settle()


async def test_what_its_writer_changes_changes_before_the_other_too(socket_world: World):
    world = socket_world
    root = await anonymous_talk(world, "How do I profile asyncio?")
    message = await world.slack.say(MAYA, "The port is 5432", thread_ts=root.ts)
    await world.settle()
    [before] = from_app(world, PRIYA, "The port is 5432")

    await rewritten(world, message, "The port is 6379 &amp; open")

    [after] = from_app(world, PRIYA, "The port is 6379 & open")
    assert after.ts == before.ts
    assert not from_app(world, PRIYA, "5432")
    desk = await world.desk()
    [session] = await desk.store.ids(f"sessions-of:{MAYA}")
    [said_id] = await desk.store.ids(f"said-in:{session}")
    assert (await world.get(Said, said_id)).text == ""


async def test_what_its_writer_deletes_is_gone_before_the_other_too_and_stays_so(socket_world: World):
    world = socket_world
    root = await anonymous_talk(world, "How do I profile asyncio?")
    message = await world.slack.say(MAYA, "My password is hunter2", thread_ts=root.ts)
    await world.settle()
    assert from_app(world, PRIYA, "hunter2")
    await world.slack.press(MAYA, root, "Wrap up")
    await world.slack.submit(MAYA, {})

    await rewritten(world, message, "")
    await again(world, "My password is hunter2")

    assert not from_app(world, PRIYA, "hunter2")


async def test_a_change_after_the_talk_is_not_passed_on_and_its_writer_is_told_once(socket_world: World):
    world = socket_world
    root = await anonymous_talk(world, "How do I profile asyncio?")
    message = await world.slack.say(MAYA, "The port is 5432", thread_ts=root.ts)
    await world.settle()
    await world.slack.press(MAYA, root, "Wrap up")
    await world.slack.submit(MAYA, {})
    await world.settle()

    for text in ("One more thing", "And another"):
        await rewritten(world, message, text)

    assert from_app(world, PRIYA, "The port is 5432")
    assert not from_app(world, PRIYA, "more thing")
    assert len(from_app(world, MAYA, "I didn't pass your change on")) == 1


async def test_a_draft_follows_what_its_writer_does_with_it(socket_world: World):
    world = socket_world
    message = await world.slack.say(MAYA, "Why does asyncio hang?")
    await world.settle()
    desk = await world.desk()
    [draft_id] = await desk.store.ids(f"drafts-of:{MAYA}")

    await rewritten(world, message, "Why does asyncio stall?")
    assert (await world.get(Draft, draft_id)).text == "Why does asyncio stall?"
    await rewritten(world, message, "")

    assert (await world.get(Draft, draft_id)).text == ""
    assert await desk.store.ids(f"drafts-of:{MAYA}") == []
    assert not from_app(world, MAYA, "asyncio")


async def test_a_message_that_comes_after_its_deletion_is_not_kept(socket_world: World):
    world = socket_world
    message = await world.slack.say(MAYA, "Why does asyncio hang?")
    await world.settle()
    await rewritten(world, message, "")
    calls = [it.request or {} for it in world.slack.calls("message") if message.ts in str(it.request)]

    for number, call in enumerate(reversed(calls)):
        other = json.loads(json.dumps(call).replace(message.ts, "1795000000.000001"))
        await world.slack.slack.link.send(Sending("events_api", {**other, "event_id": f"Ev0LATE{number}"}))
        await world.settle()

    assert len(calls) == 2
    assert await (await world.desk()).store.ids(f"drafts-of:{MAYA}") == []
    assert not from_app(world, MAYA, "asyncio")


async def test_a_text_too_long_for_one_message_arrives_whole_in_several_in_order(socket_world: World):
    world = socket_world
    root = await anonymous_talk(world, "How do I profile asyncio?")
    lines = [f"<row id={number}>&</row>" for number in range(1_955)]
    typed = escape("\n".join(lines))

    first = world.slack.slack.post(world.slack.slack.workspace.dm(MAYA), MAYA, text=typed, thread_ts=root.ts)
    await world.slack.settled()
    await said(world, MAYA, "And that was all", root.ts)

    got = [it for it in world.slack.dm(PRIYA) if it.bot and it.thread_ts and "talk" not in it.words]
    rows = [number for it in got for number in re.findall(r"id=(\d+)>&</row>", it.words)]
    assert len(got) > 2
    assert list(dict.fromkeys(rows)) == [str(number) for number in range(1_955)]
    assert "And that was all" in got[-1].words

    await rewritten(world, first, "Never mind")
    assert len([it for it in world.slack.dm(PRIYA) if "row id" in it.words]) == 0
    assert len(from_app(world, PRIYA, "Never mind")) == 1


async def test_a_message_that_slack_refuses_holds_up_none_after_it(socket_world: World):
    world = socket_world
    root = await anonymous_talk(world, "How do I profile asyncio?")
    world.slack.faults.refuse("chat.postMessage", "msg_too_long")
    await said(world, MAYA, "Refused", root.ts)
    world.slack.faults.refusals.clear()

    await said(world, MAYA, "Taken", root.ts)

    assert from_app(world, PRIYA, "Taken")
    assert not from_app(world, PRIYA, "Refused")
