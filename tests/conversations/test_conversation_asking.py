"""Asking: the command, its sub-words, the form and the shortcuts, through the whole of Waymark."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from app_world import MANIFEST, World, start_world

from handlers.interactions import opening
from mentoring.model.person import Person
from mentoring.model.request import Request
from playground.workspace.views import OpenView

MAYA, PRIYA, JONAS, RAJ = "U0MAYA", "U0PRIYA", "U0JONAS", "U0RAJ"
ASK = "/ask-mentor"


def labels_of(shown: Any) -> list[str]:
    """What the buttons of an answer say."""
    rows = (block["elements"] for block in shown if block["type"] == "actions")
    return [element["text"]["text"] for row in rows for element in row]


async def requests_of(world: World, person: str = MAYA) -> list[Request]:
    desk = await world.desk()
    return [await world.get(Request, id) for id in await desk.store.ids(f"requests-of:{person}")]


async def test_one_line_is_filed_at_once_and_the_ack_carries_the_receipt(world: World):
    answer = await world.slack.command(MAYA, ASK, "How do I profile asyncio? #python #now")

    assert answer.ok
    assert answer.shown is not None
    assert answer.shown.ephemeral
    assert "Got it." in answer.shown.words
    assert "needed right now" in answer.shown.words
    [request] = await requests_of(world)
    assert (request.question, request.topics, request.urgency) == (
        "How do I profile asyncio?",
        ("python",),
        "now",
    )


async def test_in_the_messages_with_the_app_the_receipt_is_one_line(socket_world: World):
    world = socket_world
    here = world.slack.slack.workspace.dm(MAYA).id

    answer = await world.slack.command(MAYA, ASK, "How do I profile asyncio? #python", here)

    assert answer.shown is not None
    assert "Got it." in answer.shown.words
    assert [block["type"] for block in answer.shown.blocks] == ["section"]


async def test_topics_are_inferred_from_words_and_can_be_changed(socket_world: World):
    world = socket_world
    answer = await world.slack.command(MAYA, ASK, "Why is this SQL query slow on our replica?")
    assert answer.shown is not None

    await world.slack.press(MAYA, answer.shown, "Change topics")
    done = await world.slack.submit(MAYA, {"topics": ["Python"]})

    assert done.closed
    [request] = await requests_of(world)
    assert request.topics == ("python",)


TWICE = "How do I profile asyncio when one task starves the others?"
MORE = "How do I profile asyncio when one task starves the others on Windows?"


async def test_the_same_question_twice_is_added_to_or_asked_of_other_people_and_nothing_typed_is_lost(
    socket_world: World,
):
    world = socket_world
    await world.enrol(PRIYA, topics={"python": 3})
    await world.enrol(RAJ, topics={"python": 1})
    await world.slack.command(MAYA, ASK, f"{TWICE} #python")
    await world.settle()
    await world.skip(timedelta(minutes=2))

    answer = await world.slack.command(MAYA, ASK, f"{MORE} #python")
    assert answer.shown is not None
    assert "You asked this 2 minutes ago" in answer.shown.words
    assert labels_of(answer.shown.blocks) == ["Add to it", "Ask anyway"]
    await world.slack.press(MAYA, answer.shown, "Add to it")
    assert (await world.slack.submit(MAYA, {})).closed
    await world.settle()
    [request] = await requests_of(world)
    assert request.question == f"{TWICE}\n\n{MORE}"
    assert await world.slack.message(PRIYA, containing="on Windows?")
    await world.slack.press(MAYA, answer.shown, "Ask anyway")
    assert len(await requests_of(world)) == 1  # what was added is no draft any more

    again = await world.slack.command(MAYA, ASK, f"{TWICE} {MORE} #python #now")
    assert again.shown is not None
    await world.slack.press(MAYA, again.shown, "Ask anyway")
    await world.settle()
    second, first = await requests_of(world)
    assert (second.question, second.urgency) == (f"{TWICE} {MORE}", "now")
    assert [[it.helper_id for it in each.asked] for each in (first, second)] == [[PRIYA], [RAJ]]

    await world.slack.command(MAYA, ASK)
    filled = {"question": f"{TWICE} {MORE}", "topics": ["Python"], "tried": "py-spy"}
    await world.slack.press(MAYA, world.slack.modal(MAYA), "More choices")
    back = await world.slack.submit(MAYA, filled)
    form = world.slack.modal(MAYA)
    assert (back.closed, form is not None) == (False, True)
    assert "You asked this a moment ago" in str(form.body["blocks"])
    await world.slack.press(MAYA, form, "Add to it")
    assert "py-spy" in str(world.slack.modal(MAYA).body["blocks"])
    assert (await world.slack.submit(MAYA, {})).closed
    await world.slack.command(MAYA, ASK)
    await world.slack.press(MAYA, world.slack.modal(MAYA), "More choices")
    await world.slack.submit(MAYA, filled)
    assert (await world.slack.submit(MAYA, {})).closed
    assert {it.tried for it in await requests_of(world)} == {"", "py-spy"}
    assert len(await requests_of(world)) == 3


UNCLEAR = "they keep changing the deadlines on me"


async def test_an_unclear_question_is_answered_with_likely_topics_and_one_tap_files_it(http_world: World):
    world = http_world
    await world.enrol(PRIYA, topics={"project-management": 3})
    await world.enrol(RAJ, topics={"project-management": 1})
    answer = await world.slack.command(MAYA, ASK, f"<@{RAJ}> {UNCLEAR} #week #anonymous")

    assert answer.shown is not None
    assert "What is this about?" in answer.shown.words
    assert "_Why these?_" in answer.shown.words
    assert "Project management: “deadline”" in answer.shown.words
    assert UNCLEAR in answer.shown.words
    assert world.slack.modal(MAYA) is None
    assert not await requests_of(world)
    first, second, third, other = labels_of(answer.shown.blocks)
    assert (other, len({first, second, third})) == ("Something else", 3)
    assert {"Project management", "Leadership"} <= {first, second, third}
    await world.slack.press(MAYA, answer.shown, "Project management")
    await world.settle()
    [request] = await requests_of(world)
    assert (request.question, request.topics) == (UNCLEAR, ("project-management",))
    assert (request.urgency, request.anonymous) == ("this_week", True)
    assert [approach.helper_id for approach in request.asked] == [RAJ]
    assert await world.slack.message(MAYA, containing="Project management")
    cards = [each.words for each in world.slack.dm(MAYA)]
    assert not any("Shall I find" in words or "You asked this." in words for words in cards)


async def test_something_else_opens_the_form_with_all_that_was_typed_and_files_once(socket_world: World):
    world = socket_world
    answer = await world.slack.command(MAYA, ASK, f"{UNCLEAR} #now")
    assert answer.shown is not None

    await world.slack.press(MAYA, answer.shown, "Something else")
    form = world.slack.modal(MAYA)
    assert form is not None
    assert UNCLEAR in str(form.blocks)
    assert "Leave it empty" not in str(form.blocks)
    assert (await world.slack.submit(MAYA, {"topics": ["Career"]})).closed
    await world.slack.press(MAYA, answer.shown, "Leadership")
    await world.settle()

    [request] = await requests_of(world)
    assert (request.question, request.topics, request.urgency) == (UNCLEAR, ("career",), "now")
    assert await world.slack.message(MAYA, containing="come to its end")


async def test_a_line_that_is_about_nothing_opens_a_form_that_asks_for_a_topic(socket_world: World):
    world = socket_world
    answer = await world.slack.command(MAYA, ASK, "can somebody have a quick look at this")

    form = world.slack.modal(MAYA)

    assert answer.ok
    assert form is not None
    assert "Please choose a topic below" in str(form.body["blocks"])
    assert "Leave it empty" not in str(form.body["blocks"])
    await world.slack.close(MAYA)

    await world.slack.command(MAYA, ASK, "How do I")
    begun = world.slack.modal(MAYA)
    assert begun is not None
    assert "Please finish your question" in str(begun.body["blocks"])
    assert "How do I" in str(begun.body["blocks"])
    assert not await requests_of(world)
    await world.slack.close(MAYA)

    await world.slack.command(MAYA, ASK, "give me somebody senior please")
    begun = world.slack.modal(MAYA)
    assert begun is not None
    assert "Please finish your question" in str(begun.body["blocks"])
    whole = {"question": "How do I profile asyncio?"}
    assert (await world.slack.submit(MAYA, whole)).closed
    assert [(it.topics, it.lane) for it in await requests_of(world)] == [(("python",), "senior")]


def fields(form: OpenView) -> list[str]:
    return [block["block_id"] for block in form.blocks if block["type"] == "input"]


async def test_the_form_needs_one_line_and_shows_the_rest_on_demand_with_all_that_was_typed(
    socket_world: World,
):
    world, slack = socket_world, socket_world.slack
    await slack.command(MAYA, ASK)
    form = slack.modal(MAYA)
    assert fields(form) == ["question", "topics", "urgency"]
    assert "Unless you say otherwise: whoever fits best, 25 minutes, with your name." in form.words

    refused = await slack.submit(
        MAYA, {"question": ":tada: 🎉", "topics": ["Career"], "urgency": "This week"}
    )
    assert "no words" in refused.errors["question"]
    await slack.press(MAYA, form, "More choices")
    whole = slack.modal(MAYA)
    assert fields(whole) == ["question", "topics", "urgency", "tried", "lane", "minutes", "anonymous"]
    assert "More choices" not in whole.words
    assert ":tada: 🎉" in str(whole.values)
    assert "career" in str(whole.values)
    refused = await slack.submit(MAYA, {"tried": "Silence."})
    assert "no words" in refused.errors["question"]
    done = await slack.submit(
        MAYA,
        {
            "question": "How do I say no to my manager?",
            "lane": "Someone more experienced",
            "minutes": "15 minutes",
            "anonymous": ["Ask without my name"],
        },
    )

    assert done.closed
    [request] = await requests_of(world)
    assert (request.question, request.topics, request.urgency) == (
        "How do I say no to my manager?",
        ("career",),
        "this_week",
    )
    chosen = (request.tried, request.lane, request.minutes, request.anonymous)
    assert chosen == ("Silence.", "senior", 15, True)
    card = await slack.message(MAYA, containing="say no to my manager")
    await slack.press(MAYA, card, "request.change")
    assert fields(slack.modal(MAYA)) == ["question", "topics", "urgency", "tried", "lane", "minutes"]


async def test_what_stands_above_a_form_stays_and_what_is_usual_is_true_of_it(socket_world: World):
    world, slack = socket_world, socket_world.slack
    await slack.command(MAYA, ASK, "How do I #anonymous")
    begun = slack.modal(MAYA)
    assert fields(begun) == ["question", "topics", "urgency", "anonymous"]
    assert "Unless you say otherwise: whoever fits best, 25 minutes." in begun.words

    await slack.press(MAYA, begun, "More choices")

    assert "Please finish your question" in slack.modal(MAYA).words
    assert (await slack.submit(MAYA, {"question": "How do I profile asyncio?"})).closed
    [request] = await requests_of(world)
    assert (request.topics, request.minutes, request.anonymous) == (("python",), 25, True)


async def test_a_form_whose_topics_cannot_be_told_asks_for_them(socket_world: World):
    world = socket_world
    await world.slack.command(MAYA, ASK)

    done = await world.slack.submit(MAYA, {"question": "How do I get better at this thing?"})

    assert "at least one topic" in done.errors["topics"]


async def test_topics_are_found_while_typing(socket_world: World):
    world = socket_world
    await world.slack.command(MAYA, ASK)
    form = world.slack.modal(MAYA)
    assert form is not None

    everything = await world.slack.options(MAYA, form, "topics")
    found = await world.slack.options(MAYA, form, "topics", "pyt")

    assert len(everything) > 10
    assert found[0]["text"]["text"] == "Python"


async def test_an_unknown_topic_is_named_and_the_rest_goes_on(socket_world: World):
    world = socket_world

    answer = await world.slack.command(MAYA, ASK, "How do I profile asyncio? #python #kotlinn")

    assert answer.shown is not None
    assert "I don't know “kotlinn”" in answer.shown.words
    assert len(await requests_of(world)) == 1


async def test_ten_thousand_characters_are_kept_whole(socket_world: World):
    world = socket_world
    text = " ".join(["Why is asyncio slow?"] * 500)

    await world.slack.command(MAYA, ASK, text)

    form = world.slack.modal(MAYA)
    assert form is not None
    assert "10,499 characters" in form.words
    assert (await world.slack.submit(MAYA, {"topics": ["Python"]})).closed
    [request] = await requests_of(world)
    assert " ".join(f"{request.question} {request.continued}".split()) == text
    await world.settle()
    desk = await world.desk()
    assert await desk.store.ids(f"drafts-of:{MAYA}") == []


@pytest.mark.parametrize("text", ["🎉 :tada:", "???"])
async def test_a_line_without_words_is_answered_with_a_way_on(socket_world: World, text: str):
    answer = await socket_world.slack.command(MAYA, ASK, text)

    assert answer.shown is not None
    assert "no words" in answer.shown.words
    await socket_world.slack.press(MAYA, answer.shown, "Open the form")
    assert socket_world.slack.modal(MAYA) is not None


async def test_sub_words_are_answered(socket_world: World):
    world = socket_world
    expected = {
        "help": "find someone who can help",
        "status": "no open question",
        "topics": "Python",
        "topics pyth": "Python",
        "topics zzz": "No topic here",
        "withdraw": "no open question",
        "hlep": "Did you mean `/ask-mentor help`?",
        "xyzzy": "don't know what to do",
        "pause 2 dys": "Until when?",
        "pause 2d": "Paused until",
        "resume": "Welcome back",
    }
    for words, answered in expected.items():
        answer = await world.slack.command(MAYA, ASK, words)

        assert answer.shown is not None, words
        assert answered in answer.shown.words


async def test_a_pause_is_saved_and_ends_by_itself(socket_world: World):
    world = socket_world

    await world.slack.command(MAYA, ASK, "pause 2d")

    person = await world.get(Person, MAYA)
    assert person.is_paused(world.now)
    assert not person.is_paused(world.now + timedelta(days=2, seconds=1))


async def test_the_profile_can_be_typed_for(socket_world: World):
    await socket_world.slack.command(MAYA, ASK, "profile")

    form = socket_world.slack.modal(MAYA)

    assert form is not None
    assert form.title == "What I can help with"


async def test_a_lone_topic_opens_the_form_for_it(socket_world: World):
    await socket_world.slack.command(MAYA, ASK, "#python")

    form = socket_world.slack.modal(MAYA)

    assert form is not None
    assert form.values["topics"]["topics"]["selected_options"][0]["value"] == "python"
    assert not form.values.get("question", {}).get("question", {}).get("value")


async def test_the_sixth_question_is_refused_with_the_open_ones_and_given_back(socket_world: World):
    world = socket_world
    for number in range(5):
        await world.slack.command(MAYA, ASK, f"How do I profile asyncio, part {number}? #python")

    answer = await world.slack.command(MAYA, ASK, "How do I keep my sixth thought? #python")

    assert answer.shown is not None
    assert "5 open questions" in answer.shown.words
    assert "How do I keep my sixth thought?" in answer.shown.words
    first = next(block for block in answer.shown.blocks if block.get("accessory"))
    await world.slack.press(MAYA, answer.shown, "Withdraw", first["block_id"])
    again = await world.slack.command(MAYA, ASK, "How do I keep my sixth thought? #python")
    assert again.shown is not None
    assert "Got it." in again.shown.words


async def test_a_question_is_withdrawn_from_its_receipt_and_its_card_says_so(socket_world: World):
    world = socket_world
    answer = await world.slack.command(MAYA, ASK, "How do I profile asyncio? #python")
    assert answer.shown is not None

    await world.slack.press(MAYA, answer.shown, "Withdraw")
    await world.settle()

    [request] = await requests_of(world)
    assert request.state == "withdrawn"
    assert await world.slack.message(MAYA, containing="Ask again at any time")
    card = await world.slack.message(MAYA, containing="Withdrawn. Anyone being asked")
    assert card.ephemeral


async def test_a_question_is_edited_in_its_form(socket_world: World):
    world = socket_world
    await world.enrol(PRIYA, topics={"python": 3})
    await world.slack.command(MAYA, ASK, "How do I profile asyncio? #python")
    card = await world.slack.message(MAYA, containing="Looking for someone")

    await world.slack.press(MAYA, card, "Edit")
    done = await world.slack.submit(MAYA, {"question": "How do I profile threads?"})
    await world.settle()

    assert done.closed
    assert await world.slack.message(MAYA, containing="How do I profile threads?")
    assert len([it for it in world.slack.dm(MAYA) if it.bot]) == 1


async def test_a_stale_form_is_answered_when_the_question_was_withdrawn_meanwhile(socket_world: World):
    world = socket_world
    await world.enrol(PRIYA, topics={"python": 3})
    await world.slack.command(MAYA, ASK, "How do I profile asyncio? #python")
    card = await world.slack.message(MAYA, containing="Looking for someone")
    await world.slack.press(MAYA, card, "Edit")
    await world.slack.press(MAYA, card, "Withdraw")

    done = await world.slack.submit(MAYA, {"question": "How do I profile threads?"})

    assert "come to its end" in done.errors["question"]


async def test_a_person_named_first_is_asked_first(socket_world: World):
    world = socket_world
    for helper in (PRIYA, JONAS):
        await world.enrol(helper, topics={"python": 3})

    await world.slack.command(MAYA, ASK, f"<@{JONAS}|jonas> How do I profile asyncio? #python")

    assert await world.slack.message(JONAS, containing="asyncio")


async def test_a_person_who_cannot_be_asked_brings_the_form_with_the_words_kept(socket_world: World):
    world = socket_world

    await world.slack.command(MAYA, ASK, "<@U0NOBODY> How do I profile asyncio? #python")

    form = world.slack.modal(MAYA)
    assert form is not None
    assert "hoose somebody else" in form.words
    assert (await world.slack.submit(MAYA, {})).closed
    assert len(await requests_of(world)) == 1


async def test_shortcuts_open_the_form_with_what_is_there(socket_world: World):
    world = socket_world
    await world.slack.shortcut(MAYA, "ask_mentor")
    empty = world.slack.modal(MAYA)
    assert empty is not None
    await world.slack.close(MAYA)

    message = await world.slack.say(JONAS, "Our asyncio job hangs & nobody knows why", "C0GENERAL")
    await world.slack.shortcut(MAYA, "ask_about_message", message)

    form = world.slack.modal(MAYA)
    assert form is not None
    assert "> Our asyncio job hangs & nobody knows why" in str(form.blocks)


async def test_whose_words_are_quoted_is_said_and_they_are_not_asked(socket_world: World):
    world = socket_world
    await world.enrol(JONAS, topics={"python": 3}, level=3)
    await world.enrol(PRIYA, topics={"python": 1}, level=3)
    message = await world.slack.say(JONAS, "Our asyncio job hangs, any idea, @maya?", "C0GENERAL")

    await world.slack.shortcut(MAYA, "ask_about_message", message)

    form = world.slack.modal(MAYA)
    assert form is not None
    assert "This includes what <@U0JONAS> wrote" in form.words
    [quoted] = [it["element"]["initial_value"] for it in form.blocks if it.get("block_id") == "question"]
    head, line, *_ = quoted.split("\n")
    assert head.startswith("About this message by @Jonas")
    assert f"/archives/C0GENERAL/p{message.ts.replace('.', '')}" in head
    assert line.startswith("> Our asyncio job hangs")
    assert "<@" not in quoted
    await world.slack.submit(MAYA, {"topics": ["Python"]})
    await world.settle()
    [request] = await requests_of(world)
    assert [it.helper_id for it in request.asked] == [PRIYA]
    assert JONAS in request.excluded


@pytest.mark.gated
async def test_with_redis_away_a_command_gives_the_words_back(world: World):
    await world.redis_away()

    answer = await world.slack.command(MAYA, ASK, "How do I profile asyncio & threads? #python")

    assert answer.shown is not None
    assert "How do I profile asyncio &amp; threads? #python" in answer.shown.words
    assert "try again in a minute" in answer.shown.words


@pytest.mark.gated
async def test_with_redis_away_a_form_keeps_what_was_typed(socket_world: World):
    world = socket_world
    await world.slack.command(MAYA, ASK)
    await world.redis_away()

    done = await world.slack.submit(MAYA, {"question": "How do I profile asyncio? #python"})

    assert "Nothing that you typed is lost" in done.errors["question"]
    await world.redis_back()
    assert (await world.slack.submit(MAYA, {})).closed
    assert len(await requests_of(world)) == 1


async def test_coaching_is_declined_honestly_and_the_words_are_carried_over(socket_world: World):
    world = socket_world
    answer = await world.slack.command(MAYA, "/coach-me", "I freeze in SQL reviews")
    assert answer.shown is not None

    await world.slack.press(MAYA, answer.shown, "Ask a person about this")

    assert "switched off" in answer.shown.words
    form = world.slack.modal(MAYA)
    assert form is not None
    assert "I freeze in SQL reviews" in str(form.blocks)
    assert (await world.slack.submit(MAYA, {"topics": ["sql"]})).closed
    [request] = await requests_of(world)
    assert request.question == "I freeze in SQL reviews"


async def test_nobody_left_knocks_and_every_way_out_leads_somewhere(socket_world: World):
    world = socket_world
    await world.slack.command(MAYA, ASK, "How do I profile asyncio? #python")
    await world.settle()

    card = await world.slack.message(MAYA, containing="No one yet")

    await world.slack.press(MAYA, card, "Think it through myself")
    window = world.slack.modal(MAYA)
    assert window is not None
    assert "What have you tried" in window.words
    await world.slack.press(MAYA, card, "Ask the admins")
    await world.settle()
    asked = await world.slack.message(MAYA, containing="No one yet")
    assert "I've asked 3 admins to find someone." in asked.words
    await world.slack.press(MAYA, card, "Keep looking")
    await world.settle()
    assert await world.slack.message(MAYA, containing="try again every 4 hours, until")


async def test_where_guided_talks_are_on_the_way_out_begins_one(tmp_path: Path, redis_url: str):
    manifest = tmp_path / "manifest.yml"
    contacts = "support: [{name: Ombuds office, how: write to ombuds@example.com}]"
    manifest.write_text(MANIFEST.read_text("utf-8").replace("support: []", contacts), "utf-8")
    async with start_world(tmp_path, redis_url, manifest=manifest) as world:
        await world.slack.command(MAYA, ASK, "How do I profile asyncio? #python")
        await world.settle()
        card = await world.slack.message(MAYA, containing="No one yet")

        await world.slack.press(MAYA, card, "Think it through myself")
        await world.settle()

        desk = await world.desk()
        assert len(await desk.store.ids(f"open-coach-talks-of:{MAYA}")) == 1
        assert world.slack.modal(MAYA) is None


def slow(world: World, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(opening, "WITHIN", 0.05)
    world.slack.faults.slow(500)


def in_trouble(world: World, _: pytest.MonkeyPatch) -> None:
    world.slack.faults.fail("views.open")


def too_late(world: World, _: pytest.MonkeyPatch) -> None:
    world.slack.faults.refuse("views.open", "expired_trigger_id")


@pytest.mark.parametrize("trouble", [slow, in_trouble, too_late])
@pytest.mark.parametrize("typed", ["what of <this> & that?", "what of <this> & that? " * 80])
async def test_what_was_typed_is_given_back_where_its_form_does_not_open(
    http_world: World,
    monkeypatch: pytest.MonkeyPatch,
    trouble: Callable[[World, pytest.MonkeyPatch], None],
    typed: str,
):
    trouble(http_world, monkeypatch)

    answer = await http_world.slack.command(MAYA, "/ask-mentor", typed)

    assert answer.shown is not None, answer.error
    assert "Slack didn't open the form in time" in answer.shown.words
    assert typed.strip() in answer.shown.words.replace("\n", " ")
    http_world.slack.faults.slow(0)
    http_world.slack.faults.refusals.clear()
    monkeypatch.undo()
    await http_world.slack.press(MAYA, answer.shown, "Try again")
    await http_world.slack.submit(MAYA, {"topics": ["Python"]})
    desk = await http_world.desk()
    [request_id] = await desk.store.ids(f"requests-of:{MAYA}")
    assert (await http_world.get(Request, request_id)).question == typed.strip()


async def test_a_button_whose_form_does_not_open_says_so_and_can_be_pressed_again(
    http_world: World, monkeypatch: pytest.MonkeyPatch
):
    answer = await http_world.slack.command(MAYA, "/ask-mentor", "How do I profile asyncio? #python")
    assert answer.shown is not None
    slow(http_world, monkeypatch)

    acted = await http_world.slack.press(MAYA, answer.shown, "Edit")

    assert acted.ok
    assert await http_world.slack.message(MAYA, containing="Slack didn't open that in time")
    http_world.slack.faults.slow(0)
    monkeypatch.undo()
    await http_world.slack.press(MAYA, answer.shown, "Edit")
    assert await http_world.slack.until(lambda: http_world.slack.modal(MAYA))


async def test_a_name_that_came_as_plain_characters_is_said_not_to_be_understood(http_world: World):
    words = "@jonas-weber How do I profile asyncio? #python"

    answer = await http_world.slack.command(MAYA, ASK, words, None)

    assert answer.shown is not None
    assert "I don't know who “@jonas-weber” is" in answer.shown.words


async def test_a_post_is_named_linked_and_taken_back_and_a_search_that_ran_out_goes_on(
    tmp_path: Path, redis_url: str
):
    text = MANIFEST.read_text("utf-8").replace(
        "  - id: python\n", "  - id: python\n    channel: C0PYTHON\n", 1
    )
    manifest = tmp_path / "manifest.yml"
    manifest.write_text(text, "utf-8")
    async with start_world(tmp_path, redis_url, manifest=manifest) as world:
        slack = world.slack
        await slack.command(MAYA, ASK, "How do I profile asyncio? #python")
        await world.settle()
        await slack.press(MAYA, await slack.message(MAYA, containing="No one yet"), "Post it in the channel")
        await world.settle()

        card = await slack.message(MAYA, containing="It's posted in")
        [post] = [it for it in slack.messages(JONAS, "C0PYTHON") if "Can anyone here help?" in it.words]
        assert f"/archives/C0PYTHON/p{post.ts.replace('.', '')}|see the post>" in str(card.blocks)

        assert len(slack.calls("chat.getPermalink")) == 1
        await slack.press(MAYA, card, "Remove the post")
        await world.settle()
        assert not [it for it in slack.messages(JONAS, "C0PYTHON") if "Can anyone here help?" in it.words]
        assert await slack.message(MAYA, containing="What now?")
        assert len(slack.calls("chat.getPermalink")) == 1

        await world.skip(timedelta(days=8))
        over = await slack.message(MAYA, containing="I've stopped looking")
        await slack.press(MAYA, over, "Keep looking for a week")
        await world.settle()
        await world.enrol(PRIYA, topics={"python": 3})
        await world.skip(timedelta(days=3))
        [sought] = [it for it in await requests_of(world) if not it.is_ended]
        assert [it.helper_id for it in sought.asked] == [PRIYA]
