"""Growth plans on the real store: what serves a goal, when it asks, who reads it, what is left in the end."""

import json
from datetime import UTC, datetime

import make
import make_opinion
import make_sponsorship
import pytest
from growth_views import served
from make import ADA, ASKER, BEN, DAY, NOW, PYTHON, offer_to, talk_with
from office import RELATIONSHIPS, Office

from handlers.growth_plan import export
from kernel.errors import NotFound, NotYours
from kernel.nudges import Unasked
from kernel.policy import Nudges, Policy
from kernel.values import RequestId
from kernel.working_hours import parse_hours
from mentoring import own_data, retention
from mentoring.model.request import Request
from mentoring.model.session import NextStep, WrapUp
from mentoring.requests import requests
from mentoring.routing.offers import accept
from mentoring.sessions import sessions
from relationships.board import boards
from relationships.board.boards import SaidOfMember
from relationships.growth_plan import goals, look_back, serving, sharing
from relationships.growth_plan.goal import GOAL_DUE, Goal, GoalWish
from relationships.growth_plan.growth_plan import GATHER, LOOK_BACK, QUARTER, GrowthPlan
from relationships.growth_plan.served import SERVED, Served
from relationships.growth_plan.shared_version import SHARED_BY, SHARED_FOR, SharedVersion
from relationships.growth_plan.sharing import CannotRead, NotShared
from relationships.mentorships import mentorship
from relationships.mentorships.agreement import Agreement
from storage.connection.keys import keys_of

WISH = GoalWish(title="Profile asyncio programs in Python")
ZONE = "America/New_York"


async def begun(office: Office, goal_id: str = "G1", wish: GoalWish = WISH) -> Goal:
    return await goals.set_goal(office.desk, ASKER, wish, NOW, goal_id=goal_id)


async def plan(office: Office) -> GrowthPlan:
    return await office.get(GrowthPlan, ASKER)


async def run(office: Office, until: datetime) -> list[tuple[str, datetime]]:
    """Do what comes due, each at its own moment, up to and with *until*; what is none of plans' is let go."""
    shards, done = [keys_of(office.workspace).shard], list[tuple[str, datetime]]()
    while upcoming := [it for it in await office.stores.agenda.upcoming(office.workspace) if it.at <= until]:
        await office.stores.agenda.tick(upcoming[0].at, shards)
        for due in await office.stores.agenda.take("office", shards=shards):
            if await RELATIONSHIPS.perform(office.desk, due, upcoming[0].at):
                done.append((due.kind, upcoming[0].at))
            else:
                await office.stores.agenda.done(due)
    return done


def of_kind(done: list[tuple[str, datetime]], kind: str) -> list[datetime]:
    return [at for it, at in done if it == kind]


async def talked(office: Office, at: datetime = NOW) -> RequestId:
    """The asker asks, Ada helps, the talk ends with a step."""
    id = RequestId("R1")
    await office.put(make.person(), make.helper(ADA))
    question = make.new_request(question="How do I profile asyncio?", topics=(PYTHON,), prefer=ADA)
    await requests.file(office.desk, ASKER, question, id, at)
    await office.run(at)
    await accept(office.desk, offer_to(ADA, id), ADA, at)
    step = NextStep(cue="lunch", action="run py-spy once")
    await sessions.wrap_up(office.desk, talk_with(ADA, id), ASKER, WrapUp(minutes=9, next_step=step), at)
    return id


async def test_the_same_form_twice_sets_one_goal(office: Office):
    first, again = await begun(office), await begun(office)

    assert first == again
    assert (await plan(office)).open == ("G1",)


async def test_what_serves_a_goal_outlives_the_thing_itself(office: Office):
    await begun(office)
    id = await talked(office)
    ref = f"talk-{talk_with(ADA, id)}"
    await serving.attach(office.desk, ASKER, "G1", NOW, what="talk", ref=ref)
    await serving.attach(office.desk, ASKER, "G1", NOW, what="talk", ref=ref)

    await retention.forget_request(office.desk, id, NOW)

    assert await office.find(Request, id) is None
    [line] = await goals.lines_since(office.desk, ASKER, NOW - DAY)
    assert (line.title, line.what) == ("How do I profile asyncio?", "talk")
    assert [it.text for it in (await office.get(Goal, "G1")).open_steps] == ["After lunch: run py-spy once"]
    with pytest.raises(NotFound):
        await serving.attach(office.desk, ASKER, "G1", NOW, what="ask", ref=f"ask-{id}")


async def test_of_help_given_the_plan_holds_the_topic_and_nothing_that_the_other_wrote(office: Office):
    id = await talked(office)
    await goals.set_goal(office.desk, ADA, WISH, NOW, goal_id="H1")
    await serving.gather(office.desk, ADA, NOW)

    [asked] = (await office.get(GrowthPlan, ADA)).suggested
    await serving.attach(office.desk, ADA, "H1", NOW, what=asked.what, ref=asked.ref)

    kept = [await office.get(GrowthPlan, ADA), *await goals.lines_since(office.desk, ADA, NOW - DAY)]
    words = json.dumps([it.model_dump(mode="json") for it in kept])
    assert asked.what == "helped"
    assert "profile asyncio?" not in words
    assert ASKER not in words
    with pytest.raises(NotFound):
        await serving.attach(office.desk, ADA, "H1", NOW, what="talk", ref=f"talk-{talk_with(ADA, id)}")


async def test_nobody_puts_another_persons_thing_into_their_plan_or_touches_anothers_goal(office: Office):
    id = await talked(office)
    await begun(office)
    await goals.set_goal(office.desk, BEN, WISH, NOW, goal_id="B1")

    with pytest.raises(NotFound):
        await serving.attach(office.desk, BEN, "B1", NOW, what="ask", ref=f"ask-{id}")
    with pytest.raises(NotYours):
        await serving.attach(office.desk, ASKER, "B1", NOW, what="ask", ref=f"ask-{id}")
    for deed in (goals.reach, goals.let_go, goals.reopen, goals.keep_on, goals.forget, goals.own):
        args = (office.desk, BEN, "G1") if deed is goals.own else (office.desk, BEN, "G1", NOW)
        with pytest.raises(NotYours):
            await deed(*args)  # type: ignore[operator]


async def test_what_was_taken_out_or_declined_is_not_suggested_again(office: Office):
    await begun(office)
    id = await talked(office)
    await serving.gather(office.desk, ASKER, NOW)
    assert [it.what for it in (await plan(office)).suggested] == ["talk"]  # and not its question as well
    ref = f"talk-{talk_with(ADA, id)}"
    await serving.attach(office.desk, ASKER, "G1", NOW, what="talk", ref=ref)
    await serving.detach(office.desk, ASKER, f"G1.{ref}", NOW)

    await serving.gather(office.desk, ASKER, NOW + DAY)

    assert (await plan(office)).suggested == ()
    assert (await office.get(Goal, "G1")).steps == ()


async def test_five_hundred_lines_are_read_forgotten_and_exported(office: Office):
    await begun(office, wish=GoalWish(title=WISH.title, by=NOW.date() + 14 * DAY))
    await office.put(*(served(f"Thing {it}", "G1", it) for it in range(500)))

    whole = await export.whole(office.desk, ASKER, NOW)
    texts = {it: export.rendered(whole, it) for it in ("md", "json", "html")}  # type: ignore[arg-type]
    assert all(text.count("Thing ") == 500 for text in texts.values())
    await goals.forget(office.desk, ASKER, "G1", NOW)

    assert await office.desk.store.count(SERVED.of(ASKER)) == 0
    assert await office.find(Goal, "G1") is None
    assert {kind for kind, _ in await office.planned()} == {"meet"}


async def test_an_export_holds_what_was_typed_as_text_and_never_as_markup(office: Office):
    await begun(
        office, wish=GoalWish(title="<script>alert(1)</script> & more", why="# not a heading\n\nline")
    )

    whole = await export.whole(office.desk, ASKER, NOW)
    page, data = export.page(whole), json.loads(export.as_json(whole))

    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page
    assert data["goals"][0]["title"] == "<script>alert(1)</script> & more"
    assert "\n# not" not in export.markdown(whole)


async def test_the_day_is_asked_about_once_when_work_begins_where_the_person_is(office: Office):
    await office.put(make.person(zone=ZONE, hours=parse_hours("mon-fri 08:30-16:00")))
    await begun(office, wish=GoalWish(title="One", by=NOW.date() + 14 * DAY))  # a Monday

    done = await run(office, NOW + 40 * DAY)

    assert of_kind(done, GOAL_DUE) == [datetime(2026, 12, 7, 13, 30, tzinfo=UTC)]
    assert await office.times_shown("goal-day:G1", ASKER) == 1
    assert (await office.find(Unasked, ASKER)) is None


async def test_a_look_back_waits_for_room_for_hours_and_for_the_end_of_a_pause(office: Office):
    office.policy = Policy(nudges=Nudges(per_week=1))
    hours = parse_hours("mon-fri 09:00-17:00")
    await office.put(make.person(hours=hours))
    await begun(office)
    planned = NOW + QUARTER
    full = Unasked(id=ASKER, at=(planned - DAY,))
    await office.put(full, make.person(hours=hours, paused_until=planned + 9 * DAY))

    done = await run(office, planned + 30 * DAY)

    asked = (await plan(office)).looked
    assert asked
    assert asked.at >= planned + 9 * DAY
    assert of_kind(done, LOOK_BACK)[-1] == asked.at
    assert (await office.get(Unasked, ASKER)).at[-1] == asked.at


async def test_without_a_budget_for_messages_no_look_back_ever_comes(office: Office):
    office.policy = Policy(nudges=Nudges(per_week=0))
    await begun(office)

    await run(office, NOW + 200 * DAY)

    assert (await plan(office)).looked is None


async def test_after_two_looks_without_an_answer_none_follow_until_a_goal_is_touched(office: Office):
    await begun(office)
    await run(office, NOW + 500 * DAY)
    assert (await plan(office)).is_hushed

    later = NOW + 500 * DAY
    await goals.keep_on(office.desk, ASKER, "G1", later)

    again = await plan(office)
    assert not again.is_hushed
    assert again.next_look_at == later + QUARTER


async def test_whoever_has_left_is_asked_nothing(office: Office):
    await begun(office, wish=GoalWish(title="One", by=NOW.date() + 14 * DAY))
    await office.put(make.person(standing="left"))

    await run(office, NOW + 200 * DAY)

    assert (await plan(office)).looked is None
    assert (await office.get(Goal, "G1")).asked_on is None
    assert not [kind for kind, _ in await office.planned() if kind in (GATHER, LOOK_BACK, GOAL_DUE)]


async def shared(office: Office, id: str = "S1", now: datetime = NOW) -> SharedVersion:
    return await sharing.share(office.desk, ASKER, ADA, ["G1"], now, with_history=True, shared_id=id)


async def test_a_copy_is_over_after_thirty_days_and_gone_after_another_year(office: Office):
    await office.put(make.person(), make.person(ADA))
    await begun(office)
    await shared(office)

    with pytest.raises(NotShared):
        await sharing.open_shared(office.desk, ADA, "S1", NOW + SHARED_FOR)
    await run(office, NOW + 31 * DAY)
    with pytest.raises(NotShared):
        await sharing.open_shared(office.desk, ADA, "S1", NOW + 31 * DAY)
    await run(office, NOW + 400 * DAY)

    assert await office.find(SharedVersion, "S1") is None


async def test_a_second_copy_for_the_same_reader_ends_the_first(office: Office):
    await office.put(make.person(), make.person(ADA))
    await begun(office)
    await shared(office)
    await sharing.open_shared(office.desk, ADA, "S1", NOW)
    await goals.reach(office.desk, ASKER, "G1", NOW)

    second = await shared(office, "S2", NOW + DAY)
    _, earlier = await sharing.open_shared(office.desk, ADA, "S2", NOW + DAY)

    assert second.earlier_id == "S1"
    assert earlier
    assert [it.is_open for it in await sharing.shared_by(office.desk, ASKER)] == [True, False]


async def test_what_its_owner_left_or_gave_back_cannot_be_read(office: Office):
    await office.put(make.person(), make.person(ADA))
    await begun(office)
    await shared(office)
    await office.put(make.person(standing="left"))

    with pytest.raises(NotShared):
        await sharing.open_shared(office.desk, ADA, "S1", NOW)


@pytest.mark.parametrize(
    ("mine", "theirs", "why"),
    [
        ({}, {"standing": "guest"}, "guest"),
        ({}, {"standing": "left"}, "left"),
        ({}, {"do_not_match": frozenset({ASKER})}, "apart"),
        ({"do_not_match": frozenset({ADA})}, {}, "apart"),
    ],
)
async def test_some_people_are_shown_nothing(
    office: Office, mine: dict[str, object], theirs: dict[str, object], why: str
):
    await office.put(make.person(**mine), make.person(ADA, **theirs))
    await begun(office)

    with pytest.raises(CannotRead) as refused:
        await shared(office)

    assert refused.value.why == why
    assert await office.desk.store.count(SHARED_BY.of(ASKER)) == 0


async def test_a_manager_may_be_shown_a_plan_and_sees_none_that_is_not_shown(office: Office):
    await office.put(make.person(managers=(ADA,)), make.person(ADA, is_admin=True))
    await begun(office)
    await shared(office)

    await sharing.open_shared(office.desk, ADA, "S1", NOW)
    with pytest.raises(NotYours):
        await goals.own(office.desk, ADA, "G1")


async def test_who_asks_to_be_erased_leaves_nothing_of_a_plan(office: Office):
    await office.put(make.person(), make.person(ADA))
    await begun(office)
    await office.put(served(goal_id="G1"))
    await shared(office)

    await own_data.erase(office.desk, RELATIONSHIPS, ASKER, NOW)

    kinds = (Goal, GrowthPlan, Served, SharedVersion)
    left = [key for key in await office.keys() if any(f"doc:{it.kind}:" in key for it in kinds)]
    assert left == []


async def test_work_at_night_is_one_entry_a_day_and_none_without_a_goal(office: Office):
    await begun(office)
    done = await run(office, NOW + 7 * DAY)
    assert len(of_kind(done, GATHER)) == 7

    await goals.let_go(office.desk, ASKER, "G1", NOW + 7 * DAY)

    assert of_kind(await run(office, NOW + 14 * DAY), GATHER) == []
    assert await look_back.looking(office.desk, ASKER) is None


async def test_a_mentorship_is_suggested_by_its_topic_and_kept_without_a_word_of_it(office: Office):
    await begun(office)
    agreed = Agreement(purpose="Whispered: profile programs")
    pair = mentorship.begun("M1", ADA, ASKER, agreed, NOW, topics=(PYTHON,))
    await office.put(make.person(), make.person(ADA), pair)
    await serving.gather(office.desk, ASKER, NOW)
    assert (await plan(office)).suggested == ()

    await office.put(pair.agree(ASKER, NOW, NOW + QUARTER).agree(ADA, NOW, NOW + QUARTER))
    await serving.gather(office.desk, ASKER, NOW)
    [asked] = (await plan(office)).suggested
    await serving.attach(office.desk, ASKER, "G1", NOW, what=asked.what, ref=asked.ref)

    [line] = await goals.lines_since(office.desk, ASKER, NOW - DAY)
    assert (line.what, line.title) == ("mentorship", "Python")
    with pytest.raises(NotFound):
        await serving.attach(office.desk, BEN, "G1", NOW, what=asked.what, ref=asked.ref)


async def test_an_act_of_a_sponsor_is_suggested_once_confirmed_and_kept_by_its_kind_alone(office: Office):
    await begun(office)
    noted = make_sponsorship.going(wants="Profile programs in public").note(
        ADA, make_sponsorship.done("spoke", what="Whispered: how she profiles programs"), NOW
    )
    await office.put(make.person(), make.person(ADA), noted)
    await serving.gather(office.desk, ASKER, NOW)
    assert (await plan(office)).suggested == ()

    await office.put(noted.confirm(ASKER, 1, "yes", NOW))
    await serving.gather(office.desk, ASKER, NOW)
    [asked] = (await plan(office)).suggested
    await serving.attach(office.desk, ASKER, "G1", NOW, what=asked.what, ref=asked.ref)

    [line] = await goals.lines_since(office.desk, ASKER, NOW - DAY)
    assert (line.what, line.title) == ("act", "a word where the decision was made")
    assert not {"Whispered", ADA} & set(line.model_dump_json().replace('"', " ").split())
    for other in (ADA, BEN):
        with pytest.raises(NotFound):
            await serving.attach(office.desk, other, "G1", NOW, what=asked.what, ref=asked.ref)


async def test_an_empty_seat_of_the_board_becomes_a_step_of_the_goal_that_it_fits_best(office: Office):
    wish = GoalWish(title="Lead my first team with confidence")
    await begun(office, wish=wish)
    await serving.gather(office.desk, ASKER, NOW)
    assert (await plan(office)).suggested == ()

    await boards.open_board(office.desk, ASKER, NOW)
    await serving.gather(office.desk, ASKER, NOW + DAY)

    assert [(it.what, it.ref, it.title) for it in (await plan(office)).suggested] == [
        ("seat", "seat-role_model", "a role model")
    ]
    seat = {"what": "seat", "ref": "seat-role_model"}
    goal = await serving.attach(office.desk, ASKER, "G1", NOW + DAY, **seat)
    assert [it.text for it in goal.steps] == ["Find a role model"]
    line = await office.get(Served, "G1.seat-role_model")
    assert (line.title, line.on) == ("a role model", NOW + DAY)
    await serving.gather(office.desk, ASKER, NOW + 2 * DAY)
    assert (await plan(office)).suggested == ()

    await serving.undo(office.desk, ASKER, "G1", "seat-role_model", NOW + 2 * DAY)  # too late by now
    assert await office.find(Served, line.id)
    await serving.detach(office.desk, ASKER, line.id, NOW + 3 * DAY)
    await serving.gather(office.desk, ASKER, NOW + 4 * DAY)
    assert ((await office.get(Goal, "G1")).steps, (await plan(office)).suggested) == ((), ())

    await office.put(make.person(ADA))
    said = SaidOfMember(colleague=ADA, roles=("role_model",), last_on=NOW.date())
    await boards.add(office.desk, ASKER, said, NOW + 4 * DAY, once="1")
    with pytest.raises(NotFound):
        await serving.attach(office.desk, ASKER, "G1", NOW + 4 * DAY, **seat)
    await serving.gather(office.desk, ASKER, NOW + 4 * DAY)
    assert [it.ref for it in (await plan(office)).suggested] == ["seat-sponsor"]


async def test_a_second_opinion_that_was_read_is_suggested_by_its_question(office: Office):
    await begun(office, wish=GoalWish(title="Decide which database fits our orders"))
    opinion = make_opinion.opinion(question="Which database fits our orders?")
    await office.put(opinion)
    await serving.gather(office.desk, ASKER, NOW)
    assert (await plan(office)).suggested == ()

    await office.put(opinion.model_copy(update={"state": "shown", "shown_at": NOW}))
    await serving.gather(office.desk, ASKER, NOW)

    (found,) = (await plan(office)).suggested
    assert (found.what, found.title) == ("opinion", "Which database fits our orders?")
    await serving.attach(office.desk, ASKER, "G1", NOW, what="opinion", ref=found.ref)
    assert (await plan(office)).suggested == ()
