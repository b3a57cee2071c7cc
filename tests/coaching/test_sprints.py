"""Sprints on the real store: what is planned comes, in its person's zone, and no more than they can bear."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import make
import pytest
from make import ADA, ASKER, BEN, DAY, HOUR, NOW
from make_sprint import IF_THEN, check_in, plan
from office import Office, do_coaching

from coaching.guide import talks
from coaching.sprints import changes as sprint_changes
from coaching.sprints import reminders, sprints
from coaching.sprints.sprint import Review, Sprint
from kernel.errors import CannotHelp, Ended, Invalid, NotAMember, NotYours, Repeated
from kernel.nudges import Unasked
from kernel.policy import Nudges, Policy
from kernel.values import PersonId
from mentoring.model.person import Standing
from storage.connection.keys import keys_of

REVIEW = Review(level=1, confidence=8, lesson="Small steps", next="Teach it")
FOUR = time(16)


async def begun(office: Office, zone: str = "UTC", **changed: object) -> Sprint:
    await office.put(make.person(zone=zone), make.person(ADA))
    return await sprints.plan(office.desk, ASKER, plan(**changed), NOW, sprint_id="S1")


async def now_is(office: Office, sprint_id: str = "S1") -> Sprint:
    return await office.get(Sprint, sprint_id)


async def run(office: Office, until: datetime) -> list[tuple[str, datetime]]:
    """Do what comes due, each at its own moment, up to and with *until*."""
    shards = [keys_of(office.workspace).shard]
    done = list[tuple[str, datetime]]()
    while upcoming := [it for it in await office.stores.agenda.upcoming(office.workspace) if it.at <= until]:
        at = upcoming[0].at
        await office.stores.agenda.tick(at, shards)
        for due in await office.stores.agenda.take("office", shards=shards):
            if await do_coaching(office.desk, due, at):
                done.append((due.kind, at))
            else:
                await office.stores.agenda.done(due)
    return done


async def nudges(office: Office, until: datetime) -> list[tuple[str, datetime]]:
    """Do what comes due up to and with *until*; return what the app said by itself, and when."""
    said = dict[int, tuple[str, datetime]]()
    while upcoming := [it.at for it in await office.stores.agenda.upcoming(office.workspace)]:
        if upcoming[0] > until:
            break
        await run(office, upcoming[0])
        if nudged := (await now_is(office)).nudged:
            said[nudged.number] = (nudged.about, nudged.at)
    return list(said.values())


async def test_a_sprint_plans_its_rehearsal_reminders_recap_and_end(office: Office):
    going = await begun(office)

    planned = await office.planned()

    assert planned["sprint_rehearse", "S1"] == (NOW + DAY).replace(hour=16)
    assert planned["sprint_remind", "S1"] == (NOW + 3 * DAY).replace(hour=16)
    assert planned["sprint_recap", "S1"] == (NOW + 7 * DAY).replace(hour=16)
    assert planned["sprint_over", "S1"] == going.ends_at == (NOW + 14 * DAY).replace(hour=16)


async def test_what_came_due_while_the_app_was_away_comes_all_the_same(office: Office):
    await begun(office, partner_id=ADA)
    await sprints.agree(office.desk, "S1", ADA, NOW)
    shards, now = [keys_of(office.workspace).shard], NOW + 8 * DAY
    await office.stores.agenda.tick(now, shards)
    overdue = await office.stores.agenda.take("office", shards=shards)

    for due in overdue:
        await do_coaching(office.desk, due, now)

    going = await now_is(office)
    assert (going.unanswered, going.digests) == (1, 1)


async def test_what_comes_hours_late_waits_for_working_hours(office: Office):
    await begun(office)
    shards, night = [keys_of(office.workspace).shard], (NOW + DAY).replace(hour=22)
    await office.stores.agenda.tick(night, shards)
    for due in await office.stores.agenda.take("office", shards=shards):
        await do_coaching(office.desk, due, night)
    waits = await now_is(office)

    assert waits.nudged is None
    assert await nudges(office, NOW + 2 * DAY) == [("rehearse", (NOW + 2 * DAY).replace(hour=9))]


async def test_an_evening_that_was_chosen_is_kept_to(office: Office):
    await begun(office, at=time(21))

    assert await nudges(office, NOW + 2 * DAY) == [("rehearse", (NOW + DAY).replace(hour=21))]


async def test_the_same_form_twice_begins_one_sprint(office: Office):
    first = await begun(office)

    again = await sprints.plan(office.desk, ASKER, plan(goal="Another"), NOW, sprint_id="S1")

    assert again == first


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("goal", {"goal": " "}),
        ("goal", {"goal": "x" * 501}),
        ("cue", {"if_then": IF_THEN.model_copy(update={"cue": ""})}),
        ("action", {"if_then": IF_THEN.model_copy(update={"action": "\n"})}),
        ("days", {"days": ()}),
        ("weeks", {"weeks": 5}),
        ("topic", {"topic": "no-such-topic"}),
    ],
)
async def test_what_is_wrong_is_said_of_its_field(office: Office, field: str, changed: dict[str, object]):
    with pytest.raises(Invalid) as refused:
        await begun(office, **changed)

    assert refused.value.field == field


async def test_two_weeks_pass_in_order(office: Office):
    await begun(office)

    done = await run(office, NOW + 15 * DAY)

    assert [(kind, f"{at:%a %d %H}") for kind, at in done] == [
        ("sprint_rehearse", "Tue 24 16"),
        ("sprint_remind", "Thu 26 16"),
        ("sprint_recap", "Mon 30 16"),
        ("sprint_remind", "Tue 01 16"),
        ("sprint_remind", "Thu 03 16"),
        ("sprint_over", "Mon 07 16"),
    ]
    assert (await now_is(office)).state == "review"


@pytest.mark.parametrize(
    ("zone", "begin"),
    [
        ("Europe/Berlin", datetime(2027, 3, 22, 9, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2027, 10, 25, 9, tzinfo=UTC)),
        ("America/New_York", datetime(2027, 3, 8, 9, tzinfo=UTC)),
        ("America/New_York", datetime(2027, 11, 1, 9, tzinfo=UTC)),
    ],
)
async def test_everything_comes_at_the_local_time_across_a_change_of_the_clocks(
    office: Office, zone: str, begin: datetime
):
    start = begin.replace(tzinfo=ZoneInfo(zone)).astimezone(NOW.tzinfo)
    await office.put(make.person(zone=zone))
    await sprints.plan(office.desk, ASKER, plan(), start, sprint_id="S1")

    done = await run(office, start + 15 * DAY)

    assert {at.astimezone(ZoneInfo(zone)).time() for _, at in done} == {FOUR}
    assert len({at.astimezone(ZoneInfo(zone)).utcoffset() for _, at in done}) == 2


async def test_who_moves_to_another_zone_is_asked_by_its_clocks(office: Office):
    await begun(office)
    await run(office, NOW + 2 * DAY)
    await office.put(make.person(zone="America/New_York"))

    done = await run(office, NOW + 15 * DAY)

    local = [f"{at.astimezone(ZoneInfo('America/New_York')):%a %H}" for _, at in done]
    assert local == ["Thu 11", "Thu 16", "Mon 16", "Tue 16", "Thu 16", "Mon 16"]


async def test_whoever_moves_after_a_rest_gets_no_recap_of_the_week_that_rested(office: Office):
    await begun(office, zone="Asia/Kolkata", weeks=3)
    await run(office, NOW + 2 * DAY)
    await sprints.pause(office.desk, "S1", ASKER, NOW + 2 * DAY)
    await sprints.resume(office.desk, "S1", ASKER, NOW + 11 * DAY)
    await office.put(make.person(zone="America/Sao_Paulo"))

    said = await nudges(office, NOW + 15 * DAY)

    assert [about for about, _ in said] == ["rehearse", "recap"]
    assert said[-1][1] == (NOW + 14 * DAY).replace(hour=19)


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Auckland"])
async def test_whoever_moves_is_asked_once_a_day(office: Office, zone: str):
    await begun(office, days=tuple(range(7)), weeks=1)
    before = await nudges(office, NOW + 2 * DAY + 8 * HOUR)
    await office.put(make.person(zone=zone))

    after = await nudges(office, NOW + 5 * DAY)

    days = [at.astimezone(UTC).date() for _, at in before]
    days += [at.astimezone(ZoneInfo(zone)).date() for _, at in after if at > before[-1][1]]
    assert len(days) == len(set(days)) > 3


async def test_ignored_reminders_are_halved_and_then_stopped_and_that_is_said(office: Office):
    await begun(office, days=tuple(range(7)), weeks=4)

    done = await run(office, NOW + 20 * DAY)

    reminders = [at.day for kind, at in done if kind == "sprint_remind"]
    going = await now_is(office)
    assert reminders == [25, 26, 27, 29, 2]
    assert going.is_hushed
    assert [kind for kind, _ in done if kind == "sprint_recap"] == ["sprint_recap"]


async def test_a_check_in_after_silence_brings_the_reminders_back(office: Office):
    await begun(office, days=tuple(range(7)), weeks=4)
    await run(office, NOW + 12 * DAY)
    now = NOW + 12 * DAY

    await sprints.check_in(office.desk, "S1", ASKER, check_in(now), now, once="E1")

    assert not (await now_is(office)).is_hushed
    assert (await office.planned())["sprint_remind", "S1"] == (NOW + 13 * DAY).replace(hour=16)


async def test_the_same_check_in_twice_is_one(office: Office):
    await begun(office)
    await sprints.check_in(office.desk, "S1", ASKER, check_in(), NOW, once="E1")

    with pytest.raises(Repeated):
        await sprints.check_in(office.desk, "S1", ASKER, check_in(), NOW, once="E1")

    assert len((await now_is(office)).check_ins) == 1


async def test_what_nobody_asked_for_waits_until_the_week_has_room(office: Office):
    await begun(office, days=(0,))
    full = Unasked(id=ASKER, at=tuple(NOW + number * HOUR for number in range(5)))
    await office.put(full)

    done = await run(office, NOW + 8 * DAY)

    said = [(kind, f"{at:%a %H}") for kind, at in done if kind == "sprint_rehearse"]
    assert said == [("sprint_rehearse", "Tue 16"), ("sprint_rehearse", "Mon 10")]
    assert (await now_is(office)).nudged is not None


async def test_each_message_that_nobody_asked_for_counts_and_the_next_waits(office: Office):
    office.policy = Policy(nudges=Nudges(per_week=1))
    await begun(office, days=(0,))

    first = await run(office, NOW + 2 * DAY)
    counted = await office.get(Unasked, ASKER)
    said = await nudges(office, NOW + 7 * DAY)

    rehearsed = [at for kind, at in first if kind == "sprint_rehearse"]
    assert list(counted.at) == rehearsed
    assert {about for about, _ in said} <= {"rehearse", "check_in"}
    assert (await office.get(Unasked, ASKER)).at == counted.at


async def test_a_reminder_that_the_person_set_is_no_unasked_message(office: Office):
    office.policy = Policy(nudges=Nudges(per_week=0))
    await begun(office)

    done = await run(office, NOW + 4 * DAY)

    assert [kind for kind, _ in done] == ["sprint_rehearse", "sprint_remind"]
    nudged = (await now_is(office)).nudged
    assert nudged is not None
    assert nudged.about == "check_in"


async def test_a_partner_is_asked_first_and_sees_the_record_after_a_yes(office: Office):
    going = await begun(office, partner_id=ADA)
    asked = f"partnered-sprints-of:{ADA}"
    assert going.consent == "asked"
    assert await office.times_shown("sprint-partner:S1", ADA) == 1
    assert await office.desk.store.count(asked) == 0

    await sprints.agree(office.desk, "S1", ADA, NOW)

    assert await office.desk.store.count(asked) == 1
    await sprints.decline(office.desk, "S1", ADA, NOW)
    assert await office.desk.store.count(asked) == 0


@pytest.mark.parametrize("standing", ["guest", "left", "outside", "bot", "unknown"])
async def test_only_a_member_becomes_the_partner(office: Office, standing: Standing):
    await begun(office, partner_id=ADA)
    await office.put(make.person(ADA, standing=standing))

    with pytest.raises(NotAMember):
        await sprints.agree(office.desk, "S1", ADA, NOW)

    assert (await office.get(Sprint, "S1")).consent == "asked"


async def test_nobody_else_can_become_the_partner(office: Office):
    await begun(office, partner_id=ADA)

    with pytest.raises(NotYours):
        await sprints.agree(office.desk, "S1", BEN, NOW)


async def test_nobody_is_their_own_partner(office: Office):
    with pytest.raises(CannotHelp):
        await begun(office, partner_id=ASKER)


async def test_the_partner_gets_a_digest_each_week(office: Office):
    await begun(office, partner_id=ADA, weeks=3)
    await sprints.agree(office.desk, "S1", ADA, NOW)

    await run(office, NOW + 15 * DAY)

    assert (await now_is(office)).digests == 2


async def test_a_partner_whose_week_is_full_gets_no_digest_of_it(office: Office):
    await begun(office, partner_id=ADA, weeks=3)
    await sprints.agree(office.desk, "S1", ADA, NOW)
    full = Unasked(id=ADA, at=tuple(NOW + 5 * DAY + number * HOUR for number in range(5)))
    await office.put(full)

    await run(office, NOW + 8 * DAY)
    first = (await now_is(office)).digests, (await office.get(Unasked, ADA)).at
    await run(office, NOW + 15 * DAY)

    assert first == (0, full.at)
    assert (await now_is(office)).digests == 1


async def test_a_rest_takes_everything_off_and_moves_the_end(office: Office):
    going = await begun(office)
    await sprints.pause(office.desk, "S1", ASKER, NOW + DAY)
    assert not [kind for kind, _ in await office.planned() if kind in sprint_changes.ENTRIES]

    back = await sprints.resume(office.desk, "S1", ASKER, NOW + 6 * DAY)

    assert back.ends_at == going.ends_at + 5 * DAY
    assert (await office.planned())["sprint_over", "S1"] == back.ends_at


async def test_a_sprint_under_review_can_go_on_for_a_week(office: Office):
    await begun(office, weeks=1)
    await run(office, NOW + 9 * DAY)

    longer = await sprints.extend(office.desk, "S1", ASKER, NOW + 9 * DAY, after=0)

    assert longer.state == "going"
    assert longer.ends_at == (NOW + 16 * DAY).replace(hour=16)


async def test_pressing_twice_adds_one_week(office: Office):
    await begun(office)
    longer = await sprints.extend(office.desk, "S1", ASKER, NOW, after=0)

    again = await sprints.extend(office.desk, "S1", ASKER, NOW, after=0)

    assert again == longer
    assert (await sprints.extend(office.desk, "S1", ASKER, NOW, after=1)).extended == 2


async def test_what_was_remembered_is_kept_once(office: Office):
    await begun(office)
    await sprints.recall(office.desk, "S1", ASKER, "I open a query", NOW, once="E1")

    with pytest.raises(Repeated):
        await sprints.recall(office.desk, "S1", ASKER, "I open a query", NOW, once="E1")


async def test_a_partner_who_said_no_is_no_partner_by_a_late_yes(office: Office):
    await begun(office, partner_id=ADA)
    await sprints.decline(office.desk, "S1", ADA, NOW)

    with pytest.raises(Ended):
        await sprints.agree(office.desk, "S1", ADA, NOW)


@pytest.mark.parametrize("parted", [(ASKER, ADA), (ADA, ASKER)])
async def test_those_who_are_kept_apart_are_no_partners_any_more(
    office: Office, parted: tuple[PersonId, PersonId]
):
    await begun(office, partner_id=ADA)
    await sprints.agree(office.desk, "S1", ADA, NOW)

    for _ in range(2):
        await sprints.part(office.desk, *parted, NOW)

    assert (await now_is(office)).consent == "no"
    assert await office.desk.store.ids(f"partnered-sprints-of:{ADA}") == []


async def test_a_sprint_does_not_take_the_reminder_of_somebody_elses_talk(office: Office):
    await office.put(make.person(), make.person(ADA))
    await talks.begin(office.desk, ADA, NOW, opening="My own", form="grow", talk_id="T1")

    with pytest.raises(NotYours):
        await sprints.plan(office.desk, ASKER, plan(), NOW, sprint_id="S1", from_talk="T1")


async def test_an_adjustment_moves_the_reminders(office: Office):
    await begun(office)

    await sprints.adjust(office.desk, "S1", ASKER, plan(days=(2,), at=time(9)), NOW)

    assert (await office.planned())["sprint_remind", "S1"] == (NOW + 2 * DAY).replace(hour=9)
    assert (await now_is(office)).ends_at == (NOW + 14 * DAY).replace(hour=9)


async def test_an_early_end_takes_everything_off(office: Office):
    await begun(office)

    await sprints.end(office.desk, "S1", ASKER, NOW + DAY)

    assert not [kind for kind, _ in await office.planned() if kind in sprint_changes.ENTRIES]
    with pytest.raises(Ended):
        await sprints.check_in(office.desk, "S1", ASKER, check_in(), NOW + DAY, once="E1")


async def test_after_the_review_it_is_asked_twice_whether_it_lasts(office: Office):
    await begun(office, weeks=1)
    await run(office, NOW + 7 * DAY + HOUR * 7)
    reviewed = NOW + 8 * DAY
    await sprints.review(office.desk, "S1", ASKER, REVIEW, reviewed)

    done = await run(office, reviewed + 45 * DAY)

    assert [(kind, at.date()) for kind, at in done] == [
        ("sprint_lasts", (reviewed + timedelta(weeks=2)).date()),
        ("sprint_lasts", (reviewed + timedelta(weeks=6)).date()),
    ]
    before = (await now_is(office)).nudged
    await reminders.follow_up(office.desk, "S1.w2", reviewed + 43 * DAY)  # which the last one has overtaken
    assert (await now_is(office)).nudged == before
    await reminders.follow_up(office.desk, "S1.w6", reviewed + 43 * DAY)
    assert (await now_is(office)).nudged != before
    said = await sprints.lasted(office.desk, "S1", ASKER, reviewed, label="w2", answer="yes")
    assert said.lasting == {"w2": "yes"}


async def test_someone_who_has_left_is_asked_nothing(office: Office):
    await begun(office)
    await office.put(make.person(standing="left"))

    await run(office, NOW + 15 * DAY)

    assert (await now_is(office)).nudged is None


async def test_a_sprint_is_forgotten_in_the_end(office: Office):
    await begun(office)
    await sprints.end(office.desk, "S1", ASKER, NOW)

    await run(office, NOW + sprint_changes.FORGOTTEN_AFTER)

    assert await office.find(Sprint, "S1") is None


async def test_every_sprint_rests_where_a_life_may_be_in_danger(office: Office):
    await begun(office)

    await sprints.rest_all(office.desk, ASKER, NOW)

    assert (await now_is(office)).state == "paused"


async def test_a_yes_comes_too_late_where_one_leads_the_other_by_now(office: Office):
    await begun(office, partner_id=ADA)
    await office.put(make.person(managers=(BEN,)), make.helper(BEN, managers=(ADA,)))

    with pytest.raises(Ended):
        await sprints.agree(office.desk, "S1", ADA, NOW)
