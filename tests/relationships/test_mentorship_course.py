"""Mentorships on the real store: what comes due comes, in each one's hours, and bad luck ends kindly."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import make
import pytest
from make import BEN, DAY, HOUR, NOW
from make_mentorship import MENTEE, MENTOR, QUIET, W1, going, mentor, now_is, run, talked, wished
from office import Office

from kernel.errors import Ended, Invalid, NotFound, NotYours, Repeated
from kernel.kinds import AgendaKind
from kernel.nudges import Unasked
from kernel.policy import Nudges, Policy
from kernel.working_hours import NEVER, parse_hours
from mentoring.model.person import Standing
from mentoring.people import people
from mentoring.people.people import keep_apart
from relationships.mentor_search import wishes
from relationships.mentor_search.wish import MentorWish
from relationships.mentorships import mentorships
from relationships.mentorships.agreement import Agreement
from relationships.mentorships.capacity import set_places
from relationships.mentorships.changes import go_on
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.record import OwnNotes

WEEK = timedelta(weeks=1)
LEAVE = AgendaKind("leave_mentorships", "relationships.mentor_search.leaving.leave")


async def test_it_is_announced_the_day_before_and_asked_about_right_after(office: Office):
    it = await going(office)
    assert it.talk is not None
    at = NOW + 3 * DAY
    await mentorships.book(office.desk, W1, MENTEE, NOW, number=1, at=at)
    booked = await now_is(office)

    await run(office, at - DAY - HOUR)
    before = await now_is(office)
    await run(office, at - DAY)
    day_before = await now_is(office)
    await run(office, at + 51 * timedelta(minutes=1))
    after = await now_is(office)

    assert before.knocks == booked.knocks
    assert (day_before.news[MENTEE], day_before.news[MENTOR]) == ("talk", "talk")
    assert (after.news[MENTEE], after.news[MENTOR]) == ("after", "after")


async def test_what_is_booked_for_tomorrow_is_told_once(office: Office):
    await going(office)
    await mentorships.book(office.desk, W1, MENTEE, NOW, number=1, at=NOW + 20 * HOUR)
    told = await now_is(office)

    await run(office, NOW + 19 * HOUR)

    assert (await now_is(office)).knocks == told.knocks
    assert told.news == {MENTOR: "booked"}


async def test_nobody_says_whether_they_talked_and_it_is_not_asked_for_ever(office: Office):
    await going(office)
    await mentorships.book(office.desk, W1, MENTEE, NOW, number=1, at=NOW + DAY)

    await run(office, NOW + 5 * DAY)

    it = await now_is(office)
    assert [talk.came for talk in it.talks] == ["unknown", None]
    assert it.talks[-1].times


async def test_each_is_asked_in_their_own_working_hours(office: Office):
    await going(office, zone="America/New_York")
    at = await talked(office, NOW)
    await mentorships.answer(office.desk, W1, MENTEE, at, key="fit:1", said="deciding")

    await run(office, at + 15 * DAY)

    asked = (await now_is(office)).questions["fit:1"].asked
    for who, zone in ((MENTEE, "UTC"), (MENTOR, "America/New_York")):
        if who in asked:
            assert 9 <= asked[who].astimezone(ZoneInfo(zone)).hour < 17
    assert (await now_is(office)).questions["fit:2"].asked.keys() == {MENTEE}


async def test_day_30_and_then_every_60_are_asked_while_people_talk(office: Office):
    office.policy = QUIET
    await going(office)
    at = NOW
    while (it := await now_is(office)).is_open and it.talk and it.talk.times and it.talk.times[0] > at:
        at = await talked(office, at)
        for who in (MENTEE, MENTOR):
            await run(office, at + 8 * HOUR)
            while found := (await now_is(office)).question_to(who):
                said = {"fit": "good", "quality": "yes", "silence": "fine", "ending": "end"}[found[1].about]
                await mentorships.answer(office.desk, W1, who, at + 8 * HOUR, key=found[0], said=said)
        at += DAY

    over = await now_is(office)
    days = {key: (it.due_at - NOW).days for key, it in over.questions.items()}
    assert days["quality:1"] in range(30, 33)
    assert days["quality:2"] in range(90, 93)
    assert "silence" not in days
    assert over.ends_at is not None
    assert (over.ends_at - NOW - days["ending:0"] * DAY).days == 14
    assert 10 <= len(over.held) <= 13
    await run(office, NOW + 200 * DAY)
    assert (await now_is(office)).end == "finished"


async def test_silence_is_asked_about_and_then_ends_by_itself(office: Office):
    it = await going(office)

    await run(office, NOW + 22 * DAY)
    asked = await now_is(office)
    await run(office, NOW + 40 * DAY)
    over = await now_is(office)

    assert asked.questions["silence"].asked.keys() == {MENTOR, MENTEE}
    assert (over.state, over.end) == ("ended", "silent")
    assert (await office.carried(MENTOR)).promised == {}
    assert it.state == "going"


async def test_one_word_ends_a_silence_for_both(office: Office):
    await going(office)
    await run(office, NOW + 22 * DAY)

    await mentorships.answer(office.desk, W1, MENTEE, NOW + 22 * DAY, key="silence", said="fine")
    late = await mentorships.answer(office.desk, W1, MENTOR, NOW + 23 * DAY, key="silence", said="fine")
    await run(office, NOW + 37 * DAY)

    assert late.question_to(MENTOR) is None
    assert (await now_is(office)).state == "going"


async def test_a_full_week_puts_a_question_off_and_what_is_asked_counts(office: Office):
    office.policy = Policy(nudges=Nudges(per_week=1))
    await going(office)
    full = NOW + 20 * DAY
    await office.put(Unasked(id=MENTEE, at=(full,)))

    await run(office, NOW + 22 * DAY)
    asked = (await now_is(office)).questions["silence"].asked
    counted = (await office.get(Unasked, MENTOR)).at
    await run(office, full + 8 * DAY)
    later = (await now_is(office)).questions["silence"].asked

    assert asked.keys() == {MENTOR}
    assert counted == (asked[MENTOR],), "each question that nobody asked for counts"
    assert later[MENTEE] >= full + 7 * DAY


async def test_nothing_is_asked_where_nothing_may_be_and_it_still_ends(office: Office):
    office.policy = Policy(nudges=Nudges(per_week=0))
    await going(office)

    await run(office, NOW + 200 * DAY)

    over = await now_is(office)
    assert over.end == "finished"
    assert not any(question.asked for question in over.questions.values())


async def test_both_want_more_and_it_goes_on_for_three_months(office: Office):
    office.policy = QUIET
    it = await going(office, now=datetime(2026, 11, 30, 10, tzinfo=UTC))
    assert it.ends_at is not None
    for _ in range(8):
        at = max(NOW, (await now_is(office)).stirred_at)
        await run(office, at + 20 * DAY)
        await mentorships.discuss(office.desk, W1, MENTEE, at + 20 * DAY)
        if "ending:0" in (await now_is(office)).questions:
            break
    ending, now = "ending:0", it.ends_at - 10 * DAY
    await run(office, now)

    one = await mentorships.answer(office.desk, W1, MENTEE, now, key=ending, said="more")
    both = await mentorships.answer(office.desk, W1, MENTOR, now, key=ending, said="more")

    assert one.ends_at == it.ends_at
    assert one.news.get(MENTOR) != "more"
    assert both.ends_at == datetime(2027, 7, 30, 9, tzinfo=UTC)
    assert (both.news[MENTEE], both.news[MENTOR]) == ("more", "more")


async def test_a_break_rests_everything_and_its_end_asks_for_the_next_talk(office: Office):
    it = await going(office)
    await mentorships.book(office.desk, W1, MENTEE, NOW, number=1, at=NOW + 2 * DAY)
    back_at = NOW + 28 * DAY

    await mentorships.pause(office.desk, W1, MENTEE, NOW, back_at=back_at)
    rests, load = await now_is(office), await office.carried(MENTOR)
    await run(office, back_at - HOUR)
    quiet = await now_is(office)
    await run(office, back_at)
    back = await now_is(office)

    assert (rests.state, load.promised) == ("paused", {W1: 0})
    assert quiet.knocks == rests.knocks
    assert (back.state, back.news[MENTOR]) == ("going", "back")
    assert back.talk is not None
    assert back.talk.times
    assert it.ends_at is not None
    assert back.ends_at == it.ends_at + 28 * DAY
    assert (await office.carried(MENTOR)).promised == {W1: 15}


async def test_times_go_round_holidays_and_stay_by_the_wall_across_a_change_of_the_clocks(office: Office):
    office.policy = Policy(holidays=frozenset({date(2027, 4, 1)}))
    march = datetime(2027, 3, 15, 9, tzinfo=UTC)
    await office.put(make.person(zone="Europe/Berlin"))
    await wished(office, mentor(zone="Europe/Berlin"), now=march)
    await office.put(make.person(zone="Europe/Berlin"))
    await wishes.ask(office.desk, W1, MENTEE, MENTOR, march)
    await wishes.accept(office.desk, W1, MENTOR, march)
    await mentorships.agree(office.desk, W1, MENTOR, march)
    await mentorships.agree(office.desk, W1, MENTEE, march)
    at = datetime(2027, 3, 18, 14, tzinfo=UTC)  # three in the afternoon; two weeks later is a holiday

    await mentorships.book(office.desk, W1, MENTEE, march, number=1, at=at)
    await run(office, at + HOUR)
    it = await mentorships.met(office.desk, W1, MENTEE, at + HOUR, number=1)

    it = await now_is(office)
    assert it.talk is not None
    local = [time.astimezone(ZoneInfo("Europe/Berlin")) for time in it.talk.times]
    assert [f"{time:%a %d %b %H:%M}" for time in local] == [
        "Tue 30 Mar 15:00",
        "Wed 31 Mar 15:00",
        "Fri 02 Apr 15:00",
    ]


async def test_nobody_is_offered_a_time_in_a_vacation(office: Office):
    back_at = NOW + 12 * DAY
    await going(office)
    await mentorships.book(office.desk, W1, MENTEE, NOW, number=1, at=NOW + DAY)
    await office.put(mentor(vacation_until=back_at))

    await mentorships.move(office.desk, W1, MENTEE, NOW, number=1)

    times = (await now_is(office)).talks[-1].times
    assert times
    assert min(times) >= back_at


async def test_hours_that_never_meet_leave_the_time_to_the_two(office: Office):
    it = await going(office, hours=NEVER)

    assert it.talk is not None
    assert (await now_is(office)).talks[-1].times == ()
    booked = await mentorships.book(office.desk, W1, MENTEE, NOW, number=1, at=NOW + 2 * DAY)
    assert booked.news[MENTOR] == "booked"


async def test_times_that_have_passed_make_way_for_others(office: Office):
    await going(office)
    first = (await now_is(office)).talks[-1].times

    await run(office, max(first))

    later = (await now_is(office)).talks[-1].times
    assert later
    assert min(later) > max(first)


async def left(office: Office, who: str, standing: Standing = "left") -> None:
    await people.meet(office.desk, people.SlackFacts(id=who, name=who, standing=standing), NOW + 40 * DAY)
    await run(office, NOW + 40 * DAY)


@pytest.mark.parametrize(("who", "standing"), [(MENTOR, "left"), (MENTEE, "left"), (MENTOR, "guest")])
async def test_somebody_leaves_in_month_two_and_the_other_hears_of_it(
    office: Office, who: str, standing: Standing
):
    await going(office)
    await run(office, NOW + 10 * DAY)
    await mentorships.discuss(office.desk, W1, MENTEE, NOW + 39 * DAY)

    await left(office, who, standing)

    over = await now_is(office)
    assert over.end == "left"
    assert over.news[over.other(who)] == "ended"  # type: ignore[arg-type]
    assert (await office.carried(MENTOR)).promised == {}


async def test_whoever_looks_or_is_asked_and_leaves_is_not_waited_for(office: Office):
    await wished(office, mentor(), mentor(BEN))
    await wishes.ask(office.desk, W1, MENTEE, MENTOR, NOW)

    await left(office, MENTOR)
    await left(office, MENTEE)

    wish = await office.get(MentorWish, W1)
    assert (wish.state, wish.refused_id) == ("ended", MENTOR)


@pytest.mark.parametrize(
    ("mentee", "boss"),
    [((MENTOR,), ()), ((BEN,), (MENTOR,)), ((), ())],
)
async def test_a_mentor_who_comes_to_stand_above_the_mentee_is_their_mentor_no_more(
    office: Office, mentee: tuple[str, ...], boss: tuple[str, ...]
):
    await going(office)
    is_boss = bool(mentee)
    await office.put(make.person(managers=mentee), make.person(BEN, managers=boss))

    await run(office, NOW + 2 * DAY)

    assert (await now_is(office)).end == ("line" if is_boss else None)


async def test_a_press_after_that_ends_it_at_once(office: Office):
    await going(office)
    await office.put(make.person(managers=(MENTOR,)))

    pressed = await mentorships.book(office.desk, W1, MENTEE, NOW, number=1, at=NOW + DAY)

    assert (pressed.end, (await now_is(office)).end) == ("line", "line")


async def test_who_blocks_the_other_ends_it_in_words_that_say_nothing_of_it(office: Office):
    await going(office)

    await keep_apart(office.desk, MENTEE, MENTOR, NOW)
    await office.desk.part(MENTEE, MENTOR, NOW)

    over = await now_is(office)
    assert (over.end, over.can_reopen(MENTEE, NOW)) == ("apart", False)


async def test_only_the_two_may_touch_it(office: Office):
    await going(office)

    with pytest.raises(NotYours):
        await mentorships.agree(office.desk, W1, BEN, NOW)
    with pytest.raises(NotYours):
        await mentorships.close(office.desk, W1, BEN, NOW)


async def test_notes_of_ones_own_lie_apart_and_are_kept_once(office: Office):
    await going(office)
    said = mentorships.Notes(ours="Both", mine="Mine alone", step="Do it", goals=("One", " ", "Two"))

    it = await mentorships.note(office.desk, W1, MENTEE, said, NOW, once="c")
    with pytest.raises(Repeated):
        await mentorships.note(office.desk, W1, MENTEE, said, NOW, once="c")

    assert "Mine alone" not in (await now_is(office)).model_dump_json()
    assert (it.goals, len(it.notes), len(it.steps)) == (("One", "Two"), 1, 1)
    own = await mentorships.own_notes(office.desk, W1, MENTEE)
    assert own is not None
    assert await mentorships.own_notes(office.desk, W1, MENTOR) is None


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("ours", {"ours": "x" * 2001}),
        ("mine", {"mine": "x" * 2001}),
        ("step", {"step": "x" * 501}),
        ("goals", {"goals": ("x" * 501,)}),
        ("goals", {"goals": ("x",) * 6}),
    ],
)
async def test_notes_that_are_too_long_name_their_field(
    office: Office, field: str, changed: dict[str, object]
):
    await going(office)

    with pytest.raises(Invalid) as refused:
        await mentorships.note(office.desk, W1, MENTEE, mentorships.Notes(**changed), NOW, once="c")  # type: ignore[arg-type]

    assert refused.value.field == field


async def test_more_minutes_than_a_mentor_has_are_refused(office: Office):
    await going(office, minutes_per_week=20)

    with pytest.raises(Invalid) as refused:
        await mentorships.change(
            office.desk, W1, MENTEE, Agreement(purpose="Grow", minutes=60, every_weeks=1), NOW
        )

    assert (refused.value.field, refused.value.problem) == ("places", "no_minutes")


async def test_a_mentorship_takes_of_the_minutes_that_asks_get(office: Office):
    await going(office)
    load, limits = await office.carried(MENTOR), mentor().limits(office.policy.limits)

    assert load.promised == {W1: 15}
    assert load.has_room(45, limits, NOW)
    assert not load.has_room(46, limits, NOW)
    helper = mentor().as_helper(load)
    assert helper is not None
    assert helper.minutes_booked == 15


async def test_what_has_ended_is_gone_after_a_year_with_what_each_noted(office: Office):
    await going(office)
    await mentorships.note(office.desk, W1, MENTEE, mentorships.Notes(mine="Mine"), NOW, once="c")
    await mentorships.close(office.desk, W1, MENTEE, NOW)

    await run(office, NOW + 364 * DAY)
    kept = await office.find(Mentorship, W1)
    await run(office, NOW + 366 * DAY)

    assert kept is not None
    assert await office.find(Mentorship, W1) is None
    assert await office.find(OwnNotes, f"{W1}.{MENTEE}") is None
    assert await office.find(MentorWish, W1) is None


async def test_what_is_opened_again_is_not_forgotten(office: Office):
    await going(office)
    await mentorships.close(office.desk, W1, MENTEE, NOW)
    await mentorships.reopen(office.desk, W1, MENTEE, NOW + DAY)
    await mentorships.reopen(office.desk, W1, MENTOR, NOW + DAY)

    planned = await office.planned()

    assert ("forget_mentorship", W1) not in planned
    assert ("mentorship_due", W1) in planned


async def test_a_mentor_without_a_place_opens_nothing_again(office: Office):
    await going(office)
    await mentorships.close(office.desk, W1, MENTEE, NOW)
    await set_places(office.desk, MENTOR, 0)

    with pytest.raises(Invalid) as refused:
        await mentorships.reopen(office.desk, W1, MENTEE, NOW + DAY)

    assert refused.value.problem == "full"


async def test_two_who_both_want_to_be_the_mentor_swap_before_they_begin_and_never_after(office: Office):
    await wished(office)
    await wishes.ask(office.desk, W1, MENTEE, MENTOR, NOW)
    await wishes.accept(office.desk, W1, MENTOR, NOW)
    await mentorships.agree(office.desk, W1, MENTOR, NOW)

    swapped = await mentorships.swap(office.desk, W1, MENTEE, NOW)
    loads = [(await office.carried(who)).promised for who in (MENTEE, MENTOR)]
    begun = await mentorships.agree(office.desk, W1, MENTOR, NOW)

    assert (swapped.mentor_id, swapped.agreed, swapped.news[MENTOR]) == (MENTEE, {MENTEE}, "swapped")
    assert loads == [{W1: 15}, {}]
    assert begun.state == "going"
    with pytest.raises(Ended):
        await mentorships.swap(office.desk, W1, MENTOR, NOW)


async def test_nobody_agrees_and_it_ends_before_it_begins(office: Office):
    await wished(office)
    await wishes.ask(office.desk, W1, MENTEE, MENTOR, NOW)
    await wishes.accept(office.desk, W1, MENTOR, NOW)
    await mentorships.agree(office.desk, W1, MENTOR, NOW)

    await run(office, NOW + 8 * DAY)
    reminded = await now_is(office)
    await run(office, NOW + 22 * DAY)

    assert reminded.questions["agree"].asked.keys() == {MENTEE}
    assert (await now_is(office)).end == "never_agreed"


@pytest.mark.parametrize("hours", ["mon-fri 22:00-06:00", "sat 10:00-11:00"])
async def test_odd_hours_are_followed(office: Office, hours: str):
    odd = parse_hours(hours)
    await office.put(make.person(hours=odd))
    await going(office, hours=odd)
    await office.put(make.person(hours=odd))
    await run(office, NOW + 22 * DAY)

    asked = (await now_is(office)).questions["silence"].asked
    assert all(odd.in_zone("UTC").is_open(at) for at in asked.values())


async def test_what_is_gone_is_not_found(office: Office):
    with pytest.raises(NotFound):
        await mentorships.agree(office.desk, "nothing", MENTEE, NOW)


async def test_what_is_overdue_waits_for_their_hours_and_for_the_end_of_a_vacation(office: Office):
    await wished(office, mentor())
    await wishes.ask(office.desk, W1, MENTEE, MENTOR, NOW)
    await wishes.accept(office.desk, W1, MENTOR, NOW)
    due = (await now_is(office)).questions["agree"].due_at
    saturday = due + ((5 - due.weekday()) % 7 or 7) * DAY
    away_until = saturday + 4 * DAY
    await office.put(mentor(vacation_until=away_until))

    await go_on(office.desk, W1, saturday)
    early = (await now_is(office)).questions["agree"].asked
    await run(office, saturday + 6 * DAY)

    asked = (await now_is(office)).questions["agree"].asked
    assert early == {}
    assert (asked[MENTEE].weekday(), asked[MENTEE].hour) == (0, 9)
    assert asked[MENTOR] >= away_until


async def test_whoever_says_that_all_is_well_reads_it_until_something_happens(office: Office):
    await going(office)
    await run(office, NOW + 22 * DAY)

    said = await mentorships.answer(office.desk, W1, MENTEE, NOW + 22 * DAY, key="silence", said="fine")
    moved = await mentorships.discuss(office.desk, W1, MENTOR, NOW + 23 * DAY)

    assert [said.said_fine(who) for who in (MENTEE, MENTOR)] == [True, False]
    assert not moved.said_fine(MENTEE)


async def test_that_a_talk_took_place_is_asked_late_only_once_somebody_is_at_work(office: Office):
    await going(office)
    friday = NOW + (4 - NOW.weekday()) % 7 * DAY
    await mentorships.book(office.desk, W1, MENTEE, NOW, number=1, at=friday)

    await go_on(office.desk, W1, friday + DAY)
    missed = (await now_is(office)).talk
    await run(office, friday + 4 * DAY)

    assert missed is not None
    assert missed.asked_at is None
    asked = (await now_is(office)).talk
    assert asked is not None
    assert asked.asked_at is not None
    assert (asked.asked_at.weekday(), asked.asked_at.hour) == (0, 9)
