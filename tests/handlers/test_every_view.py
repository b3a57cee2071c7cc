"""Every message, form and tab that the app can show, in states nobody hopes for, against Slack's limits."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

import answer_card_views
import board_views
import growth_views
import make
import mentorship_views
import opinion_views
import programme_views
import pytest
import reverse_views
import slack_limits
import sponsorship_views
from make import ADA, ASKER, BEN, DAY, NOW
from make_home import home_tab

from coaching.aims.aim_check_ins import AimCheckIns
from coaching.forms import FORMS
from coaching.guide.own_plan import LONGEST_PART, Part
from coaching.guide.talk import LONGEST_ANSWER, GuidedTalk, State
from coaching.guide.turn import ActionPlan as ModelPlan
from coaching.guide.turn import PlannedAction, Turn
from coaching.insights.insights import (
    ActionsDone,
    Attainment,
    Calibration,
    FollowThrough,
    Gained,
    Insights,
    Reliance,
    Spread,
    TimeToAction,
)
from coaching.language.form import FormId
from coaching.language.help_ladder import Help
from coaching.plans.action_plan import PlanWish, action_plan
from coaching.plans.two_weeks import Action, TwoWeeks
from handlers import fallback, status
from handlers.admins import alert_card, report_card
from handlers.aims import card as aim_card
from handlers.availability import card as remark_card
from handlers.block_kit import blocks, mrkdwn, paging
from handlers.block_kit.paging import ListPosition, Page
from handlers.block_kit.picture import Picture, quiet
from handlers.conversations import ALL
from handlers.guided_talks import card as talk_card
from handlers.guided_talks import plan_form
from handlers.insights import card as insights_card
from handlers.interactions import button_click, topics_menu
from handlers.interactions.conversation import Reader
from handlers.offers import card as offer_card
from handlers.offers import channel_post
from handlers.offers.other_clock import other_clock
from handlers.peer_coaching import card as peer_card
from handlers.peer_coaching import form as peer_form
from handlers.peer_coaching import thought_form
from handlers.plans import action_form
from handlers.plans import card as plan_card
from handlers.profile import form as profile_form
from handlers.reports import form as report_form
from handlers.requests import card as request_card
from handlers.requests import draft_card, which_topic
from handlers.requests import form as request_form
from handlers.requests import words as request_words
from handlers.requests.card import SearchState
from handlers.requests.draft_card import OpenTalk, Unclear
from handlers.requests.form import Filling
from handlers.sessions import card as session_card
from handlers.sessions import feedback_card, living_card, meeting_card, meeting_form, wrap_up_form
from handlers.sessions.feedback_card import CheckContext
from handlers.sessions.living_card import Beside
from handlers.triage import advice
from kernel.desk import Desk
from kernel.policy import Contact, Nudges, Policy, WayOut
from kernel.presence import Available
from kernel.topics import Catalogue, Topic
from kernel.values import PersonId, SessionId, TopicId
from kernel.working_hours import parse_hours
from matching.topics.tagging import Suggestion
from matching.values import ALL_LANES, Lane, Reason, ReasonKind
from mentoring.admins.reports import Received
from mentoring.learning.waits import WaitEstimate
from mentoring.model import offer as offers
from mentoring.model import request as requests
from mentoring.model.alert import Alert, Report
from mentoring.model.appointment import Appointment, Unmet
from mentoring.model.check import Check, Thanks
from mentoring.model.offer import Offer
from mentoring.model.person import Person
from mentoring.model.remark import AskingChange, Intent, Remark
from mentoring.model.request import Request
from mentoring.model.said import Said
from mentoring.model.session import NextStep, Session
from mentoring.requests.drafts import Draft
from mentoring.sessions.feedback import Feedback
from relationships.mentor_search.keep_going import OwnWish

MARKUP = "<&>" * 1000
PICTURES = "👩‍👩‍👧‍👦" * 270
RIGHT_TO_LEFT = "\u202eשלום " * 400
ONE_WORD = "x" * 3000
LINES = "a\n\n" * 1000
HOSTILE = "<!channel> <@U0ADA> <#C0X|general> <https://evil.example|ok> `*_~ &amp; > quote" * 36
EMPTY = ""
TEXTS = {
    "markup": MARKUP,
    "pictures": PICTURES[:3000],
    "right-to-left": RIGHT_TO_LEFT[:3000],
    "one word": ONE_WORD,
    "lines": LINES,
    "hostile": HOSTILE[:3000],
    "short": "How?",
}
LABELS = ["&<>" * 25, "😀" * 75, "\u202eעברית" * 12, "R&D", "Go"]
MANY = Catalogue(
    tuple(
        Topic(
            id=TopicId(f"topic-{number}"),
            label=f"{number} {LABELS[number % 5]}"[:75].strip(),
            parent=TopicId(f"topic-{number % 7}") if number >= 7 else None,
            channel="C0TOPICS",
        )
        for number in range(1000)
    )
)
TEN = tuple(topic.id for topic in MANY.all[:10])
NONE = Catalogue(())
WORDS = ALL.ask_words
LONG_FORMS: tuple[FormId, ...] = ("clear", "grow", "goal_scale")  # the two that hold most, and one more
REASONS = tuple(
    Reason(kind, 1.0, {"topic": "topic-1", "related": "topic-2", "level": 3, "lane": lane, "open_now": 1})
    for kind in ReasonKind
    for lane in Lane
)


def desk(topics: Catalogue = MANY, policy: Policy | None = None) -> Desk:
    nowhere: Any = None
    return Desk(nowhere, topics, policy or Policy(), nowhere, nowhere)


def asked(text: str, **changed: Any) -> Request:
    said = {"question": text, "tried": text, "topics": TEN, "continued": "more " * 7000}
    return make.request(**{"id": "R" * 40, "prefer": ADA, **said, **changed})


def requests_in_every_state(text: str) -> Iterator[Request]:
    crowd = tuple(make.approach(wave=number) for number in range(9))
    for state in get_args(requests.State):
        for anonymous in (False, True):
            held = {"helper_id": ADA, "session_id": "S", "reasons": REASONS}
            yield asked(text, state=state, anonymous=anonymous, asked=crowd, **held)
    for gap in get_args(requests.Gap):
        yield asked(text, state="unanswered", gap=gap, told_admins_at=NOW, channel_post="C0X")
        yield asked(text, state="unanswered", gap=gap, channel_post="C0X", is_posted=True)
        yield asked(text, state="unanswered", gap=gap, refused_by_channel="C0X")
    yield asked(text, state="unanswered", gap="off_hours", held=requests.Hold(until=NOW))
    yield asked(text, state="open", held=requests.Hold(until=NOW))
    yield asked(text, state="open", is_waiting=True)
    yield from (asked(text, state="open", unmet=why) for why in get_args(Unmet))
    yield asked(text, state="offered", asked=crowd[:1], topics=())


def offers_in_every_state(**changed: Any) -> Iterator[Offer]:
    for state in get_args(offers.State):
        yield make.offer().model_copy(update={"state": state, "reasons": REASONS, **changed})


def sessions_in_every_state() -> Iterator[Session]:
    step = NextStep(cue="<&>" * 166, action="😀" * 500, at=NOW)
    begun = make.session(id=SessionId("S" * 80))
    for state in ("open", "wrapped", "closed"):
        for room in ("wanted", "group", "relay"):
            for anonymous, reveal in ((False, ()), (True, ()), (True, (ASKER,)), (True, (ASKER, ADA))):
                here = {"state": state, "room": room, "channel": "G0ROOM" if room == "group" else None}
                hidden = {"anonymous": anonymous, "reveal": frozenset(reveal)}
                yield begun.model_copy(update={**here, **hidden})
    yield begun.model_copy(update={"reminded_at": NOW, "spent_minutes": 5, "next_step": step})
    yield begun.model_copy(update={"state": "wrapped", "spent_minutes": 240, "next_step": step})


def appointments_in_every_state() -> Iterator[Appointment]:
    times = [NOW + timedelta(hours=hours) for hours in (1, 4, 24, 28)]
    begin = Appointment()
    proposed = begin.propose(times, ADA, NOW + timedelta(hours=2), NOW)
    agreed = proposed.choose(times[3], ASKER, NOW)
    yield from (begin, begin.arrive(ADA, ASKER, NOW), begin.ask(frozenset({ASKER, ADA})), begin.begin(NOW))
    yield from (proposed, agreed, agreed.announce(NOW), agreed.come_later(ADA, NOW))


def meetings() -> Iterator[tuple[Session, meeting_card.AppointmentReader]]:
    """Yield talks with each appointment, and those that came to nothing, as each of the two reads of them."""
    talk = make.session(id=SessionId("S" * 80), room="group")
    talks = [talk.meet(meeting) for meeting in appointments_in_every_state()]
    talks += [talk.give_up(Appointment(unmet=why), NOW) for why in get_args(Unmet)]
    talks += [
        talk.model_copy(update=it) for it in ({"room": "relay", "anonymous": True}, {"way": "peer_coaching"})
    ]
    for it in talks:
        for me in (ASKER, ADA):
            side = session_card.reader_of(it, me, NOW)
            yield it, replace(side, can_now=True, can_in_an_hour=True)


def appointments(text: str) -> Iterator[Picture]:
    request = asked(text, state="in_session", helper_id=ADA, session_id="S", reasons=REASONS)
    for talk, side in meetings():
        yield meeting_card.card(talk, request, side, desk())
        for seen in (Available(state="away"), Available(state="dnd", until=NOW)):
            if away := meeting_card.out_of_reach(talk, side.me, seen):
                yield quiet("away", away)
        yield session_card.room(talk, request, NOW)
        yield living_card.card(talk, request, Reader(desk(), "R1", side.me, NOW), Beside(side=side))


def sessions_named_in_every_way() -> Iterator[Session]:
    """Yield those that differ in who is named: all that a card about a session that is over looks at."""
    return (
        it for it in sessions_in_every_state() if (it.state, it.room) == ("open", "wanted") or it.next_step
    )


def feedback_in_every_state(text: str) -> Iterator[Feedback]:
    for me in (ASKER, ADA):
        fresh = Feedback.begin(make.session(), me, NOW)
        for state in ("asked", "answered", "lapsed"):
            yield fresh.model_copy(update={"state": state})
            yield fresh.model_copy(update={"state": state, "heard": text[:1000]})
            for helped in ("yes", "partly", "no") if state == "answered" else ():
                yield fresh.model_copy(update={"state": state, "helped": helped, "thanks": text[:1000]})


def checks_in_every_state() -> Iterator[Check]:
    for label in ("d2", "d7", "d30", "d11", "cue"):
        fresh = Check.begin(make.session(), label, NOW)
        yield from (fresh, fresh.model_copy(update={"state": "lapsed"}))
        for answer in ("used", "not_yet", "no_use"):
            yield fresh.model_copy(update={"state": "answered", "answer": answer})


def a_report(text: str) -> Report:
    return Report(
        id="P1",
        session_id=SessionId("S"),
        reporter_id=ASKER,
        about_id=ADA,
        text=text,
        made_at=NOW,
        unmasked=True,
        told=(),
        apart=True,
    )


def alerts(text: str) -> Iterator[Picture]:
    facts = {
        "request_id": "R1",
        "report_id": "P1",
        "person_id": "U0X",
        "channel": "C0X",
        "code": "<&>",
        "problem": text,
        "problems": 9,
        "topic": "gone",
        "label": "R & D",
        "helpers": 1,
        "asks": 2,
    }
    report = a_report(text)
    for about in ("unanswered", "report", "bad_manifest", "undeliverable", "channel", "topic_gone", "later"):
        alert = Alert(id="A1", about=about, facts=facts, raised_at=NOW, told=(ADA,))
        for subject in (None, asked(text), (report, None), (report, make.session())):
            for each in (alert, alert.take_on(ADA, NOW), alert.close(ADA, NOW), alert.withdraw(NOW)):
                said = ALL.alerts.get(about, alert_card.OF_NEWER_RELEASE)
                yield from (
                    alert_card.card(each, desk(), subject, me, said, bonds=ALL.bonds) for me in (ADA, ASKER)
                )
    for told in ((), (ADA,), tuple(f"U{number:09}" for number in range(200))):
        alert = Alert(id="A1", about="report", facts=facts, raised_at=NOW, told=told)
        for each in (alert, alert.take_on(ADA, NOW), alert.close(ADA, NOW)):
            for hidden in (True, False):
                mine = report.model_copy(update={"unmasked": hidden})
                yield from (report_card.card(mine, each, known, desk(), "a talk") for known in (True, False))


def drafts(text: str) -> Iterator[Picture]:
    talks = [OpenTalk(f"{'S' * 60}{number}", f"{text[:60]} {number}", number > 2) for number in range(7)]
    for state in ("kept", "used", "sent", "discarded"):
        for said in (text, "help", "🎉", "x " * 20_000):
            draft = Draft(id="D" * 20, person_id=ASKER, text=said, source="dm", state=state, made_at=NOW)
            yield from (draft_card.card(draft, [], WORDS), draft_card.card(draft, talks, WORDS))
            yield draft_card.card(draft, [], WORDS, note=request_words.BY_BUTTON)
            filling = Filling("c" * 20, said, prefer=ADA)
            for likely, takers in ((TEN[:3], 0), (TEN[:3], 2), ((), 1), ((), 2)):
                ways = which_topic.buttons(MANY, filling, draft.id, likely, takers)
                found = [Suggestion(it, 0.5, (said, said)) for it in likely[:2]]
                found += [Suggestion(it, 0.4, (), nearest=said) for it in likely[2:]]
                lead = which_topic.lead(likely, takers, which_topic.why(found, MANY))
                yield draft_card.card(draft, [], WORDS, Unclear(lead, ways))


def pictures(text: str) -> Iterator[Picture]:
    for request in requests_in_every_state(text):
        for topics in (MANY, NONE):
            yield request_card.card(request, desk(topics), SearchState(WaitEstimate(minutes=3000, of=7), NOW))
            yield request_card.card(request, desk(topics), SearchState(can_undo=True))
            unwritten = request.model_copy(update={"is_unwritten": True})
            yield request_card.card(unwritten, desk(topics), SearchState(can_undo=True))
        yield channel_post.card(request.model_copy(update={"channel_post": "C0PYTHON"}), desk())
        for offer in offers_in_every_state(handed_by=ADA, note=text[:1000]):
            yield offer_card.card(offer, request, desk())
            yield offer_card.card(offer, request, desk(), can_undo=True)
        paused = make.offer(state="withdrawn", paused_until=NOW)
        yield from (offer_card.card(paused, request, desk(), paused_until=until) for until in (None, NOW))
    for session in sessions_in_every_state():
        for me in (ASKER, ADA):
            yield session_card.card(session, asked(text), me, NOW)
        yield session_card.room(session, asked(text, tried=""), NOW)
    far = make.person(ADA, zone="Pacific/Auckland", hours=parse_hours("mon-fri 09:00-17:00"))
    clock = other_clock(make.person(), far, Policy(), NOW)
    yield session_card.card(make.session(), asked(text), ASKER, NOW, clock)
    yield offer_card.card(make.offer(), asked(text), desk(), clock)
    yield session_card.away(NOW, NOW)
    yield session_card.unchanged(make.session(), ASKER, None)
    yield from peer_coaching(text)
    yield from guided_talks(text)
    yield from own_data(text)
    yield from appointments(text)
    yield from afterwards(text)
    yield from alerts(text)
    yield from drafts(text)
    yield profile_form.invitation(make.person(), desk())
    yield profile_form.invitation(make.helper(), desk())
    yield from (profile_form.enrolled(person, desk()) for person in (make.person(), make.helper()))
    yield from mentorship_views.pictures(text, desk())
    yield from growth_views.pictures(text)
    yield from opinion_views.pictures(text, desk())
    yield from sponsorship_views.pictures(text)
    yield from board_views.pictures(text, desk())
    yield from answer_card_views.pictures(text, desk())
    yield from reverse_views.pictures(text, desk())
    yield from programme_views.pictures(text, desk())


def living_cards(text: str, mine: Feedback, other: Feedback | None) -> Iterator[Picture]:
    """Yield the cards of a question, or of its offer, that have become those of a talk."""
    held = {"state": "resolved", "helper_id": ADA, "session_id": "S", "reasons": REASONS}
    far = make.person(ADA, zone="Pacific/Auckland", hours=parse_hours("mon-fri 09:00-17:00"))
    beside = Beside(other_clock(make.person(), far, Policy(), NOW), mine, other)
    for session in sessions_named_in_every_way():
        for request in (asked(text, **held), asked(text, **held, way="peer_coaching")):
            yield living_card.card(session, request, Reader(desk(), "R1", mine.person_id, NOW), beside)


def wishes_to_keep_going(text: str) -> Iterator[Picture]:
    """Yield the cards of a talk that is over with every wish to keep going, for each of the two."""
    session = make.session(state="wrapped", ended_at=NOW, has_own_card=False)
    request = asked(text, state="resolved", helper_id=ADA, session_id="S", reasons=REASONS)
    for wish in (OwnWish("noted", NOW), OwnWish("no_place"), OwnWish("both")):
        for me in (ASKER, ADA):
            reader, mine = Reader(desk(), "R1", me, NOW), Feedback.begin(session, me, NOW)
            yield living_card.card(session, request, reader, Beside(mine=mine, wish=wish))
            yield session_card.card(session, request, me, NOW, wish=wish)


def afterwards(text: str) -> Iterator[Picture]:
    yield from wishes_to_keep_going(text)
    for feedback in feedback_in_every_state(text):
        for other in (None, feedback, feedback.model_copy(update={"state": "lapsed", "heard": ""})):
            yield feedback_card.card(feedback, other, make.session(), asked(text))
            yield from living_cards(text, feedback, other)
    for check in checks_in_every_state():
        for session in sessions_named_in_every_way():
            for around in (
                CheckContext(can_undo=True),
                CheckContext(is_settled=True, was_told=True),
                CheckContext(is_asked_again=True),
            ):
                yield feedback_card.check(check, session, asked(text), around)
    for anonymous in (False, True):
        thanks = Thanks(
            id=SessionId("S"), helper_id=ADA, asker_id=ASKER, anonymous=anonymous, topics=TEN, made_at=NOW
        )
        yield feedback_card.thanks(thanks, desk())
        yield feedback_card.thanks(thanks, desk(), [asked(text)])


def peer_coaching(text: str) -> Iterator[Picture]:
    request = asked(text, way="peer_coaching", minutes=20)
    for state in ("offered", "in_session"):
        held = request.model_copy(update={"state": state, "helper_id": ADA, "reasons": REASONS})
        yield request_card.card(held, desk(), SearchState())
    yield offer_card.card(make.offer(), request, desk())
    for session in sessions_in_every_state():
        for number in range(4):
            turn = session.model_copy(
                update={
                    "way": "peer_coaching",
                    "turn": number,
                    "turn_ends_at": NOW,
                    "helper_thought": text[:1500] if number % 2 else "",
                }
            )
            yield session_card.room(turn, request, NOW)
            yield from (session_card.card(turn, request, me, NOW) for me in (ASKER, ADA))
            for to in (ASKER, ADA, f"room:{session.id}") if not session.reveal else ():
                yield from (peer_card.turn(turn, shown, to) for shown in (1, 2, 3))


def nested(text: str) -> str:
    """A text as it stands within quotation marks."""
    return text.translate(str.maketrans("“”", "‘’"))


def guided_talk(form: FormId, text: str, state: State) -> GuidedTalk:
    """A talk whose every step but the last was answered; two forms, once done, as long as is kept."""
    is_full = state == "done" and form in ("grow", "goal_scale")
    said = (text * 13 if is_full else text)[:LONGEST_ANSWER]
    own = nested(text)
    heard = f"“{own[:298]}”"
    facts = {
        "reflection": f"“{own[:598]}”",
        "question": heard,
        "by": "model",
        "used": ("opening", "answer 1"),
    }
    more = {"help": Help.HINT, "support": f"“{own[:598]}”", "next_step": heard, "asked_at": NOW}
    answers = [*([said] * (len(FORMS[form].steps) - 1)), None]
    steps = zip(FORMS[form].steps, answers, strict=True)
    turns = tuple(Turn(step=step.id, answer=answer, **facts, **more) for step, answer in steps)
    action = PlannedAction(behaviour=text[:200], cue=text[:200], evidence=text[:200], on=NOW.date())
    plan = ModelPlan(actions=(action,) * 6, by="model") if state == "done" else None
    who = {"id": "T" * 20, "person_id": ASKER, "form": form, "opening": said, "state": state}
    return GuidedTalk(**who, turns=turns, begun_at=NOW, spoken_at=NOW, remind_at=NOW, plan=plan)


def talks_in_every_state(form: FormId, text: str) -> Iterator[GuidedTalk]:
    """Yield talks going, resting, stopped, done; done, their plan asked back, kept, undated, dropped too."""
    yield from (guided_talk(form, text, state) for state in get_args(State))
    if form not in ("clear", "goal_scale"):
        return
    going = guided_talk(form, text, "going")
    asked = going.finish(NOW, NOW + DAY, guided_talk(form, text, "done").plan)
    yield from (asked, asked.agree(NOW), asked.agree(NOW).keep(), asked.drop())
    yield going.finish(NOW).agree(NOW)
    whole = {part: f"“{nested(text)[:LONGEST_PART]}" for part in get_args(Part)}
    yield asked.replan(whole, NOW + 2 * DAY, NOW)


def guided_talks(text: str) -> Iterator[Picture]:
    own = nested(text)
    support = [Contact(name=f"“{own[:78]}”", how=f"“{own[:198]}”")] * 5
    is_long = len(text) > LONGEST_PART  # then the forms look alike: the words of their own steps are short
    for form in LONG_FORMS if is_long else FORMS:
        for talk in talks_in_every_state(form, text):
            yield talk_card.card(talk)
            yield talk_card.cue(talk, NOW)
            for number in (0, len(talk.turns) - 1, len(talk.turns)):
                yield talk_card.turn(talk, number, support)
            yield talk_card.turn(talk.rate(len(talk.turns) - 1, liked=False), len(talk.turns) - 1)
    hushed = guided_talk("grow", text, "going").stop_for_danger()
    yield from (talk_card.card(hushed), talk_card.turn(hushed, len(hushed.turns) - 1, support))


def aims(text: str) -> Iterator[Picture]:
    going = AimCheckIns.begin("T" * 20, ASKER, 1, NOW)
    asked = going.ask(NOW, 4).ask(NOW + DAY, 4)
    for it in (going, asked, asked.answer(), *(asked.end(state) for state in ("stopped", "ignored", "over"))):
        yield from (aim_card.card(it, aim) for aim in (text, ""))


def plans(proposed: TwoWeeks) -> Iterator[Picture]:
    kept = proposed.keep()
    done = kept.mark(0, "done").mark(1, "dropped")
    often = kept.remind(0).remind(1).remind(2).remind(3)
    yield quiet("on Home", blocks.actions(plan_card.action_buttons(kept, 0)))
    for with_sprint in (True, False):
        yield quiet("plan", plan_card.proposed(proposed, with_sprint=with_sprint))
        cards = [
            plan_card.card(it, free, with_sprint=with_sprint)
            for it in (kept, done, kept.stop_reminding(), kept.lead("S" * 20), done.close())
            for free in ((), [NOW.date() + timedelta(days=days) for days in range(1, 9)])
        ]
        yield from (card for card in cards if card)
    for reminded in (kept.remind(0), often, often.stop_reminding(), often.heed(), often.close(), kept.ask()):
        for free in ((), [NOW.date()] * 9):
            if nudged := plan_card.nudge(reminded, free, Nudges()):
                yield nudged


def own_data(text: str) -> Iterator[Picture]:
    for level in (1, 3, 7):
        wish = PlanWish(goal=text, step=text, cue=text, blocker=text, level=level)
        actions = action_plan(wish, make.helper().hours, NOW.date()).actions
        said = tuple(Action(**action.model_dump()) for action in actions)
        yield from aims(text)
        yield from plans(TwoWeeks(id="P" * 20, person_id=ASKER, goal=text, actions=said, made_at=NOW))
    few = FollowThrough(kept=0, planned=9, low=0.0, high=0.3, missed=9, missed_on=6, sprint_id="S" * 40)
    for gap in (-0.5, 0.0, 0.5):
        full = Insights(
            attainment=Attainment(score=63.7, goals=3),
            follow_through=few,
            actions_done=ActionsDone(done=2, planned=9, low=0.06, high=0.55),
            time_to_action=TimeToAction(days=None if gap else 3.2, used=2, of=50),
            spread=Spread(effective=7.31, evenness=0.4, topics=12, asks=100),
            reliance=Reliance(dependency=1.0, asked=9, alone=0, effective_helpers=1.0),
            gained=Gained(points=gap, sprints=3),
            calibration=Calibration(gap=gap, brier=0.25, plans=5),
        )
        yield quiet("insights", insights_card.shown(full))
        yield quiet("computed", insights_card.computed(full)["blocks"])
    yield quiet("insights", insights_card.shown(Insights()))


def said(text: str) -> Iterator[Picture]:
    for session in sessions_named_in_every_way():
        for words in (text, text * 13):
            message = Said(
                id="S.1", session_id=session.id, from_id=ASKER, to_id=ADA, text=words[:40_000], said_at=NOW
            )
            parts = range(session_card.parts(words))
            shown = [session_card.said(message, session, None, part) for part in parts]
            yield from filter(None, shown)


def everyone(text: str) -> Iterator[Person | None]:
    yield from (None, make.person(), make.helper(paused_until=NOW + timedelta(days=2)))
    topics = {topic.id: number % 3 + 1 for number, topic in enumerate(MANY.all[:50])}
    apart = frozenset(f"U{number:05}" for number in range(40))
    yield make.helper(
        topics=topics, name=text[:80], do_not_match=apart, learns=tuple(topics), minutes_per_week=37
    )
    yield make.helper(topics=topics, anything=True, questions_per_week=7)
    yield make.person(enrolled_at=NOW, anything=True, questions_per_week=1)


def views(text: str) -> Iterator[dict[str, Any]]:
    full = Filling("c" * 20, text, text, TEN, minutes=15, anonymous=True, prefer=ADA, draft_id="d" * 20)
    for topics in (MANY, NONE):
        yield request_form.form(full, desk(topics), "A note. " * 100)
        yield request_form.form(Filling("c"), desk(topics))
        standing = request_form.form(Filling("c"), desk(topics), "A note. " * 100)
        written = {"question": {"question": {"type": "plain_text_input", "value": text[:3000]}}}
        yield request_form.unfolded({**standing, "state": {"values": written}}, desk(topics))
        yield request_form.form(replace(full, question=text * 13, request_id="R1"), desk(topics))
        yield request_form.topics_form(asked(text), desk(topics))
        yield peer_form.form(peer_form.Filling("c" * 20, text * 13, TEN, "d" * 20), desk(topics))
        yield thought_form.form(make.session(way="peer_coaching", helper_thought=text[:1500]), text)
        for person in everyone(text):
            yield profile_form.form(person, desk(topics), ASKER, has_reports=True)
    yield offer_card.form("R" * 80)
    yield remark_card.day_form("M" * 40, NOW)
    yield from (remark_card.only_form("M" * 40, TEN, desk(topics)) for topics in (MANY, NONE))
    for session in sessions_in_every_state():
        yield wrap_up_form.wrap_up(session, ASKER, NOW + timedelta(minutes=19))
        yield wrap_up_form.wrap_up(session, ADA, NOW)
        yield wrap_up_form.plan(session)
        yield report_form.form(ALL.bonds[Session.kind], session, ASKER, {})
    yield meeting_form.form("S" * 80, [NOW, NOW + timedelta(days=1)], "Asia/Kathmandu")
    yield meeting_form.form("S" * 80, [], "UTC")
    for told in ((), (ADA,)):
        for known in (True, False):
            done = Received(report=a_report(text), told=told, are_admins_known=known)
            yield report_form.sent(report_card.received(done, desk()))
    for feedback in feedback_in_every_state(text):
        yield feedback_card.form(feedback, make.session(), text[:80].strip() or "Ada")
    for talk in talks_in_every_state("clear", text):
        yield from (plan_form.form(talk, which, NOW) for which in get_args(plan_form.Which))
    said = Action(behaviour=text[:300], cue=text[:300], evidence=text[:300], on=NOW.date())
    plan = TwoWeeks(id="P" * 20, person_id=ASKER, goal=text, actions=(said,), made_at=NOW)
    for days in ([], [NOW.date() + timedelta(days=day) for day in range(30)]):
        yield from (action_form.form(plan, 0, days, with_words=it) for it in (True, False))
    yield button_click.window(mrkdwn.quoted(text, 600))
    yield blocks.modal("window", "How it works", draft_card.whole_help(WORDS))
    yield from mentorship_views.views(text, desk())
    yield from growth_views.views(text)
    for joined in (*programme_views.circles(text), *opinion_views.open_ones(text)):
        bonded = ALL.bonds[joined.kind]
        names = dict.fromkeys((ADA, BEN, ASKER), text[:80])
        yield from (
            report_form.form(bonded, joined, me, names) for me in names if bonded.bond.others(joined, me)
        )
    yield from opinion_views.views(text, desk())
    yield from sponsorship_views.views(text)
    yield from board_views.views(text)
    yield from answer_card_views.views(text)
    yield from reverse_views.views(text, desk())
    yield from programme_views.views(text, desk())
    yield from long_lists(text)


def long_lists(text: str) -> Iterator[dict[str, Any]]:
    for page in range(6):
        yield paging.text((text * 13)[:40_000], "R" * 40, page)
    for count in (0, 1, 10):
        for older, pages in ((None, 0), (NOW, 0), (NOW, 1), (NOW, 99)):
            questions, talked = ListPosition(list=paging.REQUESTS), ListPosition(list=paging.SESSIONS)
            for _ in range(pages):
                questions, talked = questions.older(NOW), talked.older(NOW)
            yield paging.requests(Page([asked(text)] * count, older, questions, 1_000))
            talks = [(session, asked(text)) for session in list(sessions_in_every_state())[-count or 99 :]]
            yield paging.sessions(Page(talks, older, talked, 1_000), ASKER)


def homes(text: str) -> Iterator[dict[str, Any]]:
    talk = (make.session(anonymous=True), asked(text))
    subjects = [(a_report(text), None), asked(text), None] * 10
    report = {"about": "report", "facts": {"report_id": "P1"}, "raised_at": NOW, "told": (ASKER,)}
    full: dict[str, Any] = {
        "alerts": [(Alert(id=f"A{it}", **report), subject) for it, subject in enumerate(subjects)],
        "offers": [(make.offer(), asked(text))] * 30,
        "feedback": [(Feedback.begin(make.session(), ASKER, NOW), *talk)] * 30,
        "checks": [(Check.begin(make.session(), "d2", NOW), *talk)] * 30,
        "requests": list(requests_in_every_state(text)) * 2,
        "talks": [talk] * 30,
        "guided": [guided_talk("goal_scale", text, state) for state in ("going", "paused")] * 5,
        "steps": [guided_talk(form, text, "done") for form in FORMS],
        "mentorships": list(mentorship_views.open_ones(text)),
        "wishes": [*reverse_views.wishes(text)[:1], *mentorship_views.wishes(text)],
        "asked_to_mentor": list(mentorship_views.wishes(text)),
        "goals": growth_views.in_every_state(text)[:3],
        "growth": [growth_views.plan(text)],
        "shared goals": growth_views.shared_versions(text)[:2] * 5,
        "opinions": list(opinion_views.open_ones(text)),
        "views_asked": opinion_views.asked_of(text),
        "sponsorships": list(sponsorship_views.open_ones(text)),
        "board": list(board_views.boards(text)),
        "answer cards": answer_card_views.to_agree(text),
        "upwards": list(mentorship_views.upwards(text)),
        "voices": reverse_views.voices(),
        "group": reverse_views.group_wishes("failed"),
        "sign ups": list(programme_views.sign_ups(text)),
        "circles": list(programme_views.circles(text)),
        "around": programme_views.around(text, is_admin=True),
        "totals": {"alerts": 200, "requests": 1000, "sessions": 1000, "thanks": 300},
    }
    yield home_tab(desk(MANY, Policy(open_requests=30)), **full)
    yield home_tab(desk(), person=make.helper(level=6))
    brief = {**full, "steps": full["steps"][:1]}
    for topics in (MANY, NONE):
        for person in everyone(text):
            yield home_tab(desk(topics, Policy(open_requests=30)), person=person, **brief)
            yield home_tab(desk(topics), person=person)
    around = programme_views.around(text, is_admin=False)
    for signed in ([], full["sign ups"][:1], full["sign ups"][1:2]):
        yield home_tab(desk(), **{"sign ups": signed, "around": around})


def answers(text: str) -> Iterator[dict[str, Any]]:
    """Yield what commands are answered with."""
    thirty = [asked(text, id=f"R{number}") for number in range(30)]
    for shown in (
        request_card.receipt(asked(text), desk(), [mrkdwn.quoted(text), "a note"]),
        request_card.saved([mrkdwn.quoted(text), "a note"]),
        status.overview(thirty, desk(), "Too many."),
        status.overview([], desk()),
        status.topic_list("", MANY),
        status.topic_list("", NONE),
        status.topic_list("topic", MANY),
        status.topic_list(text, MANY),
        draft_card.help_blocks("A note."),
        advice.switched_off(request_form.open_button()),
    ):
        yield {"text": blocks.spoken(shown), "blocks": shown}
    yield {name: fallback.sorry(text * 3)[name] for name in ("text", "blocks")}
    for shown in (*remarks(text), *answer_card_views.said(text)):
        yield {"text": blocks.spoken(shown), "blocks": shown}


def remarks(text: str) -> Iterator[list[dict[str, Any]]]:
    """Yield the answer to each remark, nothing done yet, then each step taken, and all taken back."""
    said = {"id": "M" * 40, "person_id": ADA, "text": text[:300], "place": "dm", "made_at": NOW}
    full = make.helper(topics={topic.id: 2 for topic in MANY.all[:50]}, questions_per_week=2)
    steps = [
        AskingChange("pause", until=NOW + timedelta(days=3)),
        AskingChange("weekly", weekly=1),
        AskingChange("weekly", weekly=2),
        AskingChange("only", topics=TEN),
        AskingChange("stop"),
        AskingChange("resume"),
    ]
    for person in (make.person(), make.helper(), make.helper(paused_until=NOW + timedelta(days=2)), full):
        around = remark_card.RemarkContext(person, make.load(asked_at=(NOW, NOW)), [asked(text)] * 2)
        for meant in get_args(Intent):
            remark = Remark(meant=meant, when=text[:60], **said)
            taken = [remark.take(step, person, moved) for step in steps for moved in range(3)]
            every = [remark, remark.undo(), *taken, *(it.choose() for it in taken[:1])]
            for topics in (MANY, NONE):
                yield from (remark_card.card(it, around, desk(topics), NOW) for it in every)


def distinct(pictures: Iterable[Picture]) -> Iterable[Picture]:
    """Each that looks otherwise once: most of those that are drawn look like another."""
    return {json.dumps([it.text, it.blocks, it.state, it.knock, it.closing]): it for it in pictures}.values()


def visible(shown: list[dict[str, Any]]) -> Iterator[str]:
    """Yield every word of a message's blocks, found in another way than the app finds them."""
    for block in shown:
        for part in [block.get("text"), *block.get("elements", ()), block.get("accessory")]:
            inner = (part or {}).get("text")
            yield from (inner["text"] if isinstance(inner, dict) else inner or "").split()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_message_is_within_slacks_limits(text: str):
    for picture in distinct([*pictures(text), *said(text)]):
        message = {"text": picture.text, "blocks": picture.blocks}

        assert slack_limits.faults_of_message(message) == []
        assert picture.state
        assert picture.knock == (picture.closing is not None)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_answer_to_a_command_is_within_slacks_limits(text: str):
    for message in answers(text):
        assert slack_limits.faults_of_message(message) == []


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_form_and_window_is_within_slacks_limits(text: str):
    for view in views(text):
        assert slack_limits.faults_of_view(view) == []


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_home_is_within_slacks_limits(text: str):
    for view in homes(text):
        assert slack_limits.faults_of_view(view) == []


@pytest.mark.parametrize("typed", ["", "1", "topic", "😀", "zzz", " ", "&"])
@pytest.mark.parametrize("topics", [MANY, NONE], ids=["many", "none"])
def test_every_menu_of_topics_is_within_slacks_limits(topics: Catalogue, typed: str):
    assert slack_limits.faults_of_options(topics_menu.choices(typed, topics)) == []


@pytest.mark.parametrize("text", ["short & sweet", MARKUP[:900]])
def test_the_text_of_a_message_says_every_visible_word(text: str):
    for picture in distinct(pictures(text)):
        spoken = picture.text.replace("[", " ").replace("]", " ").split()

        assert {mrkdwn.unescape(word) for word in visible(picture.blocks)} <= {
            mrkdwn.unescape(word) for word in spoken
        } | {"[", "]"}


def test_each_way_out_has_a_button():
    request = make.request(state="unanswered", gap="nobody")
    picture = request_card.card(request, desk(make.TOPICS), SearchState())

    buttons = {
        one["action_id"]
        for block in picture.blocks
        for one in block.get("elements", ())
        if "action_id" in one
    }

    assert len(WayOut) == 4
    assert {
        request_card.COACH,
        request_card.POST,
        request_card.KEEP_WAITING,
        request_card.TELL_ADMINS,
    } <= buttons


@pytest.mark.parametrize("lanes", [ALL_LANES, frozenset({Lane.PEER}), frozenset()])
def test_a_profile_with_any_lanes_can_be_shown(lanes: frozenset[Lane]):
    view = profile_form.form(make.helper(lanes=lanes), desk(), ADA)

    assert slack_limits.faults_of_view(view) == []


@pytest.mark.parametrize(
    ("managers", "has_reports", "said"),
    [
        ((), False, "They're not told."),
        ((ADA,), False, "with the managers above you, going by your admins' list."),
        ((), True, "with the people who report to you, going by your admins' list."),
        (
            (ADA,),
            True,
            "with the managers above you or the people who report to you, going by your admins' list.",
        ),
    ],
)
def test_a_profile_says_of_managers_and_reports_what_is_known(
    managers: tuple[PersonId, ...], has_reports: bool, said: str
):
    view = profile_form.form(make.helper(BEN, managers=managers), desk(), BEN, has_reports=has_reports)

    (hint,) = [it["hint"]["text"] for it in view["blocks"] if it.get("block_id") == "apart"]
    assert hint.endswith(said)
    assert hint.startswith("They're not told.")


@pytest.mark.parametrize(
    ("fault", "broken"),
    [
        ("more than", {"text": "x", "blocks": [blocks.section("y") | {"block_id": "b" * 256}]}),
        ("raw markup", {"text": "x", "blocks": [blocks.section("a < b")]}),
        ("raw markup", {"text": "x", "blocks": [blocks.section("cut &am")]}),
        ("items", {"text": "x", "blocks": [blocks.section("y")] * 51}),
        ("no text", {"text": "", "blocks": [blocks.section("y")]}),
        ("schema", {"text": "x", "blocks": [blocks.section("y") | {"colour": "red"}]}),
        ("characters of text", {"text": "x", "blocks": [blocks.section("")]}),
    ],
)
def test_the_checker_finds_what_is_wrong(fault: str, broken: dict[str, Any]):
    assert any(fault in found for found in slack_limits.faults_of_message(broken))


def test_the_checker_finds_what_is_wrong_around_the_blocks_of_a_window_and_within_them():
    def window(*shown: dict[str, Any], **more: str) -> dict[str, Any]:
        title = {"type": "plain_text", "text": "x"}
        return {"type": "modal", "title": title, "blocks": [*shown], **more}

    right, wrong = blocks.section("y"), blocks.section("y") | {"colour": "red"}
    for broken in (window(right, colour="red"), window(right, wrong)):
        assert any("schema" in found for found in slack_limits.faults_of_view(broken))
    assert slack_limits.faults_of_view(window(right)) == []


def bold_faults(text: str) -> list[str]:
    """The lines in which a star neither opens nor closes bold text as Slack reads it."""
    return [
        line
        for line in text.split("\n")
        if not re.fullmatch(r"(?:[^*]|(?<!\w)\*[^*\s](?:[^*]*[^*\s])?\*(?!\w))*", line)
    ]


def mrkdwn_of(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if node.get("type") == "mrkdwn":
            yield node["text"]
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from mrkdwn_of(item)


def test_bold_text_is_never_put_into_bold_text():
    short = "How?"
    shown = [picture.blocks for picture in [*pictures(short), *said(short)]]
    shown += [*views(short), *homes(short), *answers(short)]

    texts = set(mrkdwn_of(shown))

    assert len(texts) > 50
    assert [line for text in sorted(texts) for line in bold_faults(text)] == []
