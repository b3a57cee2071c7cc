"""`/coach-me` through the whole of Waymark: advice with its reasons, a guided talk, the gate before it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from app_world import HELP_LINE, World, start_world, with_support
from redis_servers import everything_in
from test_conversation_home import home

from coaching.aims.aim_check_ins import AimCheckIns
from coaching.guide import talks
from coaching.guide.talk import GuidedTalk
from kernel.policy import Nudges
from mentoring import own_data
from mentoring.model.person import Person
from mentoring.requests.drafts import Draft
from playground.driver import Message
from playground.line.envelopes import Sending
from playground.workspace.views import OpenView

MAYA, PRIYA = "U0MAYA", "U0PRIYA"
COACH = "/coach-me"
CHALLENGE = "I keep putting off a hard conversation with my manager and can't decide how to begin"
DANGER = "I don't want to live anymore"


@pytest.fixture
async def coached(tmp_path: Path, redis_url: str) -> AsyncIterator[World]:
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path)) as world:
        yield world


async def begun(world: World) -> GuidedTalk:
    answer = await world.slack.command(MAYA, COACH, CHALLENGE)
    assert answer.shown is not None
    await world.slack.choose(MAYA, answer.shown, "more", "Think it through")
    await world.settle()
    return await only_talk(world)


async def only_talk(world: World) -> GuidedTalk:
    desk = await world.desk()
    [talk] = [await world.get(GuidedTalk, id) for id in await desk.store.ids(f"coach-talks-of:{MAYA}")]
    return talk


def question(world: World) -> Message:
    return next(message for message in reversed(world.slack.dm(MAYA)) if "Skip" in message.words)


async def test_a_challenge_is_answered_with_what_fits_and_why(coached: World):
    answer = await coached.slack.command(MAYA, COACH, CHALLENGE)

    assert answer.shown is not None
    assert "The guided talk “Prepare a hard conversation” seems to fit best" in answer.shown.words
    assert "a hard conversation lies ahead" in answer.shown.words
    for door in ("Prepare a hard conversation", "Ask a mentor", "More ways"):
        assert door in answer.shown.words


async def test_experience_is_asked_where_it_decides_once_and_can_be_changed_there(coached: World):
    slack = coached.slack

    async def advised(text: str) -> Message:
        answer = await slack.command(MAYA, COACH, text)
        assert answer.shown is not None
        return answer.shown

    async def now(before: Message) -> str:
        await coached.settle()
        return next(it.words for it in slack.messages(MAYA, "C0GENERAL") if it.ts == before.ts)

    assert "How experienced are you?" not in (await advised(CHALLENGE)).words
    first = await advised("What do new joiners think of how we hire?")
    assert "How experienced are you?" in first.words
    await slack.choose(MAYA, first, "coach.level", "Lead or staff")
    assert "Somebody earlier in their career seems to fit best" in await now(first)
    assert ((await coached.get(Person, MAYA)).level, "the experience shown here" in await now(first)) == (
        5,
        True,
    )

    await slack.press(MAYA, await home(coached, MAYA), "Think something through")
    await slack.submit(MAYA, {"mind": "What do junior engineers need that I no longer see?"})
    await coached.settle()
    other = await slack.message(MAYA, containing="junior engineers need")
    assert "How experienced" not in other.words
    await slack.choose(MAYA, other, "coach.level", "I'd rather not say")
    await coached.settle()
    assert (await coached.get(Person, MAYA)).level == 5
    unsaid = await slack.message(MAYA, containing="junior engineers need")
    assert "I go by the experience shown here" in unsaid.words
    await slack.choose(MAYA, other, "coach.level", "Junior")
    await coached.settle()
    changed = await slack.message(MAYA, containing="junior engineers need")
    assert "Somebody earlier in their career" in other.words
    assert "Somebody earlier in their career" not in changed.words
    assert (await begun(coached)).standpoint == "starting"


async def test_who_asks_a_colleague_says_their_experience_where_it_decides_and_hears_what_else_fits(
    coached: World,
):
    slack = coached.slack

    async def receipt(text: str) -> Message:
        asked = await slack.command(PRIYA, "/ask-mentor", text)
        assert asked.shown is not None
        return asked.shown

    assert "How experienced" not in (await receipt("Why does asyncio.gather hang? #python")).words
    first = await receipt("What do new joiners think of how we review code? #python")
    assert "How experienced are you?" in first.words
    await slack.choose(PRIYA, first, "ask.level", "Lead or staff")
    await coached.settle()
    now = next(it.words for it in slack.messages(PRIYA, "C0GENERAL") if it.ts == first.ts)
    assert "Somebody earlier in their career seems to fit best" in now
    assert (await coached.get(Person, PRIYA)).level == 5

    again = await receipt("What do junior engineers need that I no longer see? #python")
    assert "How experienced" not in again.words
    assert "Somebody earlier in their career seems to fit best" in again.words


ANSWERS = {
    "pick": "I will ask her for 20 minutes",
    "when": "Tuesday after the stand-up",
    "confidence": "8",
    "tell": "Priya",
    "learned": "That I never asked her",
}


async def asked_back(world: World, **answers: str) -> Message:
    """Lead a talk to its end; return the card on which its plan is asked back."""
    talk = await begun(world)
    while talk.state == "going":
        asked = question(world)
        assert "Scripted guide, no AI model used" in asked.words
        assert "Ask a colleague instead" in asked.words
        said = (ANSWERS | answers).get(
            talk.asked.step, "Priya" if talk.asked.step == "tell" else "Some peace"
        )
        await world.slack.say(MAYA, said, thread_ts=asked.thread_ts)
        await world.settle()
        talk = await only_talk(world)
    return await world.slack.message(MAYA, containing="Here's what I have. Is that right?")


async def test_a_whole_talk_leads_to_a_plan_that_is_asked_back_and_a_reminder(coached: World):
    card = await asked_back(coached)

    assert "Aim: “Some peace”" in plain(card)
    step = "Step: “I will ask her for 20 minutes”"
    assert step in plain(card)
    assert "Tuesday, 2026-" in card.words
    assert "You'll tell: “Priya”" in plain(card)
    taken = "What you got out of it: “That I never asked her”"
    assert taken in plain(card)
    await coached.slack.press(MAYA, card, "Keep it")
    await coached.settle()
    kept = await coached.slack.message(MAYA, containing="what came of it")
    assert taken in plain(kept)
    assert "I'll remind you on" in kept.words

    talk = await only_talk(coached)
    await coached.skip_to(talk.remind_at)
    reminder = await coached.slack.message(MAYA, containing="It's time for what you planned")
    assert step in plain(reminder)
    await coached.slack.press(MAYA, reminder, "Remind me tomorrow")
    await coached.settle()
    put_off = (await only_talk(coached)).remind_at
    assert put_off is not None
    assert put_off >= talk.remind_at + timedelta(days=1)
    await coached.skip_to(put_off)
    again = await coached.slack.message(MAYA, containing="It's time for what you planned")
    assert again.ts != reminder.ts
    await coached.slack.press(MAYA, again, "Done")
    await coached.settle()
    assert (await only_talk(coached)).is_kept
    assert (
        await coached.slack.message(MAYA, containing="You've done the step you set yourself")
    ).ts == again.ts


async def test_the_next_talk_opens_with_the_last_step_and_keeps_it_apart(coached: World):
    slack, desk = coached.slack, await coached.desk()
    await slack.press(MAYA, await asked_back(coached), "Keep it")
    await coached.settle()
    first = await only_talk(coached)
    await coached.skip_to(first.remind_at + timedelta(hours=1))

    async def next_talk() -> GuidedTalk:
        answer = await slack.command(MAYA, COACH, "I never get to the big report")
        await slack.choose(MAYA, answer.shown, "more", "Get unstuck")
        await coached.settle()
        return await coached.get(GuidedTalk, (await desk.store.ids(f"coach-talks-of:{MAYA}"))[0])

    second = await next_talk()
    asked = question(coached)
    assert "You meant to do this on Tuesday: “I will ask her for 20 minutes" in asked.words
    assert second.turns[0].question in asked.words
    assert (await next_talk()).follows is None  # it is asked about once
    await slack.press(MAYA, asked, "It's done")
    await slack.say(MAYA, "She said yes, we meet on Friday at 9", thread_ts=asked.thread_ts)
    await coached.settle()

    on_it = next(it.words for it in reversed(slack.dm(MAYA)) if "Of your last step" in it.words)
    assert "Of your last step you say: “She said yes, we meet on Friday at 9”." in on_it
    assert "report" in on_it
    assert (await coached.get(GuidedTalk, first.id)).is_kept
    second = await coached.get(GuidedTalk, second.id)
    assert (second.outcome.cue, second.outcome.step, second.outcome.goal) == ("", "", "")
    [said] = [it for it in slack.dm(MAYA) if it.words.startswith("She said yes")]
    slack.slack.delete(said)
    await coached.settle()
    assert "She said yes" not in (await coached.get(GuidedTalk, second.id)).model_dump_json()


async def test_an_aim_is_checked_in_on_week_by_week_until_that_is_stopped_or_ignored(coached: World):
    slack, desk = coached.slack, await coached.desk()
    await slack.press(MAYA, await asked_back(coached), "Keep it")
    await coached.settle()
    first = await only_talk(coached)
    kept = await slack.message(MAYA, containing="what came of it")
    await slack.choose(MAYA, kept, "talk.check_in", "Every week")
    await coached.settle()
    card = await slack.message(MAYA, containing="Stop asking")
    assert "I'll ask every week about your progress" in card.words
    assert "Some peace" not in (await coached.get(AimCheckIns, first.id)).model_dump_json()

    await coached.skip(timedelta(days=8))
    asked = await slack.message(MAYA, containing="Any progress since")
    assert "Some peace" in asked.words
    for _ in range(2):
        await slack.press(MAYA, asked, "Talk about it")
        await coached.settle()
    [second, _] = [await coached.get(GuidedTalk, id) for id in await desk.store.ids(f"coach-talks-of:{MAYA}")]
    assert (second.opening, second.follows) == ("Some peace", first.id)
    assert "You meant to do this" in question(coached).words
    await slack.press(MAYA, await slack.message(MAYA, containing="Stop asking"), "Ask every two weeks")
    await coached.settle()
    assert "I'll ask every two weeks" in (await slack.message(MAYA, containing="Stop asking")).words

    for _ in range(10):
        await coached.skip(timedelta(days=7))

    assert "I've stopped checking in" in (await slack.message(MAYA, containing="stopped checking in")).words
    assert (await coached.get(AimCheckIns, first.id)).number == 1 + Nudges().stop_after
    await slack.choose(MAYA, kept, "talk.check_in", "Every week")
    await coached.settle()
    await slack.press(MAYA, await slack.message(MAYA, containing="Stop asking"), "Stop asking")
    await coached.skip(timedelta(days=30))

    assert "I won't check in on this any more" in (await slack.message(MAYA, containing="check in on")).words
    assert (await coached.get(AimCheckIns, first.id)).number == 0
    await own_data.erase(desk, coached.conversations.features, MAYA, coached.now)
    assert await coached.find(AimCheckIns, first.id) is None


async def test_each_part_of_a_plan_is_changed_before_it_is_kept(coached: World):
    card = await asked_back(coached)
    at = coached.now + timedelta(days=3)
    for part, answer in [
        ("aim", {"aim": "A *calm* talk"}),
        ("step", {"step": "Write to her"}),
        ("moment", {"moment": int(at.timestamp())}),
        ("tell", {"tell": None}),
    ]:
        await coached.slack.press(MAYA, card, "Change", block_of(card, part))
        assert (await coached.slack.submit(MAYA, answer)).closed
        await coached.settle()

    changed = await coached.slack.message(MAYA, containing="Here's what I have. Is that right?")
    assert "Step: “Write to her”" in plain(changed)
    assert "calm" in plain(changed)
    assert "You'll tell" not in plain(changed)
    await coached.slack.press(MAYA, changed, "Keep it")
    await coached.settle()
    assert (await only_talk(coached)).remind_at == at.replace(microsecond=0)


async def test_a_plan_whose_moment_has_passed_is_not_kept_as_it_is(coached: World):
    card = await asked_back(coached)
    await coached.skip(timedelta(days=9))

    await coached.slack.press(MAYA, card, "Keep it")

    assert await coached.slack.message(MAYA, containing="The moment of this plan has passed meanwhile")
    assert (await only_talk(coached)).is_asked_back


async def test_what_is_wrong_in_a_changed_plan_is_said_at_its_field(coached: World):
    card = await asked_back(coached)
    past = int((coached.now - timedelta(hours=1)).timestamp())

    await coached.slack.press(MAYA, card, "Change", block_of(card, "moment"))
    late = await coached.slack.submit(MAYA, {"moment": past})
    assert late.errors == {"moment": "This moment has passed already. Choose one that is still to come."}
    await coached.slack.press(MAYA, card, "Change", block_of(card, "step"))
    bare = await coached.slack.submit(MAYA, {"step": "  "})
    assert bare.errors == {"step": "Say in a few words what you will do."}


async def test_a_plan_without_a_day_says_so_and_promises_no_reminder(coached: World):
    card = await asked_back(coached, when="when I have sat down with her")

    assert "No day picked yet — you said “when I have sat down with her”" in card.words
    await coached.slack.press(MAYA, card, "Keep it")
    await coached.settle()
    kept = await coached.slack.message(MAYA, containing="what came of it")
    assert "remind you on" not in kept.words
    home = await home_of(coached)
    assert "You haven't picked a day yet." in home.words

    await coached.slack.press(MAYA, home, "Change")
    at = int((coached.now + timedelta(days=2)).timestamp())
    assert (await coached.slack.submit(MAYA, {"step": "Ask her", "moment": at})).closed
    await coached.settle()

    assert "I'll remind you on" in (await coached.slack.message(MAYA, containing="what came of it")).words


async def test_a_plan_is_dropped_from_the_home_tab_and_kept_after_all(coached: World):
    await asked_back(coached)
    home = await home_of(coached)
    assert "Right? I keep it once you say so." in home.words

    await coached.slack.press(MAYA, home, "Drop it")
    await coached.settle()

    assert "Drop it" not in (await home_of(coached)).words
    dropped = await coached.slack.message(MAYA, containing="You dropped this plan")
    await coached.slack.press(MAYA, dropped, "Keep it after all")
    await coached.settle()
    assert (await only_talk(coached)).is_agreed


def plain(card: Message) -> str:
    return card.words.replace("*", "")


def block_of(card: Message, part: str) -> str:
    """The block in which a part of the plan stands, with its button."""
    rows = [it for it in card.blocks if "accessory" in it]
    return next(it["block_id"] for it in rows if it["accessory"]["value"].endswith(f" {part}"))


async def test_words_after_a_guided_talk_are_offered_to_no_colleague(coached: World):
    await begun(coached)
    asked = question(coached)
    await coached.slack.press(MAYA, asked, "Stop")
    await coached.enrol(PRIYA, topics={"python": 3})
    await coached.slack.command(MAYA, "/ask-mentor", "How do I profile asyncio? #python #anonymous")
    offer = await coached.slack.message(PRIYA, containing="Can you help")
    await coached.slack.press(PRIYA, offer, "I can help")
    await coached.settle()

    await coached.slack.say(MAYA, "I am lighter now than before", thread_ts=asked.thread_ts)
    await coached.settle()

    card = await coached.slack.message(MAYA, containing="This guided talk has ended")
    assert "I am lighter now than before" in card.words
    assert "Send to" not in card.words
    assert not [it for it in coached.slack.dm(PRIYA) if "lighter" in it.words]


async def test_an_answer_outside_the_thread_finds_the_only_talk_and_the_next_question_follows_it(
    coached: World,
):
    await begun(coached)
    in_thread = question(coached)

    await coached.slack.say(MAYA, "A plan for Tuesday")
    await coached.settle()
    beside = question(coached)
    await coached.slack.say(MAYA, "7, it matters", thread_ts=in_thread.thread_ts)
    await coached.settle()
    again_in_thread = question(coached)

    assert (await only_talk(coached)).turns[0].answer == "A plan for Tuesday"
    shown = [it.is_in_conversation for it in (in_thread, beside, again_in_thread)]
    assert shown == [False, True, False]
    assert len({it.thread_ts for it in (in_thread, beside, again_in_thread)}) == 1

    await coached.slack.say(MAYA, "I asked once")
    await coached.settle()
    await coached.skip(timedelta(days=1))
    resting = next(it for it in coached.slack.dm(MAYA) if "This talk is paused" in it.words)
    assert (resting.is_in_conversation, "Skip" in resting.words) == (True, False)
    await coached.slack.press(MAYA, resting, "Continue")
    await coached.settle()
    assert question(coached).is_in_conversation
    assert question(coached).ts > resting.ts
    assert not [it for it in coached.slack.dm(MAYA) if "This talk is paused" in it.words]


async def test_with_two_guided_talks_an_answer_outside_their_threads_asks_in_which(coached: World):
    slack, desk = coached.slack, await coached.desk()
    for worry in (CHALLENGE, "Should I stay an engineer or lead a team?"):
        answer = await slack.command(MAYA, COACH, worry)
        assert answer.shown is not None
        await slack.choose(MAYA, answer.shown, "more", "Get unstuck")
        await coached.settle()
    written = await slack.say(MAYA, "I want to know what I would miss")
    await coached.settle()
    card = await slack.message(MAYA, containing="A new question, or part of a talk?")

    await slack.press(MAYA, card, "draft.answer.1")
    await slack.press(MAYA, card, "draft.answer.0")
    await coached.settle()

    ids = await desk.store.ids(f"coach-talks-of:{MAYA}")
    answers = {
        talk.opening: talk.turns[0].answer for talk in [await coached.get(GuidedTalk, id) for id in ids]
    }
    assert answers == {
        CHALLENGE: "I want to know what I would miss",
        "Should I stay an engineer or lead a team?": None,
    }
    assert await desk.store.ids(f"drafts-of:{MAYA}") == []
    assert await slack.message(MAYA, containing="It's in the talk that you chose")
    slack.slack.edit(written, text="I want to know what I'd lose")
    await coached.settle()
    kept = [(await coached.get(GuidedTalk, id)).turns[0].answer for id in ids]
    assert "I want to know what I'd lose" in kept


async def test_stop_alone_ends_the_talk_and_is_no_wish_for_fewer_questions(coached: World):
    talk = await begun(coached)

    await coached.slack.say(MAYA, "stop")
    await coached.settle()

    assert (await coached.get(GuidedTalk, talk.id)).state == "stopped"
    assert not [it for it in coached.slack.dm(MAYA) if "ask you" in it.words]


async def test_buttons_skip_go_back_and_stop(coached: World):
    await begun(coached)
    for button in ("Skip", "Back", "Skip", "Stop"):
        await coached.slack.press(MAYA, question(coached), button)
        await coached.settle()

    talk = await only_talk(coached)
    assert talk.state == "stopped"
    assert not [message for message in coached.slack.dm(MAYA) if "Skip" in message.words]

    ended = await coached.slack.message(MAYA, containing="has ended here")
    await coached.slack.press(MAYA, ended, "Continue after all")
    await coached.settle()
    await coached.slack.say(MAYA, "A plan", thread_ts=question(coached).thread_ts)
    await coached.settle()
    assert (await only_talk(coached)).turns[1].answer == "A plan"


async def test_a_text_that_is_to_be_forgotten_leaves_no_button(coached: World):
    answer = await coached.slack.command(MAYA, COACH, CHALLENGE)
    assert answer.shown is not None

    await coached.slack.press(MAYA, answer.shown, "Forget it")

    left = coached.slack.messages(MAYA, answer.shown.conversation)
    assert [it.words for it in left if it.ephemeral] == ["Forgotten. I kept none of it."]


async def test_a_talk_goes_on_days_later_after_a_restart(coached: World):
    await begun(coached)
    asked = question(coached)
    await coached.skip_to(coached.now.replace(day=coached.now.day + 3))
    await coached.restart()

    await coached.slack.say(MAYA, "Back again", thread_ts=asked.thread_ts)
    await coached.settle()

    talk = await only_talk(coached)
    assert (talk.state, len(talk.turns)) == ("going", 2)


async def test_a_person_is_one_press_away_with_the_text_carried_over(coached: World):
    await begun(coached)

    await coached.slack.press(MAYA, question(coached), "Ask a colleague instead")

    form = coached.slack.modal(MAYA)
    assert form is not None
    assert CHALLENGE in str(form.body["blocks"])


async def test_without_a_contact_guided_talks_are_off_and_a_person_is_offered(socket_world: World):
    answer = await socket_world.slack.command(MAYA, COACH, CHALLENGE)

    assert answer.shown is not None
    assert "switched off" in answer.shown.words
    await socket_world.slack.press(MAYA, answer.shown, "Ask a person about this")
    assert CHALLENGE in str(socket_world.slack.modal(MAYA).body["blocks"])


@pytest.mark.parametrize("command", ["/coach-me", "/ask-mentor"])
async def test_danger_after_a_command_is_answered_with_contacts_and_kept_nowhere(
    coached: World, command: str
):
    answer = await coached.slack.command(MAYA, command, f"{DANGER} #python")

    assert answer.shown is not None
    assert HELP_LINE in answer.shown.words
    assert "Nobody has been told" in answer.shown.words
    desk = await coached.desk()
    assert not await desk.store.ids(f"drafts-of:{MAYA}")
    assert not await desk.store.ids(f"requests-of:{MAYA}")


async def test_danger_in_a_form_is_answered_in_its_place_and_files_nothing(coached: World):
    await coached.slack.command(MAYA, "/ask-mentor")

    done = await coached.slack.submit(MAYA, {"question": DANGER, "topics": ["Python"]})

    assert done.view is not None
    assert HELP_LINE in done.view.words
    assert not await (await coached.desk()).store.ids(f"requests-of:{MAYA}")


async def test_danger_in_a_message_shows_contacts_and_keeps_no_draft(coached: World):
    await coached.slack.say(MAYA, DANGER)
    await coached.settle()

    assert await coached.slack.message(MAYA, containing=HELP_LINE)
    assert not await (await coached.desk()).store.ids(f"drafts-of:{MAYA}")


async def test_danger_is_not_passed_on_to_the_other_of_a_relayed_talk(coached: World):
    await coached.enrol(PRIYA, topics={"python": 3})
    await coached.slack.command(MAYA, "/ask-mentor", "How do I profile asyncio? #python #anonymous")
    offer = await coached.slack.message(PRIYA, containing="profile asyncio")
    await coached.slack.press(PRIYA, offer, "I can help")
    await coached.settle()

    await coached.slack.say(MAYA, DANGER)
    await coached.settle()

    assert await coached.slack.message(MAYA, containing="I keep none of what you wrote")
    assert not [message for message in coached.slack.dm(PRIYA) if "live anymore" in message.words]


async def test_danger_in_a_talk_ends_it_without_its_words(coached: World):
    await begun(coached)

    await coached.slack.say(MAYA, DANGER, thread_ts=question(coached).thread_ts)
    await coached.settle()

    talk = await only_talk(coached)
    assert talk.is_hushed
    assert CHALLENGE not in talk.model_dump_json()
    told = [message for message in coached.slack.dm(MAYA) if "Nobody has been told" in message.words]
    assert sorted(message.thread_ts is None for message in told) == [False, True]
    assert not [
        message for message in coached.slack.dm(MAYA) if message.bot and "putting off" in message.words
    ]


@pytest.mark.parametrize(
    ("word", "said"), [("", "which kind of help fits"), ("privacy", "180 days"), ("stop", "No talk")]
)
async def test_sub_words_are_answered(coached: World, word: str, said: str):
    answer = await coached.slack.command(MAYA, COACH, word)

    assert answer.shown is not None
    assert said in answer.shown.words


async def test_a_talk_cannot_be_begun_twice_from_one_text(coached: World):
    answer = await coached.slack.command(MAYA, COACH, CHALLENGE)
    await coached.slack.choose(MAYA, answer.shown, "more", "Think it through")
    await coached.slack.choose(MAYA, answer.shown, "more", "Think it through")
    await coached.settle()

    assert (await only_talk(coached)).form == "grow"
    desk = await coached.desk()
    assert [await coached.find(Draft, id) for id in await desk.store.ids(f"drafts-of:{MAYA}")] == []


async def home_of(world: World) -> OpenView:
    await world.slack.open_home(MAYA)
    await world.settle()
    shown = world.slack.home(MAYA)
    assert shown is not None
    return shown


async def test_from_the_home_tab_a_text_is_advised_on_and_its_talk_found_again(coached: World):
    await coached.slack.press(MAYA, await home_of(coached), "Think something through")
    sent = await coached.slack.submit(MAYA, {"mind": CHALLENGE})
    assert sent.closed
    await coached.settle()

    advised = await coached.slack.message(MAYA, containing="“Prepare a hard conversation” seems to fit best")
    assert CHALLENGE in advised.words
    await coached.slack.press(MAYA, advised, "Prepare a hard conversation")
    await coached.settle()
    assert "I kept none of it" in next(it for it in coached.slack.dm(MAYA) if it.ts == advised.ts).words
    listed = await home_of(coached)
    assert CHALLENGE in listed.words
    assert "the next question is in its thread" in listed.words

    await coached.skip(timedelta(days=2))
    await coached.slack.press(MAYA, await home_of(coached), "Continue")
    await coached.settle()
    assert (await only_talk(coached)).state == "going"
    await coached.slack.press(MAYA, await home_of(coached), "Stop")
    await coached.settle()
    assert CHALLENGE not in (await home_of(coached)).words


async def test_danger_in_the_form_of_the_home_tab_is_answered_and_kept_nowhere(coached: World):
    await coached.slack.press(MAYA, await home_of(coached), "Think something through")

    sent = await coached.slack.submit(MAYA, {"mind": DANGER})
    await coached.settle()

    assert sent.view is not None
    assert HELP_LINE in sent.view.words
    assert not await (await coached.desk()).store.ids(f"drafts-of:{MAYA}")


async def test_where_talks_are_off_the_home_tab_does_not_offer_them(socket_world: World):
    assert "Think something through" not in (await home_of(socket_world)).words


async def test_a_word_that_ended_a_talk_and_is_sent_again_is_no_draft(coached: World):
    await begun(coached)
    await coached.slack.say(MAYA, "stop", thread_ts=question(coached).thread_ts)
    await coached.settle()
    [first] = [
        it for it in coached.slack.calls("message") if (it.request or {})["event"].get("text") == "stop"
    ]

    await coached.slack.slack.link.send(Sending("events_api", first.request or {}, retry=1))
    await coached.settle()

    assert await (await coached.desk()).store.ids(f"drafts-of:{MAYA}") == []


async def test_an_answer_that_comes_as_two_events_is_heard_once(coached: World):
    talk = await begun(coached)
    await coached.slack.say(MAYA, "Something of my own", thread_ts=question(coached).thread_ts)
    await coached.settle()
    [first] = [
        it
        for it in coached.slack.calls("message")
        if (it.request or {})["event"].get("text") == "Something of my own"
    ]
    heard = await coached.get(GuidedTalk, talk.id)

    twin = {**(first.request or {}), "event_id": "Ev0TWIN"}
    await coached.slack.slack.link.send(Sending("events_api", twin))
    await coached.settle()

    assert await coached.get(GuidedTalk, talk.id) == heard


SECRET = "Something only Bernhard knows"


async def test_a_message_that_a_talk_began_with_leaves_nothing_behind_when_it_is_deleted(
    coached: World, redis_url: str
):
    message = await coached.slack.say(MAYA, CHALLENGE)
    await coached.settle()
    card = coached.slack.dm(MAYA)[-1]
    await coached.slack.press(MAYA, card, "Prepare a hard conversation")
    await coached.settle()
    assert (await only_talk(coached)).opening == CHALLENGE

    coached.slack.slack.delete(message)
    await coached.settle()

    assert (await only_talk(coached)).opening == ""
    assert "putting off" not in everything_in(redis_url)


async def test_an_answer_that_its_person_deletes_leaves_nothing_behind(coached: World, redis_url: str):
    talk = await begun(coached)
    message = await coached.slack.say(MAYA, SECRET, thread_ts=question(coached).thread_ts)
    await coached.settle()
    assert (await coached.get(GuidedTalk, talk.id)).turns[0].answer == SECRET

    coached.slack.slack.delete(message)
    await coached.settle()

    assert "Bernhard" not in everything_in(redis_url)
    assert "Bernhard" not in "".join(it.words for it in coached.slack.dm(MAYA))
    assert (await coached.get(GuidedTalk, talk.id)).state == "going"


async def test_an_answer_that_its_person_changes_is_kept_as_it_is_then(coached: World):
    talk = await begun(coached)
    message = await coached.slack.say(MAYA, SECRET, thread_ts=question(coached).thread_ts)
    await coached.settle()

    coached.slack.slack.edit(message, text="Something else")
    await coached.settle()

    assert (await coached.get(GuidedTalk, talk.id)).turns[0].answer == "Something else"


async def test_slacks_stop_button_in_the_thread_of_a_talk_that_is_forgotten_stops_the_line(coached: World):
    talk = await begun(coached)
    root = question(coached).thread_ts
    assert root is not None
    await talks.forget(await coached.desk(), talk.id)

    place = {"channel": coached.slack.slack.workspace.dm(MAYA).id, "thread_ts": root}
    coached.slack.slack.link.emit({"type": "agent_session_stopped", "user": MAYA, **place}, "Ev1")
    await coached.settle()

    assert [it.summary for it in coached.slack.calls("agents.sessions.setStatus")] == ["ok"]


async def test_a_step_stands_on_the_home_tab_until_it_is_done(coached: World):
    card = await asked_back(coached, when="Friday at 9")
    await coached.slack.press(MAYA, card, "Keep it")
    await coached.settle()
    home = await home_of(coached)
    assert "My next steps" in home.words
    assert "ask her for 20 minutes" in home.words

    await coached.slack.press(MAYA, home, "Another day")
    later = coached.now + timedelta(days=9)
    assert (await coached.slack.submit(MAYA, {"moment": int(later.timestamp())})).closed
    await coached.settle()
    assert (await only_talk(coached)).remind_at == later.replace(microsecond=0)
    await coached.slack.press(MAYA, await home_of(coached), "Done")
    await coached.settle()

    assert (await only_talk(coached)).is_kept
    assert "My next steps" not in (await home_of(coached)).words
    assert not [it for it in coached.slack.dm(MAYA) if "You've done the step you set yourself" in it.words]


@pytest.mark.parametrize("line", ["sprint planning wears me out", "insights into SQL plans would help me"])
async def test_a_sentence_that_begins_with_a_word_of_the_command_is_advised_on(coached: World, line: str):
    answer = await coached.slack.command(MAYA, COACH, line)

    assert answer.shown is not None
    assert line in answer.shown.words or "seems to fit best" in answer.shown.words
    assert coached.slack.modal(MAYA) is None
