"""Sponsorships on the real store: who can be asked, what comes when, and what follows when life happens."""

import asyncio
from datetime import datetime

import make
import pytest
from make import ADA, ASKER, BEN, CY, DAY, DEE, HOUR, NOW
from make_mentorship import run
from make_past import past_talk
from make_sponsorship import LINE, PROTEGE, S1, SPONSOR, WANTS, acted, began, now_is, sponsor
from office import Office

from handlers.conversations import ALL
from kernel.desk import Tie
from kernel.errors import CannotHelp, Ended, Invalid, NotAMember, Refusal, Repeated
from kernel.nudges import Unasked
from kernel.values import PersonId
from mentoring import own_data
from mentoring.model.person import Person
from mentoring.people.roster import PersonRow, load_people
from relationships.mentor_search import leaving
from relationships.sponsorships import endings, sponsorships
from relationships.sponsorships.course import MONTH
from relationships.sponsorships.sponsorship import NOT_AGAIN, Role, Sponsorship, sponsorship_id
from relationships.sponsorships.sponsorships import CannotSponsor, Deeds
from relationships.sponsorships.suggestions import suggestions
from relationships.sponsorships.ties import of_sponsors

SECRET = "zorkel"
DEEDS = Deeds("spoke", "deciders", NOW.date(), SECRET)


async def ask(
    office: Office, me: PersonId, other: PersonId, role: Role = "protege", now: datetime = NOW
) -> Sponsorship:
    once = f"{me}{other}{role}{now}"
    return await sponsorships.ask(office.desk, me, other, now, role=role, wants=WANTS, once=once)


async def here(office: Office, **people: Person) -> None:
    await office.put(make.person(PROTEGE), sponsor(), *people.values())


@pytest.mark.parametrize("role", ["protege", "sponsor"])
async def test_nobody_in_the_line_at_any_distance_is_a_sponsor_nor_whom_one_keeps_apart_from(
    office: Office, role: Role
):
    await here(office)
    refusals = []
    for mine, theirs in (
        ({"managers": (BEN,)}, {}),
        ({}, {"managers": (BEN,)}),
        ({"do_not_match": frozenset({SPONSOR})}, {}),
        ({}, {"do_not_match": frozenset({PROTEGE})}),
    ):
        over = PROTEGE if theirs.get("managers") else SPONSOR
        between = make.person(BEN, managers=(over,))
        await office.put(make.person(PROTEGE, **mine), sponsor(**theirs), between)
        with pytest.raises(Refusal) as refused:
            await ask(office, PROTEGE, SPONSOR, role)
        refusals.append(refused.value)

    assert {type(it) for it in refusals} == {CannotSponsor}
    assert len({ALL.sentences.of(it) for it in refusals}) == 1, "one sentence, whatever the reason"
    assert await office.find(Sponsorship, S1) is None


@pytest.mark.parametrize(
    ("other", "role", "why"),
    [
        ({"standing": "guest"}, "protege", CannotHelp),
        ({"standing": "left"}, "sponsor", CannotHelp),
        ({"standing": "bot"}, "sponsor", CannotHelp),
        ({"paused_until": NOW + DAY}, "protege", CannotSponsor),
    ],
)
async def test_a_sponsor_is_a_member_at_work_and_a_protege_may_be_a_guest(
    office: Office, other: dict[str, object], role: Role, why: type[Refusal]
):
    await office.put(make.person(PROTEGE), make.person(ADA, **other), make.person(CY, standing="guest"))

    with pytest.raises(why):
        await ask(office, PROTEGE, ADA, role)
    with pytest.raises(CannotHelp):
        await ask(office, PROTEGE, PROTEGE, role)
    with pytest.raises(NotAMember):
        await ask(office, CY, PROTEGE, "sponsor")
    assert (await ask(office, CY, PROTEGE)).protege_id == CY


async def test_both_asking_is_a_yes_and_asking_twice_is_none(office: Office):
    await here(office)
    await ask(office, PROTEGE, SPONSOR)
    with pytest.raises(Repeated):
        await ask(office, PROTEGE, SPONSOR)
    with pytest.raises(Invalid) as twice:
        await ask(office, PROTEGE, SPONSOR, now=NOW + HOUR)
    assert (twice.value.field, twice.value.problem) == ("who", "asked")

    begun = await ask(office, SPONSOR, PROTEGE, "sponsor", NOW + HOUR)

    assert (begun.state, begun.wants) == ("going", WANTS)
    with pytest.raises(Invalid) as already:
        await ask(office, SPONSOR, PROTEGE, "sponsor", NOW + 2 * HOUR)
    assert already.value.problem == "already"


async def test_three_may_wait_for_an_answer_and_all_wrong_fields_are_named_at_once(office: Office):
    await here(office, **{who: make.person(who) for who in (BEN, CY, DEE)})
    for who in (BEN, CY, DEE):
        await ask(office, PROTEGE, who)

    with pytest.raises(Invalid) as many:
        await ask(office, PROTEGE, SPONSOR)
    with pytest.raises(Invalid) as wrong:
        await sponsorships.ask(
            office.desk, PROTEGE, SPONSOR, NOW, role="protege", wants=" ", line="x" * 150, once="w"
        )

    assert many.value.problem == "too_many"
    assert [it.field for it in (wrong.value, *wrong.value.others)] == ["what_for", "line"]


async def test_of_four_asked_at_once_three_wait_for_an_answer(office: Office):
    await here(office, **{who: make.person(who) for who in (BEN, CY, DEE)})

    sent = await asyncio.gather(
        *(ask(office, PROTEGE, who) for who in (BEN, CY, DEE, SPONSOR)), return_exceptions=True
    )

    assert sorted(type(it).__name__ for it in sent) == ["Invalid", *["Sponsorship"] * 3]


async def test_no_answer_in_five_of_their_working_days_is_a_no_that_bars_for_90_days(office: Office):
    await here(office)
    asked = await ask(office, PROTEGE, SPONSOR)
    assert asked.answer_by == NOW + 7 * DAY

    await run(office, NOW + 8 * DAY)

    late = await now_is(office)
    assert (late.end, late.knocks) == ("late", {SPONSOR: 1, PROTEGE: 1})
    with pytest.raises(CannotSponsor):
        await ask(office, PROTEGE, SPONSOR, now=NOW + NOT_AGAIN)
    assert (await ask(office, PROTEGE, SPONSOR, now=NOW + 8 * DAY + NOT_AGAIN)).state == "asked"


async def test_what_is_asked_unasked_waits_for_room_in_the_week(office: Office):
    await began(office)
    await acted(office)
    month = NOW + MONTH
    full = Unasked(id=SPONSOR, at=(month - DAY,) * 5)
    await office.put(full, full.model_copy(update={"id": PROTEGE}))

    await run(office, month + HOUR)
    waiting = await now_is(office)
    await run(office, month + 7 * DAY)
    asked = await now_is(office)

    assert (waiting.question_at, waiting.waiting) == (None, ())
    assert waiting.put_off == {SPONSOR: month + 6 * DAY, PROTEGE: month + 6 * DAY}
    assert asked.question_at is not None
    assert asked.question_at >= month + 6 * DAY
    assert len(asked.waiting) == 1
    for who in (SPONSOR, PROTEGE):
        assert len((await office.get(Unasked, who)).at) == 1, "each was counted"


async def test_of_two_who_note_and_finish_at_once_one_is_first_and_nothing_is_half_done(office: Office):
    await began(office)
    noting = [sponsorships.note(office.desk, S1, SPONSOR, DEEDS, NOW, once="same") for _ in range(3)]

    done = await asyncio.gather(
        *noting, sponsorships.finish(office.desk, S1, PROTEGE, NOW), return_exceptions=True
    )

    it = await now_is(office)
    assert it.state == "ended"
    assert len(it.acts) <= 1
    assert all(isinstance(each, Sponsorship | Repeated | Ended) for each in done), done


@pytest.mark.parametrize(
    ("changed", "end"),
    [({"standing": "left"}, "left"), ({"managers": (ASKER,)}, "line")],
)
async def test_it_ends_with_whoever_leaves_or_comes_to_lead_the_other(
    office: Office, changed: dict[str, object], end: str
):
    await began(office)
    await office.put(sponsor(**changed))

    if end == "left":
        await leaving.leave(office.desk, SPONSOR, NOW + DAY)
    else:
        await sponsorships.write_line(office.desk, S1, PROTEGE, "typed in the old card", NOW + DAY)

    over = await now_is(office)
    assert (over.state, over.end) == ("ended", end)
    assert (over.knocks[PROTEGE], over.question_at) == (2, None)
    assert ("sponsorship_due", S1) not in await office.planned()


@pytest.mark.parametrize("moved", ["the protege", "somebody between", "out of the line"])
async def test_it_ends_at_once_where_a_new_line_brings_one_above_the_other(office: Office, moved: str):
    await began(office)
    if moved != "the protege":
        await office.put(make.person(PROTEGE, standing="active", managers=(BEN,)))
    row = PersonRow(id=PROTEGE if moved == "the protege" else BEN, managers=(SPONSOR,))
    if moved == "out of the line":
        row = PersonRow(id=PROTEGE, managers=(CY,))

    await load_people(office.desk, [row], NOW + HOUR)
    planned = await office.planned()
    await run(office, NOW + HOUR)

    over = await now_is(office)
    assert ("line_changed", row.id) in planned
    if moved == "out of the line":
        assert over.state == "going"
    else:
        assert (over.end, over.ended_at) == ("line", NOW + HOUR)
    again = await load_people(office.desk, [row], NOW + DAY)
    assert (again.changed, ("line_changed", row.id) in await office.planned()) == (0, False)


async def test_a_sponsor_takes_on_so_many_and_nobody_else_learns_that(office: Office):
    await here(office, **{who: make.person(who, standing="active") for who in (BEN, CY, DEE)})
    await ask(office, PROTEGE, SPONSOR)
    for who in (BEN, CY):
        await ask(office, SPONSOR, who, "sponsor")
        await sponsorships.accept(office.desk, sponsorship_id(SPONSOR, who), who, NOW)
    await ask(office, SPONSOR, DEE, "sponsor")

    with pytest.raises(Invalid) as mine:
        await sponsorships.accept(office.desk, S1, SPONSOR, NOW)
    await sponsorships.withdraw(office.desk, S1, PROTEGE, NOW)
    with pytest.raises(Invalid) as offered:
        await ask(office, SPONSOR, PROTEGE, "sponsor", NOW + HOUR)
    with pytest.raises(CannotSponsor) as theirs:
        await ask(office, PROTEGE, SPONSOR, now=NOW + HOUR)
    assert {(it.value.problem, it.value.facts["limit"]) for it in (mine, offered)} == {("full", 3)}
    assert "people" not in ALL.sentences.of(theirs.value)

    begun = await sponsorships.accept(office.desk, sponsorship_id(SPONSOR, DEE), DEE, NOW + HOUR)
    assert begun.state == "going", "who was offered a place has it"
    await sponsorships.finish(office.desk, sponsorship_id(SPONSOR, BEN), BEN, NOW + HOUR)
    assert (await ask(office, PROTEGE, SPONSOR, now=NOW + 2 * HOUR)).state == "asked"


async def test_suggested_are_those_who_have_seen_the_work_and_stand_elsewhere(office: Office):
    above = {
        ADA: {"team": "Ops"},
        BEN: {"team": "Import"},
        CY: {"team": "Ops", "level": 2},
        DEE: {"team": "Ops", "do_not_match": frozenset({ASKER})},
    }
    people = [make.person(who, standing="active", **{"level": 6, **said}) for who, said in above.items()]
    lead = make.person(PersonId("U0LEAD"), standing="active", level=7)
    await office.put(make.person(ASKER, level=3, team="Import", managers=(lead.id,)), lead, *people)
    talks = [(f"R{who}{n}", who, n) for n, who in enumerate((ADA, BEN, BEN, CY, DEE, lead.id))]
    for id, who, days in talks:
        await office.put(*past_talk(id, NOW - (days + 1) * DAY, who))
    await office.put(*past_talk("R9", NOW - DAY, ASKER, asker_id=ADA))
    secret = make.session(
        id="R8:U0HID", asker_id=PersonId("U0HID"), helper_id=ASKER, anonymous=True, state="wrapped"
    )
    await office.put(make.person("U0HID", standing="active", level=7), secret)

    found = await suggestions(office.desk, ASKER, NOW)

    assert [(it.person_id, it.times, it.is_elsewhere) for it in found] == [(ADA, 2, True), (BEN, 2, False)]
    await ask(office, ASKER, ADA)
    assert [it.person_id for it in await suggestions(office.desk, ASKER, NOW)] == [BEN]
    assert await suggestions(office.desk, PersonId("U0NEW"), NOW) == ()


async def test_kept_apart_reads_as_finished_and_is_exported_so(office: Office):
    await began(office)
    await office.put(make.person(PROTEGE, do_not_match=frozenset({SPONSOR})))
    await office.desk.part(PROTEGE, SPONSOR, NOW)

    [part] = (await own_data.export(office.desk, ALL.features, SPONSOR, NOW))["data"]["sponsorship"]

    assert (await now_is(office)).end == "apart"
    assert part["end"] == "finished"


async def test_an_export_holds_ones_own_words_and_an_erasure_takes_them(office: Office):
    await began(office)
    await sponsorships.note(office.desk, S1, SPONSOR, DEEDS, NOW, once="a")
    await sponsorships.confirm(office.desk, S1, PROTEGE, NOW, number=1, word="yes")
    theirs, mine = [
        str(await own_data.export(office.desk, ALL.features, who, NOW)) for who in (SPONSOR, PROTEGE)
    ]

    await endings.step_out(office.desk, SPONSOR, NOW)
    kept = await now_is(office)
    await endings.step_out(office.desk, PROTEGE, NOW)

    assert SECRET in theirs
    assert LINE not in theirs
    assert LINE in mine
    assert SECRET not in mine
    assert "spoke" in mine
    assert SECRET not in kept.model_dump_json()
    assert (kept.state, kept.furthest, kept.brief) == ("ended", 4, LINE)
    assert await office.find(Sponsorship, S1) is None
    assert not [it for it in await office.keys() if "sponsor" in it and "once:" not in it]


async def test_it_is_forgotten_a_year_after_its_end_unless_it_begins_anew(office: Office):
    await began(office)
    await sponsorships.finish(office.desk, S1, SPONSOR, NOW)
    again = await ask(office, SPONSOR, PROTEGE, "sponsor", NOW + DAY)
    await sponsorships.decline(office.desk, S1, PROTEGE, NOW + 2 * DAY)

    await run(office, NOW + 366 * DAY)
    there = await office.find(Sponsorship, S1)
    await run(office, NOW + 368 * DAY)

    assert again.state == "asked"
    assert there is not None
    assert await office.find(Sponsorship, S1) is None


async def test_a_board_sees_who_sponsors_somebody_how_often_and_when_last(office: Office):
    await began(office)
    await acted(office, NOW + DAY)
    await office.put(make.person(BEN))
    await ask(office, PROTEGE, BEN)

    mine, theirs = [await of_sponsors(office.desk, who, NOW) for who in (PROTEGE, SPONSOR)]

    assert mine == [Tie(SPONSOR, "sponsor", NOW + DAY, 1)]
    assert theirs == []
    assert await of_sponsors(office.desk, PROTEGE, NOW + 2 * DAY) == []
