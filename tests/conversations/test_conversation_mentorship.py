"""A mentorship through the whole of Waymark: from the first wish through five months to a kind end."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from app_world import World, start_world, whole_help, with_support
from test_conversation_home import home

from mentoring.model.person import Person
from playground.driver import Message
from relationships.mentor_search.wish import MentorWish
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.record import OwnNotes
from slackapp.demo.mentorship import ID as SEEDED
from slackapp.demo.mentorship import MENTEE, MENTOR, seed_mentorship

MAYA, PRIYA, RAJ, JONAS = "U0MAYA", "U0PRIYA", "U0RAJ", "U0JONAS"
WANTS = "Lead my first team well"
OURS, MINE = "We looked at delegating", "I was nervous"
DAY = timedelta(days=1)


@pytest.fixture
async def world(tmp_path: Path, redis_url: str) -> AsyncIterator[World]:
    async with start_world(tmp_path, redis_url) as started:
        await started.enrol(PRIYA, topics={"leadership": 3}, level=6, hours="mon-fri 09:00-17:00")
        yield started


async def wished(world: World, **said: str) -> None:
    await world.slack.command(MAYA, "/coach-me", "mentor")
    done = await world.slack.submit(MAYA, {"wants": WANTS, "topics": ["Leadership"], **said})
    assert not done.errors, done.errors
    await world.settle()


async def card(world: World, who: str, containing: str) -> Message:
    return await world.slack.message(who, containing=containing)


async def press(world: World, who: str, containing: str, label: str) -> None:
    await world.slack.press(who, await card(world, who, containing), label)
    await world.settle()


async def met(world: World) -> None:
    await wished(world)
    await press(world, MAYA, "Who would you like to ask?", f"Ask {await called(world, PRIYA)}")
    await press(world, PRIYA, "would like you as their mentor", "Yes, let's meet")


async def called(world: World, who: str) -> str:
    return (await world.get(Person, who)).called


async def going(world: World) -> None:
    await met(world)
    await press(world, MAYA, "are about to begin", "Agree")
    await press(world, PRIYA, "are about to begin", "Agree")


async def mentorship(world: World) -> Mentorship:
    desk = await world.desk()
    [found] = await desk.store.ids(f"mentorships-of:{MAYA}")
    return await world.get(Mentorship, found)


def times(message: Message) -> list[str]:
    return [it for it in re.findall(r"\[([^\]]+)\]", message.words) if re.search(r"\d\d:\d\d$", it)]


async def booked(world: World, who: str = MAYA) -> None:
    message = await card(world, who, "when you're both at work")
    await world.slack.press(who, message, times(message)[0])
    await world.settle()


async def talked(world: World, who: str = MAYA) -> None:
    talk = (await mentorship(world)).talk
    assert talk is not None
    assert talk.ends_at is not None
    await world.skip_to(talk.ends_at + timedelta(minutes=6))
    await press(world, who, "talk?", "Yes, we talked")


async def test_two_people_find_each_other_agree_and_talk(world: World):
    await wished(world)
    suggested = await card(world, MAYA, "Who would you like to ask?")
    assert "know *Leadership* in depth" in suggested.words
    assert world.slack.dm(PRIYA) == []

    await press(world, MAYA, "Who would you like to ask?", f"Ask {await called(world, PRIYA)}")
    asked = await card(world, PRIYA, "would like you as their mentor")
    assert WANTS in asked.words
    assert "you know *Leadership* in depth" in asked.words
    assert "I've asked" in (await card(world, MAYA, WANTS)).words

    await press(world, PRIYA, "would like you as their mentor", "Yes, let's meet")
    terms = await card(world, MAYA, "are about to begin")
    assert "30 minutes every 2 weeks for 5 months" in terms.words
    assert "what we say stays between us" in terms.words

    await press(world, MAYA, "are about to begin", "Agree")
    await press(world, PRIYA, "are about to begin", "Agree")
    first = await card(world, MAYA, "so you two can begin")
    assert "45 minutes, when you're both at work" in first.words
    assert len(times(first)) == 3

    await booked(world)
    told = await card(world, PRIYA, "Your next talk with")
    assert "15 minutes: get to know each other" in told.words
    await talked(world)

    assert "a good fit?" in (await card(world, MAYA, "a good fit?")).words
    await press(world, MAYA, "a good fit?", "Good fit")
    assert "a good fit?" not in (await card(world, MAYA, "when you're both at work")).words
    assert "a good fit?" in (await card(world, PRIYA, "a good fit?")).words


async def test_notes_say_while_typing_who_reads_them_and_only_their_writer_sees_their_own(world: World):
    await going(world)
    await booked(world)
    await talked(world)

    await press(world, MAYA, "when you're both at work", "Add notes")
    form = world.slack.modal(MAYA)
    assert form is not None
    labels = [block["label"]["text"] for block in form.blocks if block["type"] == "input"]
    assert labels[:2] == [
        f"Ours: {await called(world, PRIYA)} reads this too",
        "Mine: only you ever see this",
    ]
    said = {"ours": OURS, "mine": MINE, "step": "Delegate the demo", "goals": "Delegate\nGive feedback"}
    assert (await world.slack.submit(MAYA, said)).closed
    await world.settle()

    await press(world, PRIYA, "when you're both at work", "Add notes")
    theirs = world.slack.modal(PRIYA)
    assert OURS in str(theirs)
    assert MINE not in str(theirs)
    found = await mentorship(world)
    assert MINE not in found.model_dump_json()
    own = await world.get(OwnNotes, f"{found.id}.{MAYA}")
    assert [note.text for note in own.notes] == [MINE]
    assert "“Delegate the demo”" in (await card(world, PRIYA, "Next step:")).words

    await booked(world)
    talk = (await mentorship(world)).talk
    assert talk is not None
    assert talk.at is not None
    await world.skip_to(talk.at - timedelta(hours=20))
    agenda = await card(world, MAYA, "Goal: “Give feedback”")
    assert "Your next step: “Delegate the demo”" in agenda.words
    assert f"Last time: “{OURS}”" in agenda.words


async def test_five_months_of_talks_end_kindly_and_neither_gets_too_many_messages(world: World):
    await going(world)
    begun, counted = world.now, {MAYA: 0, PRIYA: 0}
    seen: dict[str, set[str]] = {MAYA: set(), PRIYA: set()}

    def count() -> None:
        for who in counted:
            fresh = {it.ts for it in world.slack.dm(who)} - seen[who]
            seen[who] |= fresh
            counted[who] += len(fresh)

    count()
    counted.update({MAYA: 0, PRIYA: 0})
    turn = 0
    while (now := await mentorship(world)).is_open:
        talk = now.talk
        assert talk is not None
        if talk.times and any(at > world.now for at in talk.times) and talk.at is None:
            await booked(world, (MAYA, PRIYA)[turn % 2])
            count()
        elif talk.at and talk.ends_at and talk.at < (now.ends_at or world.now):
            await world.skip_to(talk.ends_at - timedelta(hours=1))
            count()
            await talked(world, (MAYA, PRIYA)[turn % 2])
            turn += 1
        else:
            await world.skip(DAY)
        for who in (MAYA, PRIYA):
            if now.question_to(who):
                await _answer(world, who)
        count()

    over = await mentorship(world)
    months = (world.now - begun) / timedelta(days=30.4)
    assert over.end == "finished"
    assert len(over.held) >= 9
    for who, other in ((MAYA, PRIYA), (PRIYA, MAYA)):
        assert counted[who] / months <= 8, counted
        ending = await card(world, who, "is complete")
        assert f"{len(over.held)} talks" in ending.words
        assert other in ending.words

    await press(world, MAYA, "is complete", "Say what you gained")
    await world.slack.submit(MAYA, {"gained": "I can say no"})
    await world.settle()
    assert "I can say no" in (await card(world, PRIYA, "gained:")).words

    await press(world, MAYA, "is complete", "Reopen it")
    await press(world, PRIYA, "would like to continue after all", "Continue")
    assert (await mentorship(world)).state == "going"
    for who in (MAYA, PRIYA):
        assert "it now runs until" in (await card(world, who, "are continuing")).words

    newest = await card(world, MAYA, "Add notes")
    await world.slack.choose(MAYA, newest, "mentorship.more", "Close it")
    await world.slack.submit(MAYA, {})
    await world.settle()
    assert (await mentorship(world)).end == "closed"
    await world.skip(timedelta(days=366))
    assert await world.find(Mentorship, over.id) is None
    assert await world.find(OwnNotes, f"{over.id}.{MAYA}") is None


async def test_what_ends_before_both_agreed_is_not_called_complete(world: World):
    await met(world)

    await press(world, MAYA, "are about to begin", "Call it off")

    for who in (MAYA, PRIYA):
        assert "is complete" not in (await card(world, who, "didn't both agree, so it won't start")).words
    await press(world, MAYA, "didn't both agree", "Reopen it")
    await press(world, PRIYA, "would like to continue after all", "Continue")
    begun = await mentorship(world)
    assert begun.state == "going"
    assert begun.began_at is not None
    for who in (MAYA, PRIYA):
        assert "it now runs until" in (await card(world, who, "are continuing")).words


async def test_nobody_is_offered_to_open_it_again_once_that_is_too_late(world: World):
    await met(world)
    await press(world, MAYA, "are about to begin", "Call it off")

    await world.skip(timedelta(days=15))

    for who in (MAYA, PRIYA):
        assert "open it again" not in (await card(world, who, "didn't both agree")).words.casefold()


async def _answer(world: World, who: str) -> None:
    found = (await mentorship(world)).question_to(who)
    assert found is not None
    label = {"fit": "Good fit", "quality": "Yes", "silence": "We're fine", "ending": "Let it end"}
    words = {
        "fit": "good fit?",
        "quality": "worth your time?",
        "silence": "suit you?",
        "ending": "more time?",
    }
    key, about = found[0], found[1].about
    is_unsure = (who, key) == (MAYA, "fit:1")
    await press(world, who, words[about], "Still deciding" if is_unsure else label[about])
    told = {
        "fit": "You're still deciding" if is_unsure else "",
        "ending": "You're letting it end on",
        "silence": "Noted: you're fine, so I won't close it. If I hear nothing",
    }
    noted = (await card(world, who, "How we're doing")).words
    assert told.get(about, "") in noted
    assert is_unsure == ("still deciding" in noted)


async def test_a_no_is_told_kindly_and_somebody_else_can_be_asked(world: World):
    await world.enrol(RAJ, topics={"leadership": 2}, level=5)
    await wished(world)
    await press(world, MAYA, "Who would you like to ask?", f"Ask {await called(world, PRIYA)}")
    await press(world, PRIYA, "would like you as their mentor", "Not now")

    assert "You said “Not now”" in (await card(world, PRIYA, "Not now")).words
    next_one = await card(world, MAYA, "can't take this on right now")
    assert f"Ask {await called(world, RAJ)}" in next_one.words

    await press(world, MAYA, "can't take this on right now", f"Ask {await called(world, RAJ)}")
    await world.skip(timedelta(days=14, hours=1))
    assert "Nobody else who fits has room" in (await card(world, MAYA, "look again every week")).words
    assert "need an answer" in (await card(world, RAJ, "need an answer")).words


async def test_nobody_there_is_said_and_looked_for_again(world: World):
    await world.slack.command(MAYA, "/coach-me", "mentor")
    await world.slack.submit(MAYA, {"wants": WANTS, "topics": ["Security"]})
    await world.settle()
    assert "Nobody who fits has room right now." in (await card(world, MAYA, WANTS)).words

    await world.enrol(RAJ, topics={"security": 3}, level=5)
    await world.skip(timedelta(days=8))

    assert f"Ask {await called(world, RAJ)}" in (await card(world, MAYA, "Who would you like to ask?")).words


async def test_a_named_mentor_is_asked_at_once(world: World):
    await wished(world, mentor=PRIYA)

    assert "would like you as their mentor" in (await card(world, PRIYA, WANTS)).words


async def test_a_wish_that_can_not_be_is_answered_in_the_form_and_nothing_typed_is_lost(world: World):
    await world.slack.command(MAYA, "/coach-me", "mentor zzz")
    empty = await world.slack.submit(MAYA, {"wants": "qqq zzz"})
    myself = await world.slack.submit(MAYA, {"wants": WANTS, "mentor": MAYA})

    assert set(empty.errors) == {"topics"}
    assert set(myself.errors) == {"mentor"}
    assert world.slack.modal(MAYA) is not None


async def test_while_a_search_is_open_the_command_says_how_it_stands_and_what_was_typed_stays(world: World):
    other = "Speak up in large meetings"
    await wished(world, mentor=PRIYA)

    await world.slack.command(MAYA, "/ask-mentor", f"mentor {other}")
    stands = world.slack.modal(MAYA)
    assert stands is not None
    shown = str(stands.blocks)
    assert "I've asked" in shown
    assert WANTS in shown
    assert other in shown
    await world.slack.close(MAYA)
    assert "would like you as their mentor" in (await card(world, PRIYA, WANTS)).words

    await world.slack.command(MAYA, "/coach-me", f"mentor {other}")
    await world.slack.submit(MAYA, {})
    form = world.slack.modal(MAYA)
    assert form is not None
    assert other in str(form.blocks)
    done = await world.slack.submit(MAYA, {"topics": ["Leadership"]})
    assert done.closed, done.errors
    await world.settle()
    assert "need an answer" in (await card(world, PRIYA, "need an answer")).words
    assert other in (await card(world, MAYA, "Who would you like to ask?")).words


async def test_home_has_the_door_what_waits_and_what_goes_on(world: World):
    await wished(world, mentor=PRIYA)
    tab = await home(world, PRIYA, "would like you as their mentor")
    await world.slack.press(PRIYA, tab, "Yes, let's meet")
    await world.settle()

    agree = await home(world, PRIYA, "agree on how")
    await world.slack.press(PRIYA, agree, "Agree")
    await world.settle()

    mine = await home(world, MAYA, "My mentorships")
    assert "agree on how" in mine.words
    assert "Find a long-term mentor" in mine.words


async def test_a_search_can_be_stopped_and_whoever_was_asked_is_not_left_with_it(world: World):
    await wished(world, mentor=PRIYA)
    await press(world, MAYA, WANTS, "Stop looking")

    assert "You don't need to do anything" in (await card(world, PRIYA, "need an answer")).words
    assert "stopped looking" in (await card(world, MAYA, WANTS)).words
    desk = await world.desk()
    [wish] = [await world.get(MentorWish, it) for it in await desk.store.ids(f"mentor-wishes-of:{MAYA}")]
    assert wish.state == "ended"


@pytest.mark.parametrize(("command", "typed"), [("/ask-mentor", f"mentor {WANTS}"), ("/coach-me", "mentor")])
async def test_both_commands_lead_to_it_with_what_was_typed(world: World, command: str, typed: str):
    help = await whole_help(world, MAYA, command)
    await world.slack.command(MAYA, command, typed)

    assert f"`{command} mentor` finds you a mentor" in help
    form = world.slack.modal(MAYA)
    assert form is not None
    assert (WANTS in str(form.blocks)) == (WANTS in typed)


async def test_who_asks_for_a_long_term_mentor_is_led_there_in_two_taps(tmp_path: Path, redis_url: str):
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path)) as world:
        await world.enrol(PRIYA, topics={"leadership": 3}, level=6)
        text = "I want a long-term mentor who meets me every month to grow into a staff engineer"
        for command in ("/coach-me", "/ask-mentor"):
            answer = await world.slack.command(MAYA, command, text)
            assert answer.shown is not None
            await world.slack.press(MAYA, answer.shown, "Find a long-term mentor")
            form = world.slack.modal(MAYA)
            assert form is not None
            assert text in str(form.blocks)
            await world.slack.close(MAYA)
        await world.slack.command(MAYA, "/coach-me", text)


async def test_both_who_talked_wish_to_keep_going_and_only_then_hear_of_it(world: World):
    await world.enrol(RAJ, topics={"python": 3}, level=5)
    await world.slack.command(MAYA, "/ask-mentor", "How do I profile asyncio? #python")
    await world.settle()
    await press(world, RAJ, "How do I profile asyncio?", "I can help")
    await press(world, MAYA, "How do I profile asyncio?", "Wrap up")
    await world.slack.submit(MAYA, {})
    await world.settle()

    await press(world, MAYA, "Did it help?", "Yes")
    for label in ("Keep going together", "Take it back", "Keep going together"):
        mine = await card(world, MAYA, "You said it helped")
        assert ("You'd like to keep going together" in mine.words) == (label == "Take it back")
        assert ("[Keep going together]" in mine.words) == (label != "Take it back")
        await press(world, MAYA, "You said it helped", label)
    alone = [it.words for it in world.slack.dm(RAJ)]
    assert not [it for it in alone if "are about to begin" in it]
    await press(world, RAJ, "Was it worth your time?", "Yes")
    await press(world, RAJ, "You said it was worth", "Keep going together")

    terms = await card(world, MAYA, "are about to begin")
    assert "How do I profile asyncio?" in terms.words
    for who, said in ((MAYA, "You said it helped"), (RAJ, "You said it was worth")):
        talk = (await card(world, who, said)).words
        assert "You both want to keep going together" in talk
        assert "[Keep going together]" not in talk
        assert "[Take it back]" not in talk
    assert "You'd be the mentor" in (await card(world, RAJ, "are about to begin")).words


async def test_handing_over_asks_the_mentee_first_and_the_next_mentor_sees_what_was_ticked(world: World):
    await world.enrol(RAJ, topics={"leadership": 2}, level=5)
    await going(world)
    await booked(world)
    await talked(world)
    await press(world, MAYA, "when you're both at work", "Add notes")
    await world.slack.submit(MAYA, {"ours": OURS, "mine": MINE, "goals": "Delegate"})
    await world.settle()

    menu = await card(world, PRIYA, "when you're both at work")
    await world.slack.choose(PRIYA, menu, "mentorship.more", "Hand over to another mentor")
    assert (await world.slack.submit(PRIYA, {"suggested": RAJ, "word": "I move to Lisbon"})).closed
    await world.settle()
    raj = await called(world, RAJ)
    asked = await card(world, MAYA, "can't continue as your mentor")
    assert "I move to Lisbon" in asked.words
    assert world.slack.dm(RAJ) == []

    await world.slack.press(MAYA, asked, f"Choose what {raj} may see")
    form = world.slack.modal(MAYA)
    assert OURS in str(form)
    assert "initial_options" not in str(form)
    await world.slack.submit(MAYA, {"parts": ["goals"]})
    await world.settle()

    invited = (await card(world, RAJ, "would like you as their mentor")).words
    assert "“Delegate”" in invited
    assert OURS not in invited
    assert MINE not in invited
    assert "is complete" in (await card(world, PRIYA, "is complete")).words


async def test_who_never_wants_to_be_matched_with_the_other_ends_it_and_neither_reads_why(world: World):
    await going(world)
    await world.slack.command(MAYA, "/ask-mentor", "profile")
    await world.slack.submit(MAYA, {"topics_3": ["Python"], "apart": [PRIYA]})
    await world.settle()

    for who in (MAYA, PRIYA):
        ended = (await card(world, who, "aren't the right match")).words
        assert "it's nobody's fault" in ended
    assert (await mentorship(world)).end == "apart"


async def test_two_who_press_not_a_fit_at_once_read_the_same_and_only_the_mentee_goes_on_looking(
    world: World,
):
    await going(world)
    await booked(world)
    await talked(world)
    await world.skip(timedelta(hours=1))
    cards = [(who, await card(world, who, "a good fit?")) for who in (MAYA, PRIYA)]
    for who, shown in cards:
        await world.slack.press(who, shown, "Not a fit")
    await world.settle()

    mine, theirs = [(await card(world, who, "aren't the right match")).words for who in (MAYA, PRIYA)]
    assert "Find another mentor" in mine
    assert "Find another mentor" not in theirs


async def test_a_break_is_taken_and_ended(world: World):
    await going(world)
    menu = await card(world, MAYA, "when you're both at work")
    await world.slack.choose(MAYA, menu, "mentorship.more", "Take a break")
    past = await world.slack.submit(MAYA, {"until": int((world.now - DAY).timestamp())})
    assert set(past.errors) == {"until"}
    long = await world.slack.submit(MAYA, {"until": int((world.now + 200 * DAY).timestamp())})
    assert long.errors == {"until": "A break lasts 180 days at most."}
    assert (await world.slack.submit(MAYA, {"until": int((world.now + 20 * DAY).timestamp())})).closed
    await world.settle()
    assert "are taking a break until" in (await card(world, PRIYA, "are taking a break until")).words

    await press(world, PRIYA, "are taking a break until", "Resume now")
    assert "your break with" in (await card(world, MAYA, "is over")).words


async def test_what_could_be_better_can_be_changed_in_two_taps(world: World):
    await going(world)
    await booked(world)
    await talked(world)
    await press(world, MAYA, "a good fit?", "Good fit")
    await booked(world)
    await world.skip(timedelta(days=11))
    talk = (await mentorship(world)).talk
    assert talk is not None
    if talk.at:
        await world.skip_to(talk.at + timedelta(minutes=40))
        await press(world, MAYA, "talk?", "Yes, we talked")
    await booked(world)
    await world.skip_to(world.now.replace(hour=10) + timedelta(days=17))
    shown = await card(world, MAYA, "worth your time?")
    await world.slack.press(MAYA, shown, "It could be better")
    window = world.slack.modal(MAYA)
    assert window is not None

    await world.slack.press(MAYA, window, "Talk about it next time")
    await world.settle()

    assert (await mentorship(world)).is_to_be_discussed


async def test_how_many_one_mentors_is_chosen_on_home(world: World):
    tab = await home(world, PRIYA, "Set how many I mentor")
    await world.slack.press(PRIYA, tab, "Set how many I mentor")
    assert (await world.slack.submit(PRIYA, {"places": "0"})).closed

    await world.slack.command(MAYA, "/coach-me", "mentor")
    refused = await world.slack.submit(MAYA, {"wants": WANTS, "mentor": PRIYA})

    assert "no room for a mentorship" in refused.errors["mentor"]


async def test_the_demo_begins_with_a_mentorship_in_its_third_month_that_goes_on(
    tmp_path: Path, redis_url: str
):
    async with start_world(tmp_path, redis_url) as world:
        await world.enrol_cast()
        for _ in range(2):
            await seed_mentorship(await world.desk(), world.now)
        await world.settle()

        mine = await card(world, MENTEE, "Next talk")
        assert "“Show it to the sales team”" in mine.words
        assert "You talk every 2 weeks, as agreed" in mine.words
        await world.slack.press(MENTEE, mine, "How we're doing")
        window = world.slack.modal(MENTEE)
        assert "You picked the time of 3 of 5 talks, and moved none." in str(window)

        seeded = await world.get(Mentorship, SEEDED)
        assert seeded.talk is not None
        assert seeded.talk.ends_at is not None
        await world.skip_to(seeded.talk.ends_at + timedelta(minutes=6))
        await press(world, MENTOR, "talk?", "Yes, we talked")
        assert len((await world.get(Mentorship, SEEDED)).held) == 6
