"""An export has all that is stored about its person and nothing of another's; an erasure leaves no more."""

import json
from typing import Any

import make
from make import ADA, ASKER, BEN, DAY, HOUR, NOW, R1, offer_to, talk_with
from make_mentorship import MENTEE, MENTOR, W1, going, mentor, wished
from make_sprint import plan
from office import Office
from test_retention import a_whole_story

from coaching.sprints import sprints
from coaching.sprints.sprint import Sprint
from handlers.conversations import ALL
from kernel.kinds import ListName
from kernel.values import Document, PersonId, RequestId
from mentoring.model.check import check_id
from mentoring.model.person import Person
from mentoring.model.request import Request
from mentoring.model.session import NextStep, Session, WrapUp
from mentoring.own_data import erase, export
from mentoring.people.people import keep_apart
from mentoring.people.preferences import record_choice
from mentoring.requests import drafts
from mentoring.requests.requests import file
from mentoring.routing.offers import accept
from mentoring.sessions import appointments, relay, sessions
from mentoring.sessions.feedback import Answer, answer, feedback_id
from mentoring.sessions.follow_ups import answer_check
from relationships.mentor_search import wishes
from relationships.mentor_search.wish import MentorWish
from relationships.mentorships import mentorships
from relationships.mentorships.mentorship import Mentorship
from sensing.triage.triage import Choice

TALK = talk_with(ADA)
MINE, THEIRS = "said by the asker", "said by the helper"


async def exported(office: Office, me: PersonId) -> dict[str, Any]:
    """The export of a person, as it is read back from JSON."""
    found: dict[str, Any] = json.loads(json.dumps(await export(office.desk, ALL.features, me, NOW)))
    return found


async def an_anonymous_talk(office: Office) -> None:
    """Have two people talk without names, each with words of their own; the asker's step is used."""
    await office.asked(make.helper(ADA), question=f"{MINE} asked?", anonymous=True)
    await accept(office.desk, offer_to(ADA), ADA, NOW)
    for me, words in ((ASKER, MINE), (ADA, THEIRS)):
        await relay.say(office.desk, TALK, me, NOW, text=f"{words} relayed", event_id=f"E{me}")
    step = NextStep(cue=f"{MINE} cue", action=f"{MINE} action")
    await sessions.wrap_up(office.desk, TALK, ASKER, WrapUp(minutes=10, next_step=step), NOW)
    await office.run(NOW + 3 * HOUR)
    for me, words in ((ASKER, MINE), (ADA, THEIRS)):
        said = Answer(helped="yes", thanks=f"{words} thanks", private_note=f"{words} note")
        await answer(office.desk, feedback_id(TALK, me), me, said, NOW + 3 * HOUR)
    await office.run(NOW + 2 * DAY)
    await answer_check(office.desk, check_id(TALK, "d2"), ASKER, "used", NOW + 2 * DAY)


async def test_a_person_gets_their_own_words_and_what_the_other_meant_for_them(office: Office):
    await an_anonymous_talk(office)

    mine, theirs = await exported(office, ASKER), await exported(office, ADA)

    for part in ("asked?", "cue", "action", "thanks", "note"):
        assert f"{MINE} {part}" in str(mine["data"]), part
    assert str(mine["data"]).count(THEIRS) == str(mine["data"]).count(f"{THEIRS} thanks") == 1
    assert str(theirs["data"]).count(MINE) == str(theirs["data"]).count(f"{MINE} thanks") == 1
    assert [it["answer"] for it in mine["data"]["check"]] == ["used"]
    assert (theirs["data"]["check"], len(theirs["data"]["thanks"])) == ([], 1)


async def test_what_waits_for_the_other_is_its_writers(office: Office):
    await office.asked(make.helper(ADA), anonymous=True)
    await accept(office.desk, offer_to(ADA), ADA, NOW)
    await relay.say(office.desk, TALK, ASKER, NOW, text=MINE, event_id="E1")

    assert [it["text"] for it in (await exported(office, ASKER))["data"]["said"]] == [MINE]
    assert (await exported(office, ADA))["data"]["said"] == []


async def test_who_talked_without_names_is_not_found_by_an_export(office: Office):
    await an_anonymous_talk(office)

    assert ADA not in str((await exported(office, ASKER))["data"])
    assert ASKER not in str((await exported(office, ADA))["data"])


async def test_whoever_is_reported_does_not_read_it_and_the_reporter_does(office: Office):
    await a_whole_story(office)

    assert [it["text"] for it in (await exported(office, ASKER))["data"]["report"]] == ["x"]
    assert (await exported(office, ADA))["data"]["report"] == []


async def test_every_document_of_the_app_is_in_it_or_left_out_with_a_reason(office: Office):
    found = await exported(office, ASKER)

    assert ALL.features.unsaid == frozenset(), "say in its feature's `exports` or `left_out` what is exported"
    assert {it.document.kind for it in ALL.features.exported.values()} | found["left_out"].keys() >= (
        ALL.features.documents.keys()
    )
    assert set(found["data"]) == set(ALL.features.exported)


async def test_what_is_ones_own_is_in_it_whole(office: Office):
    await office.put(make.person(), make.helper(ADA))
    await drafts.keep(office.desk, ASKER, NOW, text=MINE, source="dm", draft_id="D1")
    await record_choice(office.desk, ASKER, Choice.COACH, Choice.ASK)

    data = (await exported(office, ASKER))["data"]

    assert [Person.model_validate(it) for it in data["person"]] == [make.person()]
    assert [it["text"] for it in data["draft"]] == [MINE]
    assert len(data["habits"]) == 1
    assert ADA not in str(data)


async def test_more_than_is_read_at_a_moment_is_all_in_it(office: Office):
    many = [make.request(id=f"R{n}", question=f"Question {n}?") for n in range(450)]
    await office.put(*many)

    found = (await exported(office, ASKER))["data"]["request"]

    assert sorted(it["id"] for it in found) == sorted(it.id for it in many)


async def test_what_a_newer_release_wrote_is_counted(office: Office):
    await office.put(make.person())
    await office.put(NewerRequest(id=R1))

    found = await exported(office, ASKER)

    assert (found["data"]["request"], found["unreadable"]) == ([], 1)
    assert [it["id"] for it in found["data"]["person"]] == [ASKER]


class NewerRequest(Document):
    """A request that this release can't read."""

    kind = "request"

    def lists(self) -> dict[str, Any]:
        """The asker's requests."""
        return {ListName("requests-of").of(ASKER): NOW}


async def test_nothing_is_found_of_somebody_who_was_never_here(office: Office):
    await a_whole_story(office)

    found = await exported(office, PersonId("U0NOBODY"))

    assert not any(found["data"].values())
    assert await office.find(Person, "U0NOBODY") is None


async def erased(office: Office, me: PersonId) -> dict[str, int]:
    """Erase a person twice, since a repeat changes nothing, and return how much is left of them."""
    for _ in range(2):
        await erase(office.desk, ALL.features, me, NOW + HOUR)
    return {name: len(found) for name, found in (await exported(office, me))["data"].items() if found}


async def test_of_an_asker_who_wants_to_be_erased_no_question_is_left_and_no_talk(office: Office):
    await an_anonymous_talk(office)
    await drafts.keep(office.desk, ASKER, NOW, text=MINE, source="dm", draft_id="D1")
    await record_choice(office.desk, ASKER, Choice.COACH, Choice.ASK)

    assert await erased(office, ASKER) == {"person": 1}
    assert MINE not in str((await exported(office, ADA))["data"])
    assert not [key for key in await office.keys() if R1 in key and not key.startswith("at:")]


async def test_of_a_helper_who_wants_to_be_erased_no_word_is_left(office: Office):
    await an_anonymous_talk(office)

    assert await erased(office, ADA) == {"offer": 1, "session": 1, "thanks": 1, "person": 1}
    for me in (ASKER, ADA):
        assert str((await exported(office, me))["data"]).count(THEIRS) == (1 if me == ASKER else 0), me


async def test_what_is_going_on_ends_as_if_by_the_person_themselves(office: Office):
    await office.asked(make.helper(ADA))
    await accept(office.desk, offer_to(ADA), ADA, NOW)
    mine = make.new_request(question="And of mine?")
    await file(office.desk, ADA, mine, RequestId("R2"), NOW)

    left = await erased(office, ADA)

    talk = await office.get(Session, TALK)
    assert (talk.state, talk.broken_off, talk.spent_minutes) == ("wrapped", None, 25)
    assert await office.find(Request, "R2") is None
    assert left == {"person": 1, "offer": 1, "session": 1}
    assert (await office.get(Request, R1)).state == "resolved"


async def test_a_talk_that_is_to_come_is_called_off_and_the_search_goes_on(office: Office):
    await office.asked(make.helper(ADA))
    await accept(office.desk, offer_to(ADA), ADA, NOW)
    await appointments.propose(office.desk, TALK, ADA, [NOW + DAY], NOW)

    await erase(office.desk, ALL.features, ADA, NOW + HOUR)

    request = await office.get(Request, R1)
    assert (request.state, request.unmet) == ("open", "by_helper")
    assert (await office.get(Session, TALK)).spent_minutes == 0


async def test_an_offer_that_waits_goes_to_the_next(office: Office):
    await office.asked(make.helper(ADA), make.helper(BEN))
    first = (await office.get(Request, R1)).asked[0].helper_id

    await erase(office.desk, ALL.features, first, NOW)
    await office.run(NOW)

    assert [it.helper_id for it in (await office.get(Request, R1)).asked] == [first, *({ADA, BEN} - {first})]


async def test_who_was_erased_helps_no_more_and_is_kept_apart_as_before(office: Office):
    await office.put(make.helper(ADA, do_not_match=frozenset({BEN}), zone="Asia/Tokyo", level=5))

    await erased(office, ADA)

    person = await office.get(Person, ADA)
    assert not person.is_helper
    assert (person.level, person.topics, person.enrolled_at) == (3, {}, None)
    assert (person.zone, person.do_not_match) == ("Asia/Tokyo", {BEN})


async def test_a_partner_who_is_erased_steps_back_from_a_colleagues_sprint(office: Office):
    await office.put(make.person(), make.person(ADA))
    await sprints.plan(office.desk, ASKER, plan(partner_id=ADA), NOW, sprint_id="S1")
    await sprints.agree(office.desk, "S1", ADA, NOW)
    await sprints.plan(office.desk, ADA, plan(), NOW, sprint_id="S2")

    assert await erased(office, ADA) == {"person": 1}
    sprint = await office.get(Sprint, "S1")
    assert (sprint.consent, sprint.has_partner_left) == ("no", False)
    assert await office.find(Sprint, "S2") is None


async def test_a_report_stays_until_its_time_is_over(office: Office):
    await a_whole_story(office)

    assert await erased(office, ASKER) == {"report": 1, "person": 1}


async def test_a_mentorship_gives_each_their_own_words_and_never_who_wished_to_part(office: Office):
    await going(office)
    for who, words in ((MENTEE, MINE), (MENTOR, THEIRS)):
        said = mentorships.Notes(ours=f"{words} ours", mine=f"{words} mine", step=f"{words} step")
        await mentorships.note(office.desk, W1, who, said, NOW, once=who)
    await keep_apart(office.desk, MENTOR, MENTEE, NOW)
    await office.desk.part(MENTOR, MENTEE, NOW)

    mine, theirs = await exported(office, MENTEE), await exported(office, MENTOR)

    for part in ("ours", "mine", "step"):
        assert f"{MINE} {part}" in str(mine["data"])
        assert f"{THEIRS} {part}" in str(theirs["data"])
    assert THEIRS not in str(mine["data"])
    assert MINE not in str(theirs["data"])
    assert [it["end"] for it in mine["data"]["mentorship"]] == ["no_fit"]


async def test_of_a_mentee_who_wants_to_be_erased_no_word_is_left_and_the_mentors_stay(office: Office):
    await going(office)
    for who, words in ((MENTEE, MINE), (MENTOR, THEIRS)):
        said = mentorships.Notes(
            ours=f"{words} ours", mine=f"{words} mine", step=f"{words} step", goals=(MINE,)
        )
        await mentorships.note(office.desk, W1, who, said, NOW, once=who)

    left = await erased(office, MENTEE)

    over = await office.get(Mentorship, W1)
    assert left == {"person": 1, "mentorship": 1}
    assert MINE not in over.model_dump_json()
    assert f"{THEIRS} ours" in over.model_dump_json()
    assert (over.state, over.end) == ("ended", "closed")
    assert f"{THEIRS} mine" in str((await exported(office, MENTOR))["data"])


async def test_who_is_asked_to_mentor_and_is_erased_has_said_no(office: Office):
    await wished(office, mentor(ADA), mentor(BEN))
    await wishes.ask(office.desk, W1, MENTEE, ADA, NOW)

    await erased(office, ADA)

    assert (await office.get(MentorWish, W1)).refused_id == ADA
    assert await erased(office, MENTEE) == {"person": 1}
    assert await office.find(MentorWish, W1) is None
