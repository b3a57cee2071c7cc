"""A workspace lives through 460 days, and every key of Redis has an owner and an end."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import growth_views
import make
import pytest
from make import ADA, ASKER, BEN, CY, DAY, DEE, HOUR, MINUTE, NOW, PYTHON, offer_to, talk_with
from make_sprint import check_in, plan
from office import FEATURES, RELATIONSHIPS, Office, do_coaching

from coaching.aims import aims
from coaching.aims.aim_check_ins import AimCheckIns
from coaching.guide import consent, talks
from coaching.guide.consent import CoachingRules
from coaching.guide.model import Terms
from coaching.plans import plans
from coaching.plans.action_plan import PlanWish, action_plan
from coaching.sprints import outlines, sprints
from coaching.sprints.outline import SprintOutline
from coaching.sprints.sprint import Review
from handlers.conversations import ALL
from kernel.policy import Contact, Retention
from kernel.store import Changes, Due, Later, Show
from kernel.values import PersonId, RequestId
from matching.learning.memory import Memory
from matching.learning.residual_rating import Standings
from matching.pairing.pairing import pair
from mentoring.admins import member_list, reports
from mentoring.admins.alerts import raise_alert
from mentoring.admins.member_list import READ_MEMBERS, Member
from mentoring.admins.reports import NewReport
from mentoring.learning.retraining import keep as keep_learning
from mentoring.learning.retraining import packed, skip
from mentoring.learning.training_result import Study
from mentoring.model.check import check_id
from mentoring.model.person import SlackFacts, Standing
from mentoring.model.remark import AskingChange, Remark
from mentoring.model.request import Request
from mentoring.model.session import NextStep, WrapUp
from mentoring.people import care_notes, people, preferences, remarks
from mentoring.requests import drafts, requests
from mentoring.requests.retries import keep_waiting, post_in_channel, tell_admins
from mentoring.routing.offers import accept, decline, volunteer
from mentoring.routing.peer_turns import next_turn
from mentoring.sessions import appointments, relay, sessions
from mentoring.sessions.feedback import Answer, answer, feedback_id
from mentoring.sessions.follow_ups import answer_check
from mentoring.sessions.reports import BOND
from relationships.another_angle.angle import FORGET_ANGLE, Angle
from relationships.another_angle.pattern import Pattern
from relationships.answer_cards import answer_cards, lookup
from relationships.answer_cards.answer_card import CardWords
from relationships.board import boards
from relationships.circles import circles
from relationships.circles.circles import CircleOffer
from relationships.cohorts import programmes, sending
from relationships.cohorts.participants import cohort_of
from relationships.cohorts.programme import Programme
from relationships.cohorts.sign_up import SignUpChoices
from relationships.growth_plan import goals, sharing
from relationships.growth_plan.goal import GoalWish
from relationships.hybrid import preparations
from relationships.mentor_search import wishes
from relationships.mentor_search.keep_going import keep_going
from relationships.mentorships import capacity, mentorships
from relationships.reverse_mentoring import juniors_group, juniors_voice
from relationships.second_opinions import outcome, second_opinions, views
from relationships.second_opinions.second_opinion import SecondOpinion
from relationships.sponsorships import sponsorships
from sensing.triage.triage import Choice
from storage import Installation
from storage.connection.keys import keys_of
from storage.documents.tidying import tidy
from storage.queues.notices import Upload

RUBY, EVE = PersonId("U0RUBY"), PersonId("U0EVE")
SECRET = "whispered"
TERMS = Terms(provider="openai", host="models.example", model="one")
STUDY = Study(Memory(standings=Standings({ADA: 0.5})), asks=40, outcomes=30, ranks=True)
POLICY = ALL.features.policy(
    admins=frozenset({RUBY}),
    support=(Contact(name="Line", how="call"),),
    coaching=CoachingRules(model="allowed"),
    retention=Retention(report_days=365),
)
MOST_DAYS, LATE = 460, 10


@dataclass(frozen=True)
class Row:
    """Keys of one kind: whose they are, when they end, and whether some may be there after all."""

    names: str
    owner: str
    end: str
    stays: bool = False


TABLE = (
    Row(r"doc:(request|offer|session|feedback|check|thanks):.*", "the request", "retention.request_days"),
    Row(r"doc:preparation:.*", "the talk", "retention.request_days"),
    Row(r"doc:second-opinion:.*", "the second opinion", "retention.request_days"),
    Row(r"doc:answer-card:.*", "the card", "7 days after its end, which time brings unless it is renewed"),
    Row(r"doc:found-answer:.*", "the question", "retention.request_days"),
    Row(r"doc:(said|outbox):.*", "the talk", "30 days, its words sooner"),
    Row(r"doc:(draft|unsent):.*", "the draft", "retention.draft_days"),
    Row(r"doc:alert:.*", "the alert", "retention.alert_days, or with its request or report"),
    Row(r"doc:report:.*", "the report", "retention.report_days"),
    Row(r"doc:remark:.*", "the remark", "retention.draft_days"),
    Row(r"doc:care:.*", "the message", "7 days"),
    Row(r"doc:talk:.*", "the guided talk", "180 days after it was last written in"),
    Row(r"doc:aim-check-ins:.*", "the aim", "180 days after the last change"),
    Row(r"doc:sprint:.*", "the sprint", "365 days after the last change"),
    Row(r"doc:sprint-outline:.*", "the sprint's plan", "30 days after the last answer"),
    Row(r"doc:(mentorship|own-notes|mentor-wish):.*", "the mentorship", "retention.relationship_days"),
    Row(r"doc:sponsorship:.*", "the sponsorship", "retention.relationship_days"),
    Row(r"doc:juniors-(voice|group|group-wish):.*", "the mentorship", "retention.relationship_days"),
    Row(r"doc:(programme|sign-up|open-programmes):.*", "the programme", "retention.relationship_days"),
    Row(r"doc:circle:.*", "the circle", "retention.relationship_days"),
    Row(r"gists:mentors-in:.*", "the programme", "as the programme"),
    Row(r"doc:keep-going:.*", "the talk", "30 days"),
    Row(r"doc:(board|another-angle):.*", "the person", "30 days after they left", stays=True),
    Row(
        r"list:board-of:.*|of:(board|another-angle):.*|(card|at):\S+ (\S+\.)?(board-gap|another-angle):.*",
        "the board, or the offer",
        "as that",
        stays=True,
    ),
    Row(r"doc:shared-goals:.*", "the copy", "365 days after it ended"),
    Row(r"doc:(goal|growth-plan|served):.*", "the person", "30 days after they left", stays=True),
    Row(
        r"list:((open-)?goals-of|growth-plan-of|served-goals-of|served-goal):.*"
        r"|of:(goal|growth-plan):.*|(card|at):\S+ (\S+\.)?(goal-day|growth-look-back):.*",
        "the plan",
        "as the plan",
        stays=True,
    ),
    Row(r"doc:two-weeks:.*", "the plan", "30 or 365 days after the last change"),
    Row(
        r"doc:(habits|unasked|consent|mentor-places):.*", "the person", "30 days after they left", stays=True
    ),
    Row(r"doc:(person|load):.*", "the person", "30 days and request_days after they left", stays=True),
    Row(r"doc:memory:.*", "what was learned", "the next night"),
    Row(r"doc:(learning|lanes|model_day|known_topics):.*", "the workspace", "names nobody", stays=True),
    Row(r"doc:(members|member_page|owners_and_admins):.*", "Slack's list", "the next day", stays=True),
    Row(r"list:(people|people-by-email:.*|helpers|admins)", "people", "as they leave", stays=True),
    Row(r"list:.*", "the documents in it", "as these"),
    Row(r"gists:(asked-in|answers-with):.*", "the documents in that list", "as these"),
    Row(
        r"of:person:.*|card:\S+ (home|profile-invite:.*)|at:\S+ \w+\.(home|profile-invite:.*)",
        "the person",
        "as the person",
        stays=True,
    ),
    Row(r"(card|at|of):.*", "the document shown", "as that"),
    Row(r"upload:.*", "the file", "2 days, by Redis", stays=True),
    Row(r"once:.*", "the interaction", "25 hours, by Redis", stays=True),
    Row(r"dm:.*", "the person", "30 days after a message, by Redis", stays=True),
    Row(r"changes", "the directory", "10,000 newer ones, or 30 days", stays=True),
    Row(
        r"stay|installation",
        "the installation",
        "uninstalling, but for the word that it was left",
        stays=True,
    ),
)
OF_SHARD = {"sequence", "agenda", "lives", "due", "notices", "postponed", "failures", "dead", "tally"}


def row_of(key: str) -> Row:
    """The first row of the table that a key of the workspace stands in."""
    found = next((row for row in TABLE if re.fullmatch(row.names, key, re.DOTALL)), None)
    assert found, f"{key} has no owner and no end"
    return found


@dataclass
class Life:
    """A workspace whose time goes by."""

    office: Office
    now: datetime = NOW
    standing: dict[str, Standing] = field(default_factory=dict)
    seen: set[Row] = field(default_factory=set)

    async def until(self, moment: datetime) -> None:
        """Do all that falls due by then, each when it does, and show what is to be shown."""
        await self.office.deliver()
        while ahead := await self.office.stores.agenda.upcoming(self.office.workspace, 1):
            if ahead[0].at > moment:
                break
            self.now = max(self.now, ahead[0].at)
            await self.work()
        self.now = moment
        await self.look()

    async def rest(self, days: int, hours: int = 0) -> None:
        """Let days go by in which nobody does anything; what falls due is done some days and *hours* late."""
        for _ in range(0, days, LATE):
            self.now += LATE * DAY + timedelta(hours=hours)
            await self.work()
        await self.look()

    async def look(self) -> None:
        """Hold every key there is against the table."""
        self.seen |= {row_of(key) for key in await self.office.keys()}

    async def work(self) -> None:
        shards, agenda = [keys_of(self.office.workspace).shard], self.office.stores.agenda
        while await agenda.tick(self.now, shards):
            for due in await agenda.take("life", shards=shards):
                await self.do(due)
        await self.office.deliver()

    async def do(self, due: Due) -> None:
        desk, now = self.office.desk, self.now
        match due.kind:
            case "meet":
                await people.meet(desk, self.facts(PersonId(due.thing)), now, due)
            case "relearn" if await desk.store.count("requests"):
                await keep_learning(desk, STUDY, packed(STUDY), now, due)
            case "relearn":
                await skip(desk, "too_few", now, due)
            case "programme_work":
                await self.pair(due)
            case "open_circle_room":
                await circles.opened_room(desk, due.thing, "G0CIRCLE", now, due)
            case "sprint_chart" | "meeting_file":
                await self.office.stores.agenda.done(due)
            case kind if kind == READ_MEMBERS:
                everyone = [Member(facts=self.facts(it)) for it in (ASKER, BEN, CY, RUBY)]
                await member_list.take(desk, everyone, "", now, due)
            case _:
                done = [await each.perform(desk, due, now) for each in (FEATURES, RELATIONSHIPS)]
                assert any(done) or await do_coaching(desk, due, now), due.kind

    async def pair(self, due: Due) -> None:
        desk = self.office.desk
        programme = await desk.get(Programme, due.thing)
        cohort = await cohort_of(desk, programme, self.now)
        found = programmes.solved(pair(cohort), cohort, self.now)
        assert programme.work
        await programmes.note(desk, programme.work, found, self.now, due)

    def facts(self, who: PersonId) -> SlackFacts:
        return SlackFacts(
            id=who, name=who.title(), standing=self.standing.get(who, "active"), email=f"{who}@x"
        )

    async def asked(self, id: str, asker: PersonId = ASKER, **said: Any) -> RequestId:
        request_id = RequestId(id)
        said = {"question": f"How? {SECRET}", **said}
        await requests.file(self.office.desk, asker, make.new_request(**said), request_id, self.now)
        await self.work()
        return request_id

    async def helpers_of(self, id: RequestId) -> list[PersonId]:
        return [it.helper_id for it in (await self.office.get(Request, id)).asked]


async def hold_talks(life: Life) -> None:
    """One talk with everything, one that is reported, one anonymous, one of two who coach each other."""
    desk = life.office.desk
    one = await life.asked("REQ-TALK", prefer=ADA)
    talk = talk_with(ADA, one)
    await accept(desk, offer_to(ADA, one), ADA, life.now)
    await sessions.fall_back_to_relay(desk, talk, life.now)
    await relay.say(desk, talk, ASKER, life.now, text=SECRET, event_id="EV1", once="message:EV1")
    step = NextStep(cue="lunch", action=SECRET, at=life.now + 3 * DAY)
    await sessions.wrap_up(desk, talk, ASKER, WrapUp(minutes=10, next_step=step), life.now)
    await life.until(life.now + 2 * HOUR)
    for person in (ASKER, ADA):
        said = Answer(helped="yes", thanks=SECRET, private_note=SECRET)
        await answer(desk, feedback_id(talk, person), person, said, life.now)
    await life.until(life.now + 4 * DAY)
    await answer_check(desk, check_id(talk, "cue"), ASKER, "used", life.now)

    two = await life.asked("REQ-REPORTED", prefer=BEN, anonymous=True)
    await accept(desk, offer_to(BEN, two), BEN, life.now)
    said_of = NewReport(text=SECRET, ends=True)
    await reports.report(desk, talk_with(BEN, two), ASKER, said_of, life.now, of=BOND)

    later = await life.asked("REQ-LATER", prefer=ADA)
    met = talk_with(ADA, later)
    await accept(desk, offer_to(ADA, later), ADA, life.now)
    await appointments.propose(desk, met, ADA, [life.now + DAY, life.now + 2 * DAY], life.now)
    await appointments.choose(desk, met, ASKER, life.now + 2 * DAY, life.now)
    said = {"answers": {"wanted": SECRET, "matters": SECRET}, "ticked": frozenset({"wanted"})}
    await preparations.prepare(desk, met, ASKER, life.now, **said)  # type: ignore[arg-type]
    await preparations.send(desk, met, ASKER, life.now)
    await appointments.run_late(desk, met, ADA, life.now)
    await life.until(life.now + 5 * DAY)

    never = await life.asked("REQ-NEVER", prefer=ADA)
    await accept(desk, offer_to(ADA, never), ADA, life.now)
    await appointments.propose(desk, talk_with(ADA, never), ADA, [life.now + DAY], life.now)
    await life.until(life.now + 2 * DAY)

    three = await life.asked("REQ-PEER", prefer=CY, way="peer_coaching")
    await accept(desk, offer_to(CY, three), CY, life.now)
    for turn in range(3):
        await next_turn(desk, talk_with(CY, three), ASKER, turn, life.now)
    await life.rest(40)


async def ask_in_vain(life: Life) -> None:
    """Requests that nobody takes, that are taken back, that run out, and that a volunteer takes."""
    desk = life.office.desk
    declined = await life.asked("REQ-DECLINED")
    first = (await life.helpers_of(declined))[-1]
    await decline(desk, offer_to(first, declined), first, life.now)
    await life.until(life.now + 3 * DAY)
    await tell_admins(desk, ASKER, declined, life.now)
    await life.rest(10)

    back = await life.asked("REQ-BACK")
    await requests.withdraw(desk, ASKER, back, life.now)

    waits = await life.asked("REQ-WAITS")
    await life.until(life.now + 2 * DAY)
    await keep_waiting(desk, ASKER, waits, life.now)
    await life.rest(10)

    posted = await life.asked("REQ-POSTED", topics=(PYTHON,))
    await life.until(life.now + 2 * DAY)
    await post_in_channel(desk, ASKER, posted, life.now)
    await life.work()
    await volunteer(desk, posted, DEE, life.now)
    await life.rest(20)


async def be_coached(life: Life, me: PersonId) -> None:
    """A guided talk, a sprint with a partner, a plan, a word on a model, habits."""
    desk, now = life.office.desk, life.now
    await talks.begin(desk, me, now, opening=SECRET, form="grow", talk_id=f"TALK{me}")
    await life.work()
    for number in range(4):
        await talks.reply(
            desk, f"TALK{me}", me, life.now, text=f"{SECRET} {number}", event_id=f"{me}{number}"
        )
        await life.work()
    wanted = plan(goal=SECRET, partner_id=CY if me != CY else BEN)
    await life.office.put(AimCheckIns.begin(f"TALK{me}", me, 1, now))
    await aims.stop(desk, f"TALK{me}", me, now)
    outline = SprintOutline(id=f"OUTLINE{me}", person_id=me, made_at=now)
    await outlines.begin(desk, outline.name_goal(SECRET, None), now)
    sprint = await sprints.plan(desk, me, wanted, now, sprint_id=f"SPRINT{me}")
    await sprints.agree(desk, sprint.id, wanted.partner_id or me, now)
    await sprints.check_in(desk, sprint.id, me, check_in(now, note=SECRET), now, once=f"{me}1")
    made = action_plan(PlanWish(goal="explain a query"), make.person().hours, now.date())
    await plans.propose(desk, me, now, goal=SECRET, plan=made, plan_id=f"PLAN{me}")
    await plans.keep(desk, f"PLAN{me}", me, now)
    await consent.agree(desk, me, TERMS, now)
    await consent.reserve(desk, me, TERMS, now.date())
    await consent.record(desk, me, TERMS, (SECRET,), now)
    await preferences.record_choice(desk, me, Choice.COACH, Choice.ASK)


async def be_mentored(life: Life, me: PersonId, mentor: PersonId) -> None:
    """A mentorship with a talk, notes of both kinds, a no before it and a wish to go on with another."""
    desk, id = life.office.desk, f"WISH{me}"
    said = {"wants": SECRET, "topics": (PYTHON,)}
    await wishes.wish(desk, me, life.now, id=id, named=mentor, **said)  # type: ignore[arg-type]
    await wishes.accept(desk, id, mentor, life.now)
    await mentorships.agree(desk, id, me, life.now)
    going = await mentorships.agree(desk, id, mentor, life.now)
    assert going.talk
    at = life.now + DAY
    await mentorships.book(desk, id, me, life.now, number=1, at=at)
    await life.until(at + 2 * HOUR)
    await mentorships.met(desk, id, me, life.now, number=1)
    for who in (me, mentor):
        noted = mentorships.Notes(ours=SECRET, mine=SECRET, step=SECRET, goals=(SECRET,))
        await mentorships.note(desk, id, who, noted, life.now, once=f"note{id}{who}")
    await capacity.set_places(desk, mentor, 3)


async def be_sponsored(life: Life, me: PersonId, sponsor: PersonId) -> None:
    """A sponsorship with acts, one of which is confirmed, a line, and a talk that is offered."""
    desk, now = life.office.desk, life.now
    said = {"wants": SECRET, "line": SECRET, "once": f"SPONSOR{me}"}
    it = await sponsorships.ask(desk, me, sponsor, now, role="protege", **said)  # type: ignore[arg-type]
    await sponsorships.accept(desk, it.id, sponsor, now)
    deeds = sponsorships.Deeds("spoke", "deciders", now.date(), SECRET)
    for once in ("first", "second"):
        await sponsorships.note(desk, it.id, sponsor, deeds, now, once=f"{once}{me}")
    await sponsorships.confirm(desk, it.id, me, now, number=1, word="yes")
    await sponsorships.offer_talk(desk, it.id, sponsor, SECRET, now)


async def learn_upwards(life: Life, senior: PersonId) -> None:
    """A senior who learns from three juniors: one says what it is like, and all meet in a group."""
    desk = life.office.desk
    await life.office.put(make.person(senior, level=7))
    for number in range(3):
        said = {"id": f"UP{number}", "wants": SECRET, "topics": (PYTHON,), "is_reverse": True}
        asked = (await wishes.wish(desk, senior, life.now, **said)).asked_id  # type: ignore[arg-type]
        assert asked
        going = await wishes.accept(desk, f"UP{number}", asked, life.now)
        await juniors_group.join(desk, asked, life.now, group_id=f"GROUP{number}")
    at = life.now + DAY
    await mentorships.book(desk, going.id, senior, life.now, number=1, at=at)
    await life.until(at + 2 * HOUR)
    await mentorships.met(desk, going.id, senior, life.now, number=1)
    await juniors_voice.say(desk, going.id, going.mentor_id, "tries", life.now)


async def grow(life: Life, me: PersonId, title: str) -> None:
    """A goal with what served it, a day, and a copy that somebody reads."""
    desk, now, id = life.office.desk, life.now, f"GOAL{me}"
    wish = GoalWish(title=title, by=now.date() + 20 * DAY)
    await goals.set_goal(desk, me, wish, now, goal_id=id)
    await life.office.put(growth_views.served(title, id, person_id=me))
    await sharing.share(desk, me, CY, [id], now, with_history=True, shared_id=f"COPY{me}")
    await sharing.open_shared(desk, CY, f"COPY{me}", now)


async def have_opinions(life: Life) -> None:
    """One that ends with a word on what came of it, one taken back, and one that nobody answers."""
    desk = life.office.desk
    asked = {id: f"OPINION-{id}" for id in ("ALL", "BACK", "NONE")}
    said = second_opinions.NewSecondOpinion(question=f"How? {SECRET}", topics=(PYTHON,), own_view=SECRET)
    for id in asked.values():
        await second_opinions.ask(desk, ASKER, said, id, life.now)
        await life.work()
        for seat in (await life.office.get(SecondOpinion, id)).waiting if id == asked["ALL"] else ():
            await views.answer(desk, id, seat.person_id, life.now, text=SECRET)
        if id == asked["BACK"]:
            await second_opinions.withdraw(desk, id, ASKER, life.now)
    await second_opinions.settle(desk, asked["ALL"], ASKER, life.now)
    await outcome.come_to(desk, asked["ALL"], ASKER, life.now, outcome="acted", words=SECRET)
    await life.rest(20)
    ends = [(await life.office.get(SecondOpinion, id)).state for id in asked.values()]
    assert ends == ["over", "withdrawn", "unanswered"], "all sorts of ends"


async def sit_on_boards(life: Life) -> None:
    """Somebody's board with the one who leaves on it, hers, and the offer of another angle than hers."""
    desk, now = life.office.desk, life.now
    for me, other in ((ASKER, ADA), (ADA, CY)):
        await boards.open_board(desk, me, now)
        said = boards.SaidOfMember(colleague=other, roles=("sponsor",), knows=(BEN,))
        await boards.add(desk, me, said, now, once=f"{me}1")
        await boards.change(desk, me, other, said, now)
    offered = Angle.of(ASKER, Pattern(ADA, PYTHON, 5, 4, 3), "REQ-TALK", now)
    later = [Later(FORGET_ANGLE, ASKER, now + 365 * DAY)]
    put = Changes(put=[offered], later=later, show=[Show(offered.thing, ASKER)])
    await desk.store.commit(lambda _: (None, put))


async def write_down(life: Life) -> None:
    """A card that others find, one that its writer takes back, and a question that one of them answers."""
    desk = life.office.desk
    said = CardWords(question=f"How do I {SECRET} an asyncio worker?", answer=SECRET)
    for id, helper in (("REQ-CARD", BEN), ("REQ-GONE", DEE)):
        talk = talk_with(helper, RequestId(id))
        await life.asked(id, prefer=helper)
        await accept(desk, offer_to(helper, RequestId(id)), helper, life.now)
        await sessions.wrap_up(desk, talk, helper, WrapUp(minutes=5), life.now)
        await answer_cards.write(desk, talk, helper, said, life.now)
        if id == "REQ-GONE":
            await answer_cards.withdraw(desk, talk, ASKER, life.now)
        else:
            await answer_cards.agree(desk, talk, ASKER, 1, life.now)
    await life.asked("REQ-FOUND", question=said.question)
    await life.work()
    await lookup.solve(desk, "REQ-FOUND", ASKER, life.now)
    await life.look()


async def have_a_programme(life: Life) -> None:
    """Three mentees, of whom one stays without a mentor; one pair is taken back, and proposed anew."""
    desk = life.office.desk
    await programmes.start(desk, RUBY, f"For {SECRET}", life.now, id="PROGRAMME")
    for who in (ASKER, CY, EVE, BEN, DEE):
        is_mentor = who in (BEN, DEE)
        asked = SignUpChoices(mentee=not is_mentor, mentor=is_mentor, wishes=(BEN,) if who != BEN else ())
        await programmes.sign_up(desk, "PROGRAMME", who, asked, life.now)
    await programmes.begin(desk, "PROGRAMME", RUBY, life.now, do="pair")
    await life.work()
    for _ in range(2):
        programme = await desk.get(Programme, "PROGRAMME")
        assert await sending.propose_some(desk, programme, life.now)
        await sending.tell_the_others(desk, programme, life.now)
        programme = await desk.get(Programme, "PROGRAMME")
        await sending.take_back(desk, programme, life.now)
        await life.look()
    await sending.hold(desk, programme)
    await circles.propose(desk, CircleOffer("CIRCLE", f"For {SECRET}", DEE, (ASKER, CY, EVE)), life.now)
    for who in (DEE, ASKER, CY, EVE):
        await circles.answer(desk, "CIRCLE", who, life.now, yes=True)
    await life.work()
    await life.look()
    await circles.leave(desk, "CIRCLE", DEE, life.now)


async def write(life: Life, me: PersonId) -> None:
    """More texts than are kept, one that becomes a request, and one that tells of distress."""
    desk = life.office.desk
    for number in range(12):
        text, id = f"{SECRET} {number}", f"DRAFT{me}{number}"
        await drafts.keep(desk, me, life.now + number * MINUTE, text=text, source="dm", draft_id=id)
    remark = Remark(id=f"REMARK{me}", person_id=me, text=SECRET, meant="fewer", place="dm", made_at=life.now)
    await remarks.note(desk, remark, life.now, step=AskingChange("weekly", weekly=20))
    await care_notes.tell(desk, me, f"{me}.distress", life.now, once=f"care:{me}")
    await desk.store.commit(lambda _: (None, Changes(show=[Show("home", me)])))
    await raise_alert(desk, f"undeliverable.{me}.x", "undeliverable", {"person_id": me}, life.now)


async def lived(office: Office) -> Life:
    """Let everything happen in the first months, and then time go by."""
    office.policy = POLICY
    life = Life(office)
    hours = make.helper().hours
    helpers = [make.helper(it, email=f"{it}@x", hours=hours) for it in (ADA, BEN, CY, DEE)]
    await office.put(make.person(), make.person(RUBY), make.person(EVE), *helpers)
    await office.stores.installations.arrive(office.workspace, NOW)
    await people.ask_again(office.desk, EVE, NOW + DAY, NOW)
    await member_list.want(office.desk, NOW)
    for me in (ASKER, ADA):
        await be_coached(life, me)
        await write(life, me)
    await hold_talks(life)
    await keep_going(office.desk, talk_with(ADA, RequestId("REQ-TALK")), ASKER, life.now)
    await life.look()
    for me in (ASKER, ADA):
        await sprints.review(
            office.desk, f"SPRINT{me}", me, Review(level=1, confidence=7, lesson=SECRET), life.now
        )
    await ask_in_vain(life)
    ended = {it: (await office.get(Request, it)).state for it in await office.desk.store.ids("requests")}
    assert sorted(ended.values()) == ["expired"] * 3 + ["resolved"] * 5 + ["withdrawn"], "all sorts of ends"
    for me, mentor in ((ASKER, ADA), (CY, BEN)):
        await be_mentored(life, me, mentor)
        await be_sponsored(life, me, mentor)
    await life.look()
    for me, title in ((ADA, SECRET), (ASKER, "explain a query")):
        await grow(life, me, title)
    await sit_on_boards(life)
    await life.rest(100)
    await have_opinions(life)
    await write_down(life)
    await learn_upwards(life, RUBY)
    await office.stores.notices.uploading(office.workspace, "board.png", Upload("F1", 0.0))
    await life.look()
    await have_a_programme(life)
    life.standing[ADA] = "left"
    await people.meet(office.desk, life.facts(ADA), life.now)
    return life


async def held(office: Office) -> dict[str, str]:
    """Every key of Redis with all that it holds, as text."""
    reads: dict[str, Callable[[str], tuple[Any, ...]]] = {
        "string": lambda key: ("GET", key),
        "hash": lambda key: ("HGETALL", key),
        "set": lambda key: ("SMEMBERS", key),
        "zset": lambda key: ("ZRANGE", key, 0, -1),
        "stream": lambda key: ("XRANGE", key, "-", "+"),
    }
    wire = office.stores.wire
    keys = sorted(await wire.find("*"))
    types = await wire.calls([("TYPE", key) for key in keys])
    values = await wire.calls([reads[type](key) for key, type in zip(keys, types, strict=True)])
    return {key: f"{key} {value}" for key, value in zip(keys, values, strict=True)}


def test_each_document_that_a_feature_has_stays_as_long_as_the_table_says():
    assert all(row_of(f"doc:{kind}:1").end for kind in ALL.features.documents)


async def test_after_a_year_and_a_quarter_every_key_has_an_owner_and_an_end(office: Office):
    life = await lived(office)
    await life.rest(MOST_DAYS, hours=5)  # so that it is also done while people are at work
    await tidy(office.stores.wire, office.stores.owners, life.now + timedelta(days=1))

    at = keys_of(office.workspace)
    everything = await held(office)
    ours = {key.removeprefix(at.everything[:-1]) for key in everything if key.startswith(at.everything[:-1])}
    of_shard = {key.rpartition(":")[2] for key in everything if not key.startswith(at.everything[:-1])}
    assert life.seen == set(TABLE), "a row for what there never was says nothing"
    assert sorted(key for key in ours if not row_of(key).stays) == []
    assert of_shard <= OF_SHARD
    fleeting = [key for key in everything if key.startswith((at.once(""), at.dm("")))]
    lives = await office.stores.wire.calls([("TTL", key) for key in fleeting])
    assert all(0 < seconds <= 30 * 24 * 3600 for seconds in lives)
    names = {key for key, text in everything.items() for word in (SECRET, "REQ-", ADA) if word in text}
    assert names - set(fleeting) == set()


async def installed(office: Office, kind: str) -> None:
    """Note how the app came there: by a token of the settings, or by OAuth, also for a whole organisation."""
    if kind == "token":
        await office.stores.installations.arrive(office.workspace, NOW)
        return
    facts = {"bot_token": "xoxb-1", "bot_id": "B1", "bot_user_id": "U0", "installed_at": NOW}
    is_all = kind == "organisation"
    await office.stores.installations.save(
        Installation(workspace=office.workspace, is_enterprise=is_all, **facts)
    )


async def leave_lying(office: Office) -> None:
    """Leave work in every state it can be in: due, held by a worker, to be tried again, given up."""
    notices, shards = office.stores.notices, [keys_of(office.workspace).shard]
    for number, notice in enumerate(await notices.take("dies", shards=shards)):
        lease = await notices.lease(notice)
        if lease and number % 3 == 0:
            await notices.retry(notice, lease, "slack away", after=0)
        if lease and number % 3 == 1:
            await notices.bury(notice, lease, "user_not_found")
    await office.stores.agenda.tick(NOW + 3 * DAY, shards)
    await office.stores.agenda.take("dies", limit=2, shards=shards)


@pytest.mark.parametrize("kind", ["oauth", "organisation", "token"])
async def test_uninstalling_leaves_one_word_and_counts(office: Office, kind: str):
    life, at = Life(office), keys_of(office.workspace)
    office.policy = POLICY
    await office.put(make.person(), make.helper(ADA), make.helper(CY))
    await installed(office, kind)
    await be_coached(life, ASKER)
    await life.asked("REQ-OPEN", prefer=ADA)
    await write(life, ASKER)
    await leave_lying(office)

    await office.stores.erase(office.workspace)
    assert [text for key, text in (await held(office)).items() if key.startswith(at.everything[:-1])] == [
        f"{at.stay} left"
    ]
    office.stores.notices.queue.idle_seconds = office.stores.agenda.queue.idle_seconds = 0
    await office.deliver()
    for due in await office.stores.agenda.take("lives", shards=[at.shard]):
        await office.stores.agenda.done(due)

    everything = await held(office)
    assert {key.rpartition(":")[2] for key in everything} - {"stay"} <= OF_SHARD
    assert [key for key, text in everything.items() if office.workspace in text] == [at.stay]
