"""Talks on the real store: what is written is saved, the engine speaks after it, and danger keeps no word."""

from datetime import datetime, timedelta
from typing import Any

import make
import pytest
from make import ADA, ASKER, DAY, MINUTE, NOW
from office import Office, do_coaching

from coaching.aims import aims
from coaching.aims.aim_check_ins import AimCheckIns
from coaching.guide import consent, next_steps, talks
from coaching.guide.engine import Guide
from coaching.guide.model import Terms
from coaching.guide.talk import GuidedTalk
from coaching.guide.turn import Reply
from kernel.errors import Ended, Invalid, NotYours, Repeated
from kernel.nudges import Unasked
from kernel.policy import Nudges, Policy
from storage.connection.keys import keys_of

TERMS = Terms(provider="openai", host="models.example", model="a model")
OPENING = "I keep putting off the talk with my manager."


async def begun(office: Office) -> GuidedTalk:
    await talks.begin(office.desk, ASKER, NOW, opening=OPENING, form="grow", talk_id="T1")
    await led(office, NOW)
    return await office.get(GuidedTalk, "T1")


async def led(office: Office, now: datetime, engine: Guide | None = None) -> list[str]:
    """Do what coaching has due; return the kinds."""
    shards, done = [keys_of(office.workspace).shard], list[str]()
    while await office.stores.agenda.tick(now, shards):
        for due in await office.stores.agenda.take("office", shards=shards):
            done.append(due.kind)
            if not await do_coaching(office.desk, due, now, engine):
                await office.stores.agenda.done(due)
    return done


async def said(office: Office, text: str, now: datetime = NOW) -> GuidedTalk:
    asked = len((await office.get(GuidedTalk, "T1")).turns)
    await talks.reply(office.desk, "T1", ASKER, now, text=text, event_id=f"{asked}{text}")
    await led(office, now)
    return await office.get(GuidedTalk, "T1")


async def test_a_talk_begins_with_one_question_in_its_thread(office: Office):
    talk = await begun(office)

    assert [turn.step for turn in talk.turns] == ["goal"]
    assert await office.times_shown("turn:T1.0", ASKER) == 1
    assert await office.times_shown("talk:T1", ASKER) >= 1


async def test_the_same_beginning_again_is_the_same_talk(office: Office):
    first = await begun(office)

    again = await talks.begin(office.desk, ASKER, NOW, opening="Other", form="woop", talk_id="T1")

    assert again == first


async def test_a_talk_about_nothing_is_refused(office: Office):
    with pytest.raises(Invalid):
        await talks.begin(office.desk, ASKER, NOW, opening="  ", form="grow", talk_id="T1")


async def test_a_whole_talk_ends_with_a_plan_and_a_reminder_at_its_cue(office: Office):
    talk = await begun(office)
    answers = {"pick": "Ask her for 20 minutes", "when": "Tuesday after the stand-up", "confidence": "8"}
    while talk.state == "going":
        talk = await said(office, answers.get(talk.asked.step, "Something of mine"))

    assert (talk.state, talk.outcome.step) == ("done", "Ask her for 20 minutes")
    assert talk.remind_at is not None
    assert talk.remind_at > NOW
    assert await office.times_shown(f"turn:T1.{len(talk.turns) - 1}", ASKER) == 3
    assert "talk_cue" not in await led(office, talk.remind_at - MINUTE)
    await next_steps.agree(office.desk, "T1", ASKER, NOW)
    await led(office, talk.remind_at)
    assert await office.times_shown("cue:T1", ASKER) == 1


@pytest.mark.parametrize("cue", ["2028-01-10 at 9:00", "9999-12-31 at 23:00"])
async def test_a_talk_ends_without_a_promise_to_remind_when_it_will_be_forgotten(office: Office, cue: str):
    await office.put(make.person(zone="America/New_York"))
    talk = await begun(office)
    answers = {"pick": "Ask her for 20 minutes", "when": cue, "confidence": "8"}

    while talk.state == "going":
        talk = await said(office, answers.get(talk.asked.step, "Something of mine"))

    assert (talk.state, talk.remind_at) == ("done", None)


async def test_the_same_message_twice_is_one_answer(office: Office):
    await begun(office)
    await talks.reply(office.desk, "T1", ASKER, NOW, text="A plan", event_id="E1")

    with pytest.raises(Repeated):
        await talks.reply(office.desk, "T1", ASKER, NOW, text="A plan", event_id="E1")


async def test_an_answer_written_while_the_app_was_away_waits_for_its_question(office: Office):
    await begun(office)
    await talks.reply(office.desk, "T1", ASKER, NOW, text="A plan", event_id="E1")

    await led(office, NOW + 3 * DAY)

    assert [turn.step for turn in (await office.get(GuidedTalk, "T1")).turns] == ["goal", "matters"]


async def test_of_an_answer_that_was_deleted_nothing_is_kept_of_what_was_made_of_it(office: Office):
    await begun(office)
    await led(office, NOW)
    await talks.reply(office.desk, "T1", ASKER, NOW, text="My secret", event_id="M1")
    built = Reply(
        step="reality",
        reflection="A secret, you say.",
        question="What secret?",
        by="a model",
        next_step="Tell the secret",
        used=("secret",),
    )
    talk = (await office.get(GuidedTalk, "T1")).ask(built, NOW).answer("Another thing", NOW)
    await office.put(talk, consent.Consent(id=ASKER, sent=("My secret",), sent_at=NOW))

    await talks.erase(office.desk, "M1", ASKER, NOW)

    kept = await office.get(GuidedTalk, "T1")
    assert "secret" not in kept.model_dump_json()
    assert kept.turns[1].answer == "Another thing"
    assert (await office.get(consent.Consent, ASKER)).sent == ()


async def test_words_that_steer_are_no_answers(office: Office):
    await begun(office)
    skipped = await said(office, "skip")
    returned = await said(office, "Back")
    stopped = await said(office, "stop.")

    assert [turn.step for turn in skipped.turns] == ["goal", "matters"]
    assert returned.asked.step == "goal"
    assert stopped.state == "stopped"


async def test_a_talk_that_was_stopped_goes_on_with_its_question_asked_again(office: Office):
    await begun(office)
    await said(office, "stop")
    before = await office.times_shown("turn:T1.0", ASKER)

    await talks.resume(office.desk, "T1", ASKER, NOW)

    talk = await office.get(GuidedTalk, "T1")
    assert (talk.state, talk.asked.step) == ("going", "goal")
    assert await office.times_shown("turn:T1.0", ASKER) == before + 1
    assert await office.desk.store.ids(f"open-coach-talks-of:{ASKER}") == ["T1"]


@pytest.mark.parametrize("move", [talks.skip, talks.back])
async def test_a_second_press_that_comes_after_the_next_question_leaves_that_alone(office: Office, move: Any):
    await begun(office)
    for answer in ("A plan", "8", "I wrote it down"):
        await said(office, answer)
    number = len((await office.get(GuidedTalk, "T1")).turns) - 1
    await move(office.desk, "T1", ASKER, NOW, number=number)
    await led(office, NOW)
    once = await office.get(GuidedTalk, "T1")

    await move(office.desk, "T1", ASKER, NOW, number=number)

    assert await office.get(GuidedTalk, "T1") == once
    assert once.asked is not None
    assert len(once.turns) != number + 1


async def test_a_talk_rests_after_a_day_and_goes_on_by_an_answer(office: Office):
    await begun(office)
    await led(office, NOW + talks.RESTS_AFTER)
    resting = await office.get(GuidedTalk, "T1")

    later = await said(office, "Here I am again", NOW + timedelta(days=4))

    assert (resting.state, later.state) == ("paused", "going")


@pytest.mark.parametrize("word", ["back", "stop"])
async def test_a_talk_whose_question_is_asked_again_rests_as_well(office: Office, word: str):
    await begun(office)
    await said(office, "A plan")
    later = NOW + talks.RESTS_AFTER - timedelta(hours=1)
    await said(office, word, later)
    await talks.resume(office.desk, "T1", ASKER, later)

    await led(office, NOW + talks.RESTS_AFTER)
    going = await office.get(GuidedTalk, "T1")
    await led(office, later + talks.RESTS_AFTER)

    assert (going.state, (await office.get(GuidedTalk, "T1")).state) == ("going", "paused")


async def test_danger_ends_the_talk_and_keeps_no_word(office: Office):
    await begun(office)

    talk = await said(office, "I don't want to live anymore")

    assert talk.state == "stopped"
    assert "live" not in talk.model_dump_json()
    assert OPENING not in talk.model_dump_json()
    assert await led(office, NOW + 3 * DAY) == ["talk_rests"]


class Interrupted(Guide):
    """An engine whose person takes their yes to a model back just before its words arrive."""

    def __init__(self, office: Office) -> None:
        self.office = office

    async def next_turn(self, talk: GuidedTalk) -> Reply | None:
        """A model's words that nobody wants any more; the next time, the guide's."""
        said = await super().next_turn(talk)
        if said is None or (await consent.of(self.office.desk, ASKER)).is_refused:
            return said
        await consent.decline(self.office.desk, ASKER, NOW)
        return said.model_copy(update={"by": "a model", "question": "What does the model want to know?"})


async def test_words_of_a_model_that_come_after_the_yes_was_taken_back_are_dropped_for_the_guides(
    office: Office,
):
    await consent.agree(office.desk, ASKER, TERMS, NOW)
    await talks.begin(office.desk, ASKER, NOW, opening=OPENING, form="grow", talk_id="T1")

    await led(office, NOW, Interrupted(office))

    [asked] = (await office.get(GuidedTalk, "T1")).turns
    assert asked.by == "guide"


async def test_nobody_else_can_answer(office: Office):
    await begun(office)

    with pytest.raises(NotYours):
        await talks.reply(office.desk, "T1", ADA, NOW, text="Let me", event_id="E9")


async def test_a_talk_is_forgotten_in_the_end(office: Office):
    await begun(office)

    await led(office, NOW + talks.FORGOTTEN_AFTER)

    assert await office.find(GuidedTalk, "T1") is None


async def planned(office: Office) -> GuidedTalk:
    """Lead a talk to its end, and keep its plan."""
    await asked_back(office)
    return await next_steps.agree(office.desk, "T1", ASKER, NOW)


async def asked_back(office: Office) -> GuidedTalk:
    """Lead a talk to its end, where its plan is asked back."""
    talk = await begun(office)
    answers = {"pick": "Ask her for 20 minutes", "when": "Tuesday after the stand-up", "confidence": "8"}
    while talk.state == "going":
        talk = await said(office, answers.get(talk.asked.step, "Something of mine"))
    return talk


async def test_a_check_in_on_an_aim_waits_for_room_in_the_week_and_is_counted(office: Office):
    office.policy = Policy(nudges=Nudges(per_week=1))
    await planned(office)
    await aims.begin(office.desk, "T1", ASKER, 1, NOW)
    await office.put(Unasked(id=ASKER, at=(NOW + 5 * DAY,)))

    await led(office, NOW + 7 * DAY)
    assert (await office.get(AimCheckIns, "T1")).number == 0
    await led(office, NOW + 14 * DAY)

    asked = await office.get(AimCheckIns, "T1")
    assert (asked.number, asked.asked_at) == (1, NOW + 14 * DAY)
    assert (await office.get(Unasked, ASKER)).at == (NOW + 14 * DAY,)


async def test_a_step_that_is_done_is_not_reminded_of(office: Office):
    talk = await planned(office)

    kept = await next_steps.done(office.desk, "T1", ASKER, NOW)
    done = await led(office, talk.remind_at + DAY)

    assert kept.is_kept
    assert "talk_cue" not in done
    with pytest.raises(Ended):
        await next_steps.done(office.desk, "T1", ASKER, NOW)


async def test_a_step_that_is_put_off_is_reminded_of_a_day_later(office: Office):
    talk = await planned(office)
    await led(office, talk.remind_at)

    put_off = await next_steps.postpone(office.desk, "T1", ASKER, talk.remind_at)

    assert put_off.remind_at == talk.remind_at + DAY
    assert "talk_cue" not in await led(office, talk.remind_at + timedelta(hours=23))
    assert "talk_cue" in await led(office, talk.remind_at + DAY)


async def test_nobody_else_can_put_a_step_off(office: Office):
    talk = await planned(office)

    with pytest.raises(NotYours):
        await next_steps.postpone(office.desk, "T1", ADA, talk.remind_at)
    with pytest.raises(NotYours):
        await next_steps.done(office.desk, "T1", ADA, NOW)


async def test_no_plan_is_kept_without_a_yes(office: Office):
    talk = await asked_back(office)

    assert (talk.is_due, talk.is_agreed) == (True, False)
    assert ("talk_cue", "T1") not in await office.planned()
    with pytest.raises(Ended):
        await next_steps.postpone(office.desk, "T1", ASKER, NOW)

    await next_steps.agree(office.desk, "T1", ASKER, NOW)

    assert (await office.planned())["talk_cue", "T1"] == talk.remind_at


async def test_a_plan_whose_moment_passed_before_the_yes_is_not_kept_with_it(office: Office):
    talk = await asked_back(office)
    late = talk.remind_at + MINUTE

    with pytest.raises(Invalid):
        await next_steps.agree(office.desk, "T1", ASKER, late)

    await next_steps.change(office.desk, "T1", ASKER, late, parts={}, at=late + DAY)
    kept = await next_steps.agree(office.desk, "T1", ASKER, late)
    assert kept.remind_at == (await office.planned())["talk_cue", "T1"] == late + DAY


async def test_a_plan_that_is_dropped_reminds_of_nothing_and_can_be_kept_after_all(office: Office):
    talk = await planned(office)

    dropped = await next_steps.drop(office.desk, "T1", ASKER, NOW)
    assert not dropped.is_due
    assert ("talk_cue", "T1") not in await office.planned()

    await next_steps.agree(office.desk, "T1", ASKER, NOW)
    assert (await office.planned())["talk_cue", "T1"] == talk.remind_at


async def test_a_plan_is_said_otherwise_part_by_part(office: Office):
    await planned(office)
    at = NOW + 5 * DAY

    changed = await next_steps.change(
        office.desk, "T1", ASKER, NOW, parts={"step": " Write to her ", "tell": ""}, at=at
    )

    assert (changed.means.step, changed.means.tell, changed.means.cue) == ("Write to her", "", "")
    assert changed.means.aim == "Something of mine"
    assert (await office.planned())["talk_cue", "T1"] == at


@pytest.mark.parametrize(("parts", "at"), [({"step": " "}, None), ({}, NOW - MINUTE), ({}, NOW + 200 * DAY)])
async def test_a_plan_without_a_step_or_outside_its_time_is_refused(office: Office, parts, at):
    before = await planned(office)

    with pytest.raises(Invalid):
        await next_steps.change(office.desk, "T1", ASKER, NOW, parts=parts, at=at)

    assert await office.get(GuidedTalk, "T1") == before


async def test_an_answer_that_is_changed_after_the_end_changes_the_plan(office: Office):
    await asked_back(office)
    await next_steps.change(office.desk, "T1", ASKER, NOW, parts={"tell": "Ada"}, at=None)
    number = next(
        key for key, it in enumerate((await office.get(GuidedTalk, "T1")).turns) if it.step == "pick"
    )
    heard = (await office.get(GuidedTalk, "T1")).heard_in
    message = next(id for id, place in heard.items() if place == number)

    await talks.reword(office.desk, message, ASKER, before="Ask her for 20 minutes", after="Write to him")

    means = (await office.get(GuidedTalk, "T1")).means
    assert (means.step, means.tell) == ("Write to him", "Ada")
